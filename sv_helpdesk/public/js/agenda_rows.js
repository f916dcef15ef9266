// A row of the agenda as a link; agenda and boards show them alike.

frappe.provide("sv_helpdesk.agenda");

(() => {
	sv_helpdesk.agenda.link = (row) => {
		const words = [__(row.doctype), row.number].filter(Boolean).join(" ");
		const $link = $("<a>").attr("href", sv_helpdesk.due.route(row)).text(words);
		// a table opens once the seat is accepted
		if (row.status === "Seat offered") $link.on("click", (event) => accept_first(event, row.name));
		return $link;
	};

	sv_helpdesk.agenda.is_late = ({ due }) => Boolean(due && due < frappe.datetime.get_today());

	function accept_first(event, table) {
		event.preventDefault();
		event.stopPropagation();
		sv_helpdesk.accept_seat(table, () => frappe.set_route("Form", "SV Decision Table", table));
	}
})();
