// Minutes: who is asked approves them here, the chair records what is deemed given, an approved version is corrected.

frappe.ui.form.on("SV Minutes", {
	async refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.status === "Approved") {
			frm.add_custom_button(__("Correct in a new version"), () => correct(frm));
			frm.add_custom_button(__("Add to the distribution list"), () => add_recipient(frm));
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

function call(method, args) {
	return frappe.xcall(`sv_helpdesk.minutes.${method}`, args);
}

function approve(frm) {
	const fields = [{ fieldname: "remarks", fieldtype: "Small Text", label: __("Remarks") }];
	const send = async ({ remarks }) => {
		await call("approvals.approve", { minutes: frm.docname, remarks: remarks || "" });
		frm.reload_doc();
	};
	frappe.prompt(fields, send, __("Approve the minutes"), __("Approve"));
}

function conclude(frm) {
	frappe.confirm(__("Record that who did not answer is deemed to approve?"), async () => {
		await call("approvals.conclude", { minutes: frm.docname });
		frm.reload_doc();
	});
}

function correct(frm) {
	frappe.confirm(__("Begin a new version of these minutes? This one stays as it is."), async () => {
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
	frappe.prompt(fields, send, __("Add to the distribution list"), __("Add"));
}
