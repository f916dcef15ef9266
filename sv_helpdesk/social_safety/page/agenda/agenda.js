// What the reader has to do: what waits for them first, then their cases, then what they wait for.

(() => {
	frappe.pages["agenda"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("My agenda"), single_column: true });
	};

	frappe.pages["agenda"].on_page_show = async (wrapper) => {
		const $page = $(wrapper).find(".layout-main-section").empty();
		const { message: agenda } = await frappe.call({ method: "sv_helpdesk.workflows.agenda.mine" });
		$page
			.empty()
			.append(part(__("Waits for you"), agenda.for_me, __("Nothing waits for you.")))
			.append(part(__("Your cases"), agenda.cases, __("You handle no case now.")))
			.append(part(__("You wait for"), agenda.for_others, __("You wait for nobody.")));
	};

	function part(title, rows, empty) {
		const $part = $('<section class="m-4">').append($("<h4>").text(title));
		return rows.length
			? $part.append(table(rows))
			: $part.append($('<p class="text-muted">').text(empty));
	}

	function table(rows) {
		const $body = $("<tbody>").append(rows.map(line));
		return $('<table class="table table-sm">').append($body);
	}

	function line(row) {
		const route = `/app/${frappe.router.slug(row.doctype)}/${encodeURIComponent(row.name)}`;
		const late = row.due && row.due < frappe.datetime.get_today();
		return $("<tr>").append(
			$("<td>").append(
				$("<a>")
					.attr("href", route)
					.text([__(row.doctype), row.number].filter(Boolean).join(" "))
			),
			$("<td>").text(__(row.status, null, row.doctype)),
			$("<td>")
				.toggleClass("text-danger", Boolean(late))
				.text(row.due ? frappe.datetime.str_to_user(row.due) : "")
		);
	}
})();
