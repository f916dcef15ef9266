// The board in the workspace: numbers that lead to the list of what they count, and bars with their numbers beside them.

frappe.provide("sv_helpdesk.board");

(() => {
	sv_helpdesk.board.show = async (root) => {
		const board = await frappe.xcall("sv_helpdesk.dashboard.board.mine");
		$(root.querySelector(".sv-board"))
			.empty()
			.append($('<div class="numbers">').append(board.numbers.map(number)))
			.append($('<div class="charts">').append(board.charts.map(chart)));
	};

	function number(shown) {
		return $('<button type="button" class="number">')
			.addClass(shown.colour)
			.append($('<span class="value">').text(shown.value))
			.append($("<span>").text(shown.label))
			.on("click", () => lead_to(shown));
	}

	function lead_to({ page, doctype, filters }) {
		if (page) return frappe.set_route(page);
		frappe.route_options = filters;
		frappe.set_route("List", doctype, "List");
	}

	function chart({ title, explains, labels, values }) {
		const most = Math.max(1, ...values);
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
			.append($('<td class="value">').text(value));
	}
})();
