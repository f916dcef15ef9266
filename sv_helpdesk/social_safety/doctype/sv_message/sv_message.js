// A message: read as it was written, without anything active in it, and answered from here.

const SHORT_TEXTS = ["sender", "recipient", "subject"];
const NOTHING_ACTIVE = "default-src 'none'; style-src 'unsafe-inline'";

frappe.ui.form.on("SV Message", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		if (frm.is_new()) return;
		frm.disable_form();
		show_body(frm);
		if (frm.doc.direction === "Incoming" && frm.doc.channel === "E-mail" && !frm.doc.automatic) {
			frm.add_custom_button(__("Write an answer"), () => ask_answer(frm));
		}
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

function ask_answer(frm) {
	frappe.prompt(
		{ fieldname: "text", fieldtype: "Text", label: __("Your answer"), reqd: 1 },
		async ({ text }) => {
			await frappe.xcall("sv_helpdesk.helpdesk.outbox.reply", { message: frm.docname, text });
			frappe.show_alert({ message: __("Your answer is being sent."), indicator: "green" });
		},
		__("Write an answer"),
		__("Send answer")
	);
}
