// A message: read as it was written, without anything active in it. It is answered on the form of its case.

const SHORT_TEXTS = ["sender", "recipient", "subject"];
const NOTHING_ACTIVE = "default-src 'none'; style-src 'unsafe-inline'";

frappe.ui.form.on("SV Message", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		if (frm.is_new()) return;
		frm.disable_form();
		show_body(frm);
	},
});

function show_body(frm) {
	if (!frm.doc.body) return;
	const frame = document.createElement("iframe");
	frame.setAttribute("sandbox", "");
	frame.title = __("Text of the message");
	frame.style.cssText = "width: 100%; height: 50vh; border: 0";
	frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${NOTHING_ACTIVE}">${frm.doc.body}`;
	frm.get_field("body").$wrapper.empty().append(frame);
}
