// Lists of what belongs to a case begin with the case's number, not with a row's internal name.

frappe.provide("sv_helpdesk");

// the names of cases -> their numbers, as far as this user may know them
sv_helpdesk.case_numbers = async (reports) => {
	const wanted = [...new Set(reports.filter(Boolean))];
	if (!wanted.length) return {};
	const method = "sv_helpdesk.permissions.case_numbers.numbers_of";
	return frappe.xcall(method, { reports: wanted.join(",") });
};

// a list whose rows begin with `words` of them under `label`; returns the function that renders it
sv_helpdesk.begin_rows_with = (list, label, words) => {
	list.columns[0].df.label = label;
	list.render_header(true);
	const render = list.render.bind(list);
	list.render = () => {
		list.data.forEach((doc) => (doc.sv_words = words(doc) || "–"));
		// only while rows are rendered: the head of the column sorts by the name
		list.columns[0].df.fieldname = "sv_words";
		render();
		list.columns[0].df.fieldname = "name";
	};
	return list.render;
};

// settings of a list whose rows have a field `report`; `words` makes more of the number
sv_helpdesk.case_list = ({ words = (doc, number) => number, ...settings } = {}) => {
	const numbers = {};
	return {
		...settings,
		add_fields: ["report", ...(settings.add_fields || [])],
		onload(list) {
			settings.onload?.(list);
			const render = sv_helpdesk.begin_rows_with(list, __("Case"), (doc) =>
				words(doc, numbers[doc.report])
			);
			list.render = () => {
				render();
				const unknown = list.data.map(({ report }) => report).filter((name) => !(name in numbers));
				if (!unknown.some(Boolean)) return;
				sv_helpdesk.case_numbers(unknown).then((found) => {
					unknown.forEach((name) => (numbers[name] = found[name]));
					render();
				});
			};
		},
	};
};

[
	...["SV Party", "SV Message", "SV Attachment", "SV Note", "SV Referral", "SV Aftercare"],
	...["SV Aftercare Contact", "SV Action", "SV Deadline"],
	...["SV Complaint", "SV Complaint Part", "SV Complaint Copy"],
].forEach((doctype) => (frappe.listview_settings[doctype] = sv_helpdesk.case_list()));
