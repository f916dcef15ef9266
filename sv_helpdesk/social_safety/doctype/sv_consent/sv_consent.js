// A consent: given by somebody of this case. What was given stays; it is confirmed and withdrawn here.
// Encrypted fields are long texts, but one line is enough here.

const SHORT_TEXTS = ["recipient"];
const CONSENT = "sv_helpdesk.social_safety.doctype.sv_consent.sv_consent";

frappe.ui.form.on("SV Consent", {
	setup(frm) {
		frm.set_query("party", () => ({ filters: { report: frm.doc.report } }));
	},

	refresh(frm) {
		SHORT_TEXTS.forEach((fieldname) => frm.get_field(fieldname).$input?.css("height", "2.5em"));
		if (frm.is_new()) return;
		frm.disable_form();
		const state = frm.doc.__onload?.state;
		if (!state) return;
		// empties it: after saving, a form is refreshed more than once
		frm.set_intro("");
		frm.set_intro(state_text(frm.doc, state), state.in_force ? "green" : "orange");
		if (state.may_confirm && state.waits) {
			frm.add_custom_button(__("Confirm", null, "SV Consent"), () => confirm(frm)).addClass(
				"btn-primary"
			);
		}
		if (!frm.doc.withdrawn_at) {
			frm.add_custom_button(__("Withdraw", null, "SV Consent"), () => withdraw(frm));
		}
	},
});

function state_text(doc, state) {
	if (doc.withdrawn_at) return __("Withdrawn. Nothing is shared any more.");
	if (!state.in_force) {
		return state.waits
			? __("Closed: a second person has to confirm it first.")
			: __("Closed: the last day has passed.");
	}
	if (!state.opens) return __("In force. It gives nobody anything to read.");
	if (!state.until) return __("Open until it is withdrawn.");
	const until = frappe.datetime.str_to_user(state.until);
	return state.waits
		? __("Open until {0}, and then closed unless a second person confirms it.", [until])
		: __("Open until {0}.", [until]);
}

function confirm(frm) {
	sv_helpdesk.confirm(__("Do you agree that this is shared without consent?"), async () => {
		await frappe.call({ method: `${CONSENT}.confirm`, args: { name: frm.doc.name }, freeze: true });
		frm.reload_doc();
	});
}

function withdraw(frm) {
	const end = async (how) => {
		await frappe.call({ method: `${CONSENT}.withdraw`, args: { name: frm.doc.name, how }, freeze: true });
		frm.reload_doc();
	};
	if (frm.doc.basis !== "Consent") {
		sv_helpdesk.confirm(__("End this exception? From now on nothing more is shared."), () => end());
		return;
	}
	sv_helpdesk.ask(
		{
			fieldname: "how",
			fieldtype: "Select",
			label: __("How it was withdrawn", null, "SV Consent"),
			options: frm.get_field("withdrawn_how").df.options,
			reqd: 1,
		},
		({ how }) => end(how),
		__("Withdraw", null, "SV Consent"),
		__("Withdraw", null, "SV Consent")
	);
}
