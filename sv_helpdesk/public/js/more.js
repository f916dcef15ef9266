// What the form of a case offers beside its next step: one menu, in the order of the work whichever answer came first.

frappe.provide("sv_helpdesk");

(() => {
	const ORDER = [
		__("Complaints committee"),
		__("Ask the reporter to be joined"),
		__("Record consent to be joined"),
		__("Put on another desk's decision table"),
		__("Convert to another kind"),
		__("Give a colleague access"),
		__("Keep this case from somebody"),
		__("Allow somebody again"),
	];
	const place = (item) => ORDER.indexOf(item.textContent.trim());

	// as frm.add_custom_button, for one of the words above
	sv_helpdesk.more = (frm, label, action) => {
		const $menu = frm.add_custom_button(label, action, __("More"))?.parent();
		$menu?.append(
			$menu
				.children()
				.get()
				.sort((one, other) => place(one) - place(other))
		);
	};
})();
