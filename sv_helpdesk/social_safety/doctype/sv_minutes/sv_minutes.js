// Minutes: who is asked approves them here, the chair records what is deemed given, an approved version is corrected.

frappe.ui.form.on("SV Minutes", {
	async refresh(frm) {
		show_who_wrote(frm);
		if (frm.is_new()) return;
		frm.add_custom_button(__("Add to the distribution list"), () => add_recipient(frm));
		if (frm.doc.status === "Approved") {
			frm.add_custom_button(__("Correct in a new version"), () => correct(frm));
			show_as_locked(frm);
			return;
		}
		if (frm.doc.status !== "Submitted") return;
		const asked = frm.docname;
		const standing = await call("approvals.standing", { minutes: asked });
		if (frm.docname !== asked) return;
		if (standing.can_approve) {
			frm.add_custom_button(__("Approve"), () => approve(frm)).addClass("btn-primary");
		}
		if (standing.can_conclude) frm.add_custom_button(__("Record deemed approvals"), () => conclude(frm));
	},
});

// By the rights of this one document: fields made read-only would stay so in the version that corrects it.
function show_as_locked(frm) {
	frm.set_read_only();
	frm.refresh_fields();
	frm.disable_save();
}

function call(method, args) {
	return frappe.xcall(`sv_helpdesk.minutes.${method}`, args);
}

// Under each section: who wrote the text that stands there, what it was before, and what was kept beside it.
async function show_who_wrote(frm) {
	const asked = frm.docname;
	const written = frm.is_new() ? {} : await call("who_wrote.by_section", { minutes: asked });
	if (frm.docname !== asked) return;
	$(frm.wrapper).find(".who-wrote").remove();
	Object.entries(written).forEach(([section, rows]) =>
		$('<div class="who-wrote mb-4">').append(who_wrote(rows)).appendTo(frm.get_field(section).$wrapper)
	);
}

function who_wrote(rows) {
	const taken_in = rows.filter((row) => row.taken_in);
	const beside = rows.filter((row) => !row.taken_in);
	const present = taken_in.pop();
	return [
		...(present
			? [$('<div class="text-muted small">').text(by_whom(__("Written by {0}, {1}"), present))]
			: []),
		...beside.map((row) => with_text(by_whom(__("Beside it, by {0}, {1}"), row), row)),
		...taken_in.reverse().map((row) => with_text(by_whom(__("Before, by {0}, {1}"), row), row)),
	];
}

function by_whom(words, { author, written_at }) {
	return words.replace("{0}", author).replace("{1}", sv_helpdesk.due.moment(written_at));
}

function with_text(summary, { taken_in, text }) {
	return $("<details>")
		.attr("open", !taken_in)
		.append($('<summary class="text-muted small">').text(summary))
		.append($('<div class="border-left pl-3" style="white-space: pre-wrap">').text(text));
}

function approve(frm) {
	const fields = [{ fieldname: "remarks", fieldtype: "Small Text", label: __("Remarks") }];
	const send = async ({ remarks }) => {
		await call("approvals.approve", { minutes: frm.docname, remarks: remarks || "" });
		frm.reload_doc();
	};
	sv_helpdesk.ask(fields, send, __("Approve the minutes"), __("Approve"));
}

function conclude(frm) {
	sv_helpdesk.confirm(__("Record that who did not answer is deemed to approve?"), async () => {
		await call("approvals.conclude", { minutes: frm.docname });
		frm.reload_doc();
	});
}

function correct(frm) {
	sv_helpdesk.confirm(__("Begin a new version of these minutes? This one stays as it is."), async () => {
		frappe.set_route("Form", "SV Minutes", await call("versions.correct", { minutes: frm.docname }));
	});
}

function add_recipient(frm) {
	const fields = [
		{ fieldname: "recipient", fieldtype: "Link", options: "User", label: __("Recipient") },
		{ fieldname: "recipient_name", fieldtype: "Data", label: __("Recipient outside") },
	];
	const send = async ({ recipient, recipient_name }) => {
		const copy = await call("copies.add", {
			minutes: frm.docname,
			recipient: recipient || "",
			recipient_name: recipient_name || "",
		});
		frappe.set_route("Form", "SV Minutes Copy", copy);
	};
	sv_helpdesk.ask(fields, send, __("Add to the distribution list"), __("Add"));
}
