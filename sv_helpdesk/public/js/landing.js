// Our people land on the workspace that is theirs, whichever was shown last in this browser.
// Before the Desk reads the address; a workspace that the host lets them choose for themselves goes first.

if (
	frappe.boot.sv_home &&
	!frappe.boot.user.default_workspace &&
	/^\/(app|desk)\/?$/.test(window.location.pathname)
) {
	const own_page = `${window.location.pathname.replace(/\/$/, "")}/${frappe.router.slug(
		frappe.boot.sv_home
	)}`;
	window.history.replaceState(null, "", own_page);
}
