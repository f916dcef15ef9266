// Who may use this case besides the desk, and from whom it is kept.

const ACCESS = "sv_helpdesk.permissions.temporary_access";
const DENIED = "sv_helpdesk.permissions.denied_by_hand";

frappe.ui.form.on("SV Report", {
	refresh(frm) {
		if (frm.is_new()) return;
		sv_helpdesk.more(frm, __("Give a colleague access"), () => ask_access(frm));
		if (frm.perm[0]?.write) {
			sv_helpdesk.more(frm, __("Keep this case from somebody"), () => ask_denied(frm, "deny"));
			sv_helpdesk.more(frm, __("Allow somebody again"), () => ask_denied(frm, "allow_again"));
		}
	},
});

async function ask_access(frm) {
	await frappe.model.with_doctype("SV Access Grant");
	const colleagues = await frappe.xcall(`${ACCESS}.colleagues`, { report: frm.docname });
	const reasons = frappe.meta.get_docfield("SV Access Grant", "reason").options.split("\n").filter(Boolean);
	sv_helpdesk.ask(
		[
			{ ...user_field(), get_query: () => ({ filters: { name: ["in", colleagues] } }) },
			{
				fieldname: "reason",
				fieldtype: "Select",
				label: __("Reason", null, "SV Access Grant"),
				options: reasons.map((value) => ({ value, label: __(value, null, "SV Access Grant") })),
				reqd: 1,
			},
			{ fieldname: "days", fieldtype: "Int", label: __("For how many days"), default: 14, reqd: 1 },
			{ fieldname: "explanation", fieldtype: "Small Text", label: __("Explanation") },
		],
		async (values) => {
			await frappe.xcall(`${ACCESS}.give`, { report: frm.docname, ...values });
			frappe.show_alert({ message: __("Your colleague has access now."), indicator: "green" });
		},
		__("Give a colleague access"),
		__("Give access")
	);
}

async function ask_denied(frm, action) {
	const count = await frappe.xcall(`${DENIED}.entries`, { report: frm.docname });
	const explained = __("Entries on the list of this case: {0}. Nobody can read it, and nobody is told.", [
		count,
	]);
	const title = action === "deny" ? __("Keep this case from somebody") : __("Allow somebody again");
	sv_helpdesk.ask(
		[
			{ fieldname: "about", fieldtype: "HTML", options: `<p class="text-muted">${explained}</p>` },
			user_field(),
		],
		async ({ user }) => {
			await frappe.xcall(`${DENIED}.${action}`, { report: frm.docname, user });
			frappe.show_alert({ message: __("Done."), indicator: "green" });
			frm.reload_doc();
		},
		title,
		__("Save")
	);
}

function user_field() {
	return { fieldname: "user", fieldtype: "Link", options: "User", label: __("Colleague"), reqd: 1 };
}
