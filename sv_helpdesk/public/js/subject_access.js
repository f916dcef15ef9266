// Registers what somebody asks about their own data: at one's own desk, or for all desks at once.

frappe.provide("sv_helpdesk.subject_access");

sv_helpdesk.subject_access.KINDS = ["Access", "Correction", "Erasure", "Objection"];

// who coordinates or watches over privacy registers for all desks by leaving the desk empty
sv_helpdesk.subject_access.register = (for_all_desks) => {
	const words = (text) => __(text, null, "SV Subject Request");
	const kinds = sv_helpdesk.subject_access.KINDS.map((value) => ({ value, label: words(value) }));
	const desk = {
		fieldname: "desk",
		fieldtype: "Link",
		options: "SV Desk",
		label: words("Desk"),
		description: for_all_desks ? __("Empty: all desks, each of which answers for itself.") : null,
		reqd: for_all_desks ? 0 : 1,
	};
	sv_helpdesk.ask(
		[
			{ fieldname: "kind", fieldtype: "Select", label: words("Kind"), options: kinds, reqd: 1 },
			desk,
			{
				fieldname: "received_on",
				fieldtype: "Date",
				label: words("Received on"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "person_name", fieldtype: "Data", label: words("Name") },
			{
				fieldname: "addresses",
				fieldtype: "Small Text",
				label: words("Addresses and accounts"),
				description: __(
					"E-mail addresses and accounts by which they may be known, one on each line."
				),
			},
			{
				fieldname: "other_names",
				fieldtype: "Small Text",
				label: words("Other names"),
				description: __("Earlier names and other spellings, one on each line."),
			},
			{ fieldname: "asked", fieldtype: "Small Text", label: words("Request") },
			{
				fieldname: "language",
				fieldtype: "Select",
				label: words("Language"),
				options: [
					{ value: "nl", label: words("nl") },
					{ value: "en", label: words("en") },
				],
				default: "nl",
				reqd: 1,
			},
		],
		async (values) => {
			const name = await frappe.xcall("sv_helpdesk.subject_access.registering.register", values);
			if (name) frappe.set_route("Form", "SV Subject Request", name);
			else frappe.show_alert(__("The request is registered. Who answers it has been told."));
		},
		__("Register a request"),
		__("Register", null, "SV Subject Request")
	);
};
