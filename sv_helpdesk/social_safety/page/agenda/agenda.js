// What the reader has to do: what is due and what waits for them first, then their cases and tables, what they wait for, and, for
// who runs a desk, its signals of repetition.

(() => {
	frappe.pages["agenda"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("My agenda"), single_column: true });
	};

	frappe.pages["agenda"].on_page_show = async (wrapper) => {
		const $page = $(wrapper).find(".layout-main-section").empty();
		const { message: agenda } = await frappe.call({ method: "sv_helpdesk.workflows.agenda.mine" });
		$page
			.empty()
			.append(agenda.deadlines.length ? due_part(agenda.deadlines) : "")
			.append(part(__("Waits for you"), agenda.for_me, __("Nothing waits for you.")))
			.append(part(__("Your cases"), agenda.cases, __("You handle no case now.")))
			.append(agenda.tables.length ? part(__("Decision tables you convene"), agenda.tables) : "")
			.append(part(__("You wait for"), agenda.for_others, __("You wait for nobody.")))
			.append(agenda.signals.length ? signals_part(agenda.signals) : "");
	};

	function part(title, rows, empty) {
		const $part = $('<section class="m-4">').append($("<h4>").text(title));
		return rows.length
			? $part.append(table(rows))
			: $part.append($('<p class="text-muted">').text(empty));
	}

	function due_part(clocks) {
		const lines = clocks.map((clock) => $('<li class="mb-1">').append(...due_line(clock)));
		return $('<section class="m-4">')
			.append($("<h4>").text(__("What is due")))
			.append($('<ul class="list-unstyled">').append(lines));
	}

	function due_line(clock) {
		return [
			sv_helpdesk.due.pill(clock),
			sv_helpdesk.agenda.link(clock),
			$('<span class="text-muted ml-2">').text(clock.whose),
		];
	}

	function signals_part(signals) {
		return $('<section class="m-4">')
			.append($("<h4>").text(__("Signals of repetition")))
			.append($("<ul>").append(signals.map(signal_item)));
	}

	function signal_item(signal) {
		const links = signal.own.map((row) =>
			$('<a class="mr-2">')
				.attr("href", `/app/sv-report/${encodeURIComponent(row.name)}`)
				.text(row.number)
		);
		return $("<li>")
			.append($("<div>").text(sv_helpdesk.repetition.told({ ...signal, own: [] })))
			.append(links);
	}

	function table(rows) {
		const $body = $("<tbody>").append(rows.map(line));
		return $('<table class="table table-sm">').append($body);
	}

	function line(row) {
		return $("<tr>").append(
			$("<td>").append(sv_helpdesk.agenda.link(row)),
			$("<td>").text(__(row.status, null, row.doctype)),
			$("<td>")
				.toggleClass("text-danger", sv_helpdesk.agenda.is_late(row))
				.text(row.due ? frappe.datetime.str_to_user(row.due) : "")
		);
	}
})();
