// A held mail: look at it, then take it in as a message or set it aside.
const HELD_MAIL = "sv_helpdesk.helpdesk.held_mail";

frappe.ui.form.on("SV Held Mail", {
	refresh(frm) {
		frm.add_custom_button(__("Look at this mail"), () => look(frm));
		if (frm.doc.status === "Held") {
			frm.add_custom_button(__("Take in"), () => take_in(frm)).addClass("btn-primary");
		}
	},
});

async function look(frm) {
	const { message: mail } = await frappe.call({ method: `${HELD_MAIL}.read`, args: { name: frm.docname } });
	const files = mail.attachments.map(frappe.utils.escape_html).join(", ");
	frappe.msgprint({
		title: frappe.utils.escape_html(mail.subject) || __("Held mail"),
		// the body was cleaned by the server with an allow list
		message: `<p class="text-muted">${frappe.utils.escape_html(mail.sender)}</p>${
			mail.body
		}<p>${files}</p>`,
		wide: true,
	});
}

async function take_in(frm) {
	const { message: report } = await frappe.call({
		method: `${HELD_MAIL}.take_in`,
		args: { name: frm.docname },
		freeze: true,
	});
	frappe.set_route("Form", "SV Report", report);
}
