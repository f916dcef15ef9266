// What the server makes as PDF for who reads a form: a menu with a button per language.

frappe.provide("sv_helpdesk");

sv_helpdesk.on_paper = (frm, method, title) =>
	Object.entries({ nl: __("In Dutch"), en: __("In English") }).forEach(([language, label]) =>
		frm.add_custom_button(
			label,
			() => sv_helpdesk.download(method, { name: frm.docname, language }),
			title
		)
	);
