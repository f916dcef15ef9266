// Who opened my file is a page outside the Desk; shortcuts of the Desk lead here only.

frappe.pages["who-opened-my-file"].on_page_show = () => window.location.replace("/who-opened-my-file");
