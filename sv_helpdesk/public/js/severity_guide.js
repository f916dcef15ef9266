// The severity guide at hand where a measure is chosen or a decision is written down.

["SV Action", "SV Minutes"].forEach((doctype) => {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			frm.add_custom_button(__("Severity guide"), show_severity_guide);
		},
	});
});

async function show_severity_guide() {
	const guide = await frappe.xcall("sv_helpdesk.social_safety.severity.guide");
	const levels = guide.levels.map(
		(level) =>
			`<h4>${escaped(level.title)}</h4><p>${escaped(level.what)}</p>${list(level.examples)}
			<p>${__("Measures")}:</p>${list(level.measures)}`
	);
	new frappe.ui.Dialog({
		title: __("Severity guide"),
		size: "large",
		fields: [
			{
				fieldname: "guide",
				fieldtype: "HTML",
				options: `${levels.join("")}<h4>${__("What else weighs")}</h4>${list(guide.factors)}
					<h4>${__("Power weighs heavier")}</h4>${list(guide.power)}`,
			},
		],
	}).show();
}

function list(items) {
	return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
}

function escaped(text) {
	return frappe.utils.escape_html(text);
}
