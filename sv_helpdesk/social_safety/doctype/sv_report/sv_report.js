// The case: the definition of its category at hand, and conversion to another kind.

const SHORT_TEXTS = ["subject"];

frappe.ui.form.on("SV Report", {
	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		show_definition(frm);
		show_ladder(frm);
		if (!frm.is_new()) {
			sv_helpdesk.more(frm, __("Convert to another kind"), () => ask_conversion(frm));
			if (frm.perm[0]?.write) {
				sv_helpdesk.more(frm, __("Put on another desk's decision table"), () => ask_table(frm));
			}
		}
	},

	main_category: show_definition,
	further_categories: show_definition,

	ladder_step: show_ladder,
	reached_step: show_ladder,
});

// what each chosen category means, under the field it was chosen in
async function show_definition(frm) {
	const further = (frm.doc.further_categories || []).map(({ category }) => category);
	const chosen = { main_category: [frm.doc.main_category], further_categories: further };
	const asked = [frm.doc.main_category, ...further].filter(Boolean);
	const shown = frm.docname;
	const rows = asked.length
		? await frappe.db.get_list("SV Category", {
				filters: { name: ["in", asked] },
				fields: ["name", "title", "definition"],
		  })
		: [];
	// one form serves all cases: meanwhile it can show another one
	if (frm.docname !== shown) return;
	Object.entries(chosen).forEach(([fieldname, names]) => {
		const lines = rows
			.filter(({ name }) => names.includes(name))
			.map(({ title, definition }) =>
				[__(title), __(definition)].map(frappe.utils.escape_html).join(": ")
			);
		frm.set_df_property(fieldname, "description", lines.join("<br>"));
	});
}

// the steps stand below each other, not necessarily taken in this order (UM annex 1)
function show_ladder(frm) {
	const $list = $('<ol class="pl-4">');
	options_of("SV Report", "ladder_step").forEach(({ value, label }) => {
		const $step = $("<li>").text(label).appendTo($list);
		if (value === frm.doc.ladder_step) mark($step, __("what the reporter wants"), "blue");
		if (value === frm.doc.reached_step) mark($step, __("where the case is"), "green");
	});
	frm.get_field("ladder")
		.$wrapper.empty()
		.append($('<p class="text-muted">').text(__("Escalation ladder")))
		.append($list);
}

function mark($step, words, colour) {
	$step.addClass("bold").append(" ", $(`<span class="indicator-pill ${colour}">`).text(words));
}

// as SV Table Case has them; who works at another desk may not know more of it
const TABLE_SUBJECTS = ["Student", "Employee", "Former employee"];
const TABLE_KINDS = ["Undesirable behaviour", "Worrying behaviour", "Employment conflict"];

function ask_table(frm) {
	const choice = (fieldname, label, values) => ({
		fieldname,
		fieldtype: "Select",
		label: __(label, null, "SV Table Case"),
		options: values.map((value) => ({ value, label: __(value, null, "SV Table Case") })),
		reqd: 1,
	});
	const title = __("Put on another desk's decision table");
	sv_helpdesk.ask(
		[
			{
				fieldname: "table_number",
				fieldtype: "Data",
				label: __("Table number"),
				description: __("As who convenes the table gave it to you."),
				reqd: 1,
			},
			choice("subject", "About", TABLE_SUBJECTS),
			choice("kind", "Kind", TABLE_KINDS),
		],
		async (values) => {
			await frappe.xcall("sv_helpdesk.workflows.joining_a_table.put_on_table", {
				report: frm.docname,
				...values,
			});
			frm.reload_doc();
		},
		title,
		__("Put on the table")
	);
}

function ask_conversion(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save your changes first, then convert."));
		return;
	}
	const kinds = options_of("SV Report", "kind").filter(({ value }) => value !== frm.doc.kind);
	sv_helpdesk.ask(
		[
			{
				fieldname: "kind",
				fieldtype: "Select",
				label: __("New kind of case"),
				options: kinds,
				reqd: 1,
			},
			{
				fieldname: "reason",
				fieldtype: "Select",
				label: __("Reason for converting"),
				options: options_of("SV Kind Change", "reason"),
				reqd: 1,
			},
		],
		async (values) => {
			await frappe.xcall("run_doc_method", {
				dt: frm.doctype,
				dn: frm.docname,
				method: "convert",
				args: { kind: values.kind, reason: values.reason },
			});
			frm.reload_doc();
		},
		__("Convert to another kind"),
		__("Convert to another kind")
	);
}

function options_of(doctype, fieldname) {
	const values = frappe.meta.get_docfield(doctype, fieldname).options.split("\n").filter(Boolean);
	return values.map((value) => ({ value, label: __(value, null, doctype) }));
}
