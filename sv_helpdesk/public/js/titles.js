// Links and pickers show what people know a document by, never its random name.
// The host would look titles up without the rules, so that ours come from a method of our own, for what is on screen.

frappe.provide("sv_helpdesk.titles");

// named by people, who know them by that where the title isn't theirs to see
const NAMED_BY_HAND = ["SV Desk", "SV Unit", "SV Category", "SV Measure", "SV Calendar"];
const LINKS = ["Link", "Dynamic Link"];
const TABLES = ["Table", "Table MultiSelect"];

const is_ours = (doctype) => Boolean(doctype?.startsWith("SV "));
const known = (doctype, name) => frappe.utils.get_link_title(doctype, name);

const hidden = () => __("Not visible to you");

let gathering = null;

// several that are asked for at once go in one request
sv_helpdesk.titles.of = async (doctype, name) => {
	gathering = gathering || gather();
	const { wanted, answer } = gathering;
	wanted[doctype] = wanted[doctype] || new Set();
	wanted[doctype].add(name);
	const found = await answer;
	return found[doctype]?.[name] || (NAMED_BY_HAND.includes(doctype) ? name : hidden());
};

function gather() {
	const wanted = {};
	const answer = new Promise((resolve) => setTimeout(resolve)).then(() => {
		gathering = null;
		const names = Object.entries(wanted).map(([doctype, of_it]) => [doctype, [...of_it]]);
		return frappe.xcall("sv_helpdesk.forms.titles.titles", { wanted: Object.fromEntries(names) });
	});
	return { wanted, answer };
}

const fetch_of_host = frappe.utils.fetch_link_title.bind(frappe.utils);
frappe.utils.fetch_link_title = async (doctype, name) => {
	if (!is_ours(doctype)) return fetch_of_host(doctype, name);
	const title = await sv_helpdesk.titles.of(doctype, name);
	frappe.utils.add_link_title(doctype, name, title);
	return title;
};

const link = frappe.ui.form.ControlLink.prototype;
const is_title_link = link.is_title_link;
link.is_title_link = function () {
	return is_ours(this.get_options()) || is_title_link.call(this);
};

// the server's list for a picker: the title stands in the host's place for a description
const merge_duplicates = link.merge_duplicates;
link.merge_duplicates = function (results) {
	const merged = merge_duplicates.call(this, results);
	if (!is_ours(this.get_options())) return merged;
	return merged.map(({ value, description }) => ({ value, label: description || value, description: "" }));
};

// the host's dialog for searching further lists names
link.custom_awesomplete_filter = function (awesomplete) {
	awesomplete.filter = (item) =>
		!is_ours(this.get_options()) || item.value !== "advanced_search__link_option";
};

$(document).on("form-refresh", (_event, frm) => is_ours(frm.doctype) && show_titles(frm));

async function show_titles(frm) {
	const asked = frm.docname;
	const links = links_of(frm);
	const before = links.map(({ doctype, name }) => known(doctype, name));
	// of what there is only one of its kind, the host's heading says it
	const own = frm.is_new() || frm.meta.issingle ? null : sv_helpdesk.titles.of(frm.doctype, asked);
	const titles = await Promise.all(
		links.map(({ doctype, name }) => frappe.utils.fetch_link_title(doctype, name))
	);
	const heading = await own;
	if (frm.docname !== asked) return;
	const changed = links.filter((_link, index) => titles[index] !== before[index]);
	[...new Set(changed.map(({ fieldname }) => fieldname))].forEach((name) => frm.refresh_field(name));
	if (heading) show_heading(frm, heading);
}

// each link of a form and of its tables, with the field of the form it stands in
function links_of(frm) {
	const in_tables = frm.meta.fields
		.filter(({ fieldtype }) => TABLES.includes(fieldtype))
		.flatMap(({ fieldname, options }) =>
			(frm.doc[fieldname] || []).flatMap((row) =>
				links_in(row, frappe.get_meta(options).fields).map((link) => ({ ...link, fieldname }))
			)
		);
	return [...links_in(frm.doc, frm.meta.fields), ...in_tables];
}

function links_in(doc, fields) {
	return fields
		.filter(({ fieldname, fieldtype }) => LINKS.includes(fieldtype) && doc[fieldname])
		.map(({ fieldname, fieldtype, options }) => ({
			doctype: fieldtype === "Link" ? options : doc[options],
			name: doc[fieldname],
			fieldname,
		}))
		.filter(({ doctype }) => is_ours(doctype));
}

// what it is, which one, and of which case or table
function show_heading(frm, title) {
	const holder = links_of(frm).find(({ fieldname }) => ["report", "decision_table"].includes(fieldname));
	const whose = holder && known(holder.doctype, holder.name);
	const number = whose === hidden() ? null : whose?.split(" · ")[0];
	const kind = __(frm.doctype);
	const parts = frm.meta.title_field ? [title] : [kind, title, number];
	// a referral of the type referral says so once
	const heading = [...new Set(parts.filter(Boolean).flatMap((part) => part.split(" · ")))].join(" · ");
	frm.page.set_title(heading);
	frappe.utils.set_title(heading);
	$("#navbar-breadcrumbs li a")
		.filter((_index, crumb) => $(crumb).text() === frm.docname)
		.text(title);
}
