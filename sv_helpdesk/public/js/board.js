// The board of a workspace: numbers that lead to the list of what they count, what is to be done, and bars with their
// numbers beside them.

frappe.provide("sv_helpdesk.board");

(() => {
	// the rest is in the agenda
	const MOST = 8;

	sv_helpdesk.board.show = async (root) => {
		const place = root.querySelector(".sv-board");
		const { workspace } = place.dataset;
		const board = await frappe.xcall("sv_helpdesk.dashboard.board.mine", { workspace });
		$(place)
			.empty()
			.append(board.notice ? notice(board.notice) : "")
			.append(board.new_case ? new_case() : "")
			.append($('<div class="numbers">').append(board.numbers.map(number)))
			.append($('<div class="lists">').append(board.lists.map(list), board.charts.map(chart)));
	};

	function notice({ sentence, page }) {
		const $link = $("<a>").attr("href", `/app/${page}`).text(sentence);
		return $('<p class="notice" role="status">').append($link);
	}

	function new_case() {
		const $button = $('<button type="button" class="new-case">').text(__("New case"));
		return $('<div class="actions">').append($button.on("click", () => frappe.new_doc("SV Report")));
	}

	function number(shown) {
		return $('<button type="button" class="number">')
			.addClass(shown.colour)
			.append($('<span class="value">').text(written(shown.value)))
			.append($("<span>").text(shown.label))
			.on("click", () => lead_to(shown));
	}

	// as the site writes numbers
	const written = (value) => format_number(value, null, 0);

	function lead_to({ page, doctype, filters }) {
		if (page) return frappe.set_route(page);
		frappe.route_options = filters;
		frappe.set_route("List", doctype, "List");
	}

	function list({ title, rows, empty }) {
		const $list = $('<section class="list">').append($("<h2>").text(title));
		if (!rows.length) return $list.append($("<p>").text(empty));
		const $more = $('<a href="/app/agenda">').text(__("{0} more in your agenda", [rows.length - MOST]));
		return $list
			.append($("<ul>").append(rows.slice(0, MOST).map(item)))
			.append(rows.length > MOST ? $more : "");
	}

	function item(row) {
		// what is a clock says what is due, the rest its state
		const words = row.kind
			? [sv_helpdesk.due.pill(row), $('<span class="whose">').text(row.whose)]
			: [$("<span>").text(__(row.status, null, row.doctype)), day_of(row)];
		return $("<li>").append(sv_helpdesk.agenda.link(row), ...words);
	}

	function day_of(row) {
		return $('<span class="day">')
			.toggleClass("late", sv_helpdesk.agenda.is_late(row))
			.text(row.due ? frappe.datetime.str_to_user(row.due) : "");
	}

	function chart({ title, explains, labels, values }) {
		const most = Math.max(...values);
		if (!most) return "";
		const lines = labels.map((label, place) => line(label, values[place], most));
		return $('<figure class="chart">')
			.append($("<figcaption>").text(title))
			.append($("<p>").text(explains))
			.append($("<table>").append($("<tbody>").append(lines)));
	}

	function line(label, value, most) {
		const $bar = $('<div class="bar">').css("width", `${(100 * value) / most}%`);
		return $("<tr>")
			.append($('<th scope="row">').text(label))
			.append($("<td>").append(value ? $bar : ""))
			.append($('<td class="value">').text(written(value)));
	}
})();
