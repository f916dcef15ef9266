// A part of a complaint's file: its consent is one of the same case, and a file can stand beside its text.

const PART_FILES = "complaints.files";

frappe.ui.form.on("SV Complaint Part", {
	setup(frm) {
		frm.set_query("consent", () => ({ filters: { report: frm.doc.report || frm.sv_report || "" } }));
	},

	refresh(frm) {
		frm.get_field("title").$input?.css("height", "2.5em");
		if (frm.is_new()) {
			find_case(frm);
		} else if (frm.doc.file) {
			frm.add_custom_button(__("Open this file"), () =>
				sv_helpdesk.download(`${PART_FILES}.download`, { name: frm.docname })
			);
		} else if (!frm.doc.given_out_at) {
			frm.add_custom_button(__("Add a file"), () => choose_file(frm));
		}
	},

	complaint: find_case,
});

async function find_case(frm) {
	if (!frm.doc.complaint) return;
	const [found] = await frappe.db.get_list("SV Complaint", {
		fields: ["report"],
		filters: { name: frm.doc.complaint },
	});
	frm.sv_report = found?.report;
}

function choose_file(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first, then add the file."));
		return;
	}
	$('<input type="file">')
		.on("change", (event) => send_file(frm, event.target.files[0]))
		.trigger("click");
}

async function send_file(frm, file) {
	const body = new FormData();
	body.append("name", frm.docname);
	body.append("file", file);
	const headers = { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token };
	const answer = await fetch(`/api/method/sv_helpdesk.${PART_FILES}.add`, {
		method: "POST",
		headers,
		body,
	});
	if (answer.ok) {
		await frm.reload_doc();
		const { message } = await answer.json();
		if (message) frappe.msgprint(message);
		return;
	}
	const [said] = sv_helpdesk.sentences_in(await answer.json().catch(() => ({})));
	frappe.msgprint(said || __("The file wasn't taken. Try it once more."));
}
