// The coordinator's first steps: each is looked at when the page is shown, with what is wrong and where it is mended.

(() => {
	frappe.pages["first-steps"].on_page_load = (wrapper) => {
		const page = frappe.ui.make_app_page({
			parent: wrapper,
			title: __("First steps"),
			single_column: true,
		});
		page.set_primary_action(__("Look again"), () => show(wrapper));
	};

	frappe.pages["first-steps"].on_page_show = show;

	async function show(wrapper) {
		const $main = $(wrapper).find(".layout-main-section").empty();
		$main.append($('<p class="m-4" role="status">').text(__("Every step is looked at now …")));
		const steps = await frappe.xcall("sv_helpdesk.onboarding.first_steps.mine");
		const done = steps.filter((step) => step.done).length;
		$main
			.empty()
			.append($('<p class="m-4" role="status">').text(__("{0} of {1} are done.", [done, steps.length])))
			.append($('<ol class="m-4 p-0 list-unstyled">').append(steps.map(item)));
	}

	function item({ title, done, faults, doctype }) {
		const $mark = $('<span class="indicator-pill mr-2">')
			.addClass(done ? "green" : "orange")
			.text(done ? __("Done") : __("To do"));
		const $item = $('<li class="mb-3">').append(
			$('<h2 class="h5 mb-1">').append($mark, document.createTextNode(title))
		);
		$item.append(faults.map((sentence) => $("<p>").addClass("mb-1").text(sentence)));
		if (done || !doctype) return $item;
		const route = `/app/${frappe.router.slug(doctype)}`;
		// to lists of the host not every coordinator has a right; who runs the site does
		return frappe.model.can_read(doctype)
			? $item.append(
					$("<a>")
						.attr("href", route)
						.text(__("Mend this: {0}", [__(doctype)]))
			  )
			: $item.append($('<p class="text-muted">').text(__("Ask who runs the site to mend this.")));
	}
})();
