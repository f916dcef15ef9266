// From a case to its decision tables and back, and the desk of whoever begins a case or a table.

const LEADS_TO = {
	"SV Report": {
		doctype: "SV Decision Table",
		ask: (name) => ["of_case", { report: name }],
		label: () => __("Decision tables"),
	},
	"SV Decision Table": {
		doctype: "SV Report",
		ask: (name) => ["of_table", { decision_table: name }],
		label: () => __("Cases"),
	},
};

const neighbours = (method, args) => frappe.xcall(`sv_helpdesk.forms.neighbours.${method}`, args);

Object.keys(LEADS_TO).forEach((doctype) =>
	frappe.ui.form.on(doctype, { onload: preset_desk, refresh: show_neighbours })
);

async function preset_desk(frm) {
	if (!frm.is_new() || frm.doc.desk) return;
	const asked = frm.docname;
	const desk = await neighbours("own_desk");
	if (desk && frm.docname === asked && !frm.doc.desk) frm.set_value("desk", desk);
}

async function show_neighbours(frm) {
	frm.layout.wrapper.find(".sv-neighbours").remove();
	if (frm.is_new()) return;
	const { doctype, ask, label } = LEADS_TO[frm.doctype];
	const asked = frm.docname;
	const found = await neighbours(...ask(asked));
	// two refreshes may both be waiting for their answer
	frm.layout.wrapper.find(".sv-neighbours").remove();
	if (frm.docname !== asked || !found.length) return;
	const links = found.map(({ name, number }) =>
		$('<a class="mr-3">').attr("href", sv_helpdesk.due.route({ doctype, name })).text(number)
	);
	const $line = $('<div class="sv-neighbours px-3 py-2">').append(
		$('<span class="text-muted mr-2">').text(`${label()}:`),
		links
	);
	frm.layout.wrapper.prepend($line);
}
