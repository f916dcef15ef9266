// The second factor has a page of its own outside the Desk; shortcuts of the Desk lead here only.

frappe.pages["second-factor"].on_page_show = () => window.location.replace("/second-factor");
