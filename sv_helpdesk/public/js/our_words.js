// What documents are called in English, which the host doesn't translate into; a name that is shown goes through here.

(() => {
	const called = frappe.boot.sv_words || {};
	const translate = frappe._;
	frappe._ = (text, ...more) => translate(called[text] || text, ...more);
	window.__ = frappe._;
})();

// Labels and choices of our documents in the words of the document: the host's oldest version translates them without
// saying of which one, so that a report would be a "Rapport" and a draft a "Droogte".

(() => {
	const is_ours = (doctype) => Boolean(doctype?.startsWith("SV "));

	const sync = frappe.meta.sync.bind(frappe.meta);
	frappe.meta.sync = (doc) => {
		sync(doc);
		if (!is_ours(doc.name)) return;
		doc.fields.filter(({ label }) => label).forEach((df) => (df.label = __(df.label, null, doc.name)));
	};

	const choices = frappe.form.formatters.Select;
	frappe.form.formatters.Select = (value, df, ...more) =>
		choices(is_ours(df?.parent) && value ? __(value, null, df.parent) : value, df, ...more);

	const select = frappe.ui.form.ControlSelect.prototype;
	const set_options = select.set_options;
	select.set_options = function (...given) {
		const { options, parent } = this.df;
		if (!is_ours(parent) || typeof options !== "string") return set_options.apply(this, given);
		this.df.options = sv_helpdesk.choices_in_words(parent, options);
		set_options.apply(this, given);
		this.df.options = options;
	};

	const list = frappe.views.ListView.prototype;
	const get_column_html = list.get_column_html;
	list.get_column_html = function (column, doc) {
		const html = get_column_html.call(this, column, doc);
		const value = column.df?.fieldtype === "Select" && doc[column.df.fieldname];
		if (!value || !is_ours(this.doctype)) return html;
		return html.replace(`> ${__(value)} <`, () => `> ${__(value, null, this.doctype)} <`);
	};

	frappe.provide("sv_helpdesk");

	// the choices of a field of `doctype`, each with its word; the host knows an empty one by its being no object
	sv_helpdesk.choices_in_words = (doctype, options) =>
		options.split("\n").map((value) => value && { value, label: __(value, null, doctype) });
})();
