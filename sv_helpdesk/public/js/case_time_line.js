// The time line of a case on its form: what happened and what is to come, newest first, as far as the reader may see it.

frappe.ui.form.on("SV Report", {
	refresh(frm) {
		frm.get_field("time_line").$wrapper.empty();
		if (!frm.is_new()) show_time_line(frm);
	},
});

async function show_time_line(frm) {
	const report = frm.docname;
	const rows = await frappe.xcall("sv_helpdesk.forms.time_line.of_case", { report });
	// one form serves all cases: meanwhile it can show another one
	if (frm.docname !== report) return;
	const now = frappe.datetime.now_datetime();
	const $rows = rows.map((row) => time_line_row(row, now));
	const $nothing = $('<p class="text-muted">').text(__("Nothing has happened in this case yet."));
	frm.get_field("time_line")
		.$wrapper.empty()
		.append($('<ol class="sv-time-line">').append($rows))
		.append(rows.length ? null : $nothing);
}

// of what has a day only, the day
function moment_of({ at }) {
	return at.endsWith(" 00:00:00")
		? frappe.datetime.str_to_user(at.slice(0, 10))
		: sv_helpdesk.due.moment(at);
}

function time_line_row(row, now) {
	return $("<li>")
		.toggleClass("text-muted", row.at > now)
		.append(
			$("<time>").attr("datetime", row.at).text(moment_of(row)),
			$('<span class="bold">').text(row.is),
			$("<a>")
				.attr("href", sv_helpdesk.due.route(row))
				.text(row.what || row.is),
			$('<span class="text-muted">').text(row.who)
		);
}
