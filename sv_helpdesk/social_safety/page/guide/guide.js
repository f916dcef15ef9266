// The guides for the reader's own work: one is shown, the others are a click away.

(() => {
	frappe.pages["guide"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("Guide"), single_column: true });
	};

	frappe.pages["guide"].on_page_show = async (wrapper) => {
		const $main = $(wrapper).find(".layout-main-section").empty();
		const guides = await frappe.xcall("sv_helpdesk.guides.mine");
		const asked = frappe.get_route()[1];
		const shown = guides.find((guide) => guide.name === asked) || guides[0];
		const others = guides.filter((guide) => guide !== shown);
		wrapper.page.set_title(shown.title);
		$main
			.empty()
			.append(others.length ? $('<p class="sv-other-guides m-4">').append(others.map(link)) : "")
			// comes with the app
			.append($('<article class="sv-guide m-4">').html(shown.html));
	};

	function link({ name, title }) {
		return $('<a class="mr-4">').attr("href", `/app/guide/${name}`).text(title);
	}
})();
