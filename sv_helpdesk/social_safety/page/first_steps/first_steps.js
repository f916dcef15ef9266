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

	function item({ title, done, faults }) {
		const $mark = $('<span class="indicator-pill mr-2">')
			.addClass(done ? "green" : "orange")
			.text(done ? __("Done") : __("To do"));
		const $title = $('<h2 class="h5 mb-1">').append($mark, document.createTextNode(title));
		return $('<li class="mb-3">').append($title, faults.flatMap(told));
	}

	// what is wrong, and under the last that is mended at the same place the way to it
	function told(fault, index, faults) {
		const $sentence = $('<p class="mb-1">').text(fault.sentence);
		const next = faults[index + 1];
		const goes_on = next && next.doctype === fault.doctype && next.name === fault.name;
		return goes_on || !fault.doctype ? [$sentence] : [$sentence, way_to(fault)];
	}

	function way_to({ doctype, name, title }) {
		// to lists of the host not every coordinator has a right; who runs the site does
		if (!frappe.model.can_read(doctype))
			return $('<p class="text-muted">').text(__("Ask who runs the site to mend this."));
		const route = name
			? sv_helpdesk.due.route({ doctype, name })
			: `/app/${frappe.router.slug(doctype)}`;
		return $('<p class="mb-2">').append(
			$("<a>")
				.attr("href", route)
				.text(__("Mend this: {0}", [title || __(doctype)]))
		);
	}
})();
