// Who saves by keyboard goes on where they were: the host takes the focus away first, so that a field tells of its change.

// newer hosts take it away before anybody is asked
let just_left = null;
document.addEventListener("focusout", ({ target }) => {
	just_left = target;
	setTimeout(() => (just_left = null));
});

const save_by_keyboard = frappe.Application.prototype.trigger_primary_action;
frappe.Application.prototype.trigger_primary_action = function () {
	const focused = just_left || document.activeElement;
	save_by_keyboard.call(this);
	if (window.cur_frm?.doctype.startsWith("SV ")) focused.focus();
};
