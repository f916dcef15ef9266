// Our people land on the workspace that is theirs, whichever was shown last in this browser.
// Before the Desk starts; a workspace that the host lets them choose for themselves goes first.

if (frappe.boot.sv_home && /^\/(app|desk)\/?$/.test(window.location.pathname)) {
	localStorage.current_page = frappe.boot.sv_home;
	localStorage.is_current_page_public = "true";
}
