// A desk: whoever runs it hands over what a colleague leaves behind; whoever works there says when they are away.

frappe.ui.form.on("SV Desk", {
	refresh(frm) {
		const mine = (frm.doc.members || []).find(({ user }) => user === frappe.session.user);
		if (!frm.is_new() && ["Coordinator", "Stand-in"].includes(mine?.desk_role)) {
			frm.add_custom_button(__("Hand over a colleague's cases"), () => ask_hand_over(frm));
		}
		if (!frm.is_new() && mine) {
			frm.add_custom_button(__("When I am away"), () => ask_absence(frm, mine));
		}
	},
});

function ask_hand_over(frm) {
	const user_field = (fieldname, label) => ({
		fieldname,
		label,
		fieldtype: "Link",
		options: "User",
		reqd: 1,
	});
	sv_helpdesk.ask(
		[
			user_field("leaver", __("Who leaves or is away")),
			user_field("successor", __("Who takes over (a member of this desk)")),
		],
		async (values) => {
			const { cases, stayed } = await frappe.xcall("sv_helpdesk.permissions.hand_over.hand_over", {
				desk: frm.docname,
				...values,
			});
			const sentences = [__("Cases handed over: {0}.", [cases])];
			if (stayed) sentences.push(__("Cases that need another colleague: {0}.", [stayed]));
			// no dialog: the host hides one that opens while the other closes
			frappe.show_alert({ message: sentences.join(" "), indicator: "green" }, 15);
		},
		__("Hand over a colleague's cases"),
		__("Hand over")
	);
}

function ask_absence(frm, mine) {
	const others = frm.doc.members.map(({ user }) => user).filter((user) => user !== mine.user);
	const day = (fieldname, label) => ({ fieldname, label, fieldtype: "Date", default: mine[fieldname] });
	const dialog = new frappe.ui.Dialog({
		title: __("When I am away"),
		fields: [
			day("absent_from", __("First day (empty: I am not away)")),
			day("absent_until", __("Last day")),
			{
				fieldname: "stand_in",
				label: __("Who is warned in my place"),
				fieldtype: "Select",
				options: ["", ...others],
				default: mine.stand_in,
			},
		],
		primary_action_label: __("Save"),
		// it stays with what was filled in until that is taken
		primary_action: (values) => announce(frm, values, () => dialog.hide()),
	});
	dialog.show();
}

function announce(frm, values, taken) {
	frappe.call({
		method: "sv_helpdesk.deadlines.absence.announce",
		args: { desk: frm.docname, ...values },
		freeze: true,
		async callback() {
			taken();
			await frm.reload_doc();
			// no dialog: the host hides one that opens while the other closes
			frappe.show_alert({ message: absence_in_words(values), indicator: "green" }, 15);
		},
	});
}

function absence_in_words({ absent_from, absent_until, stand_in }) {
	if (!absent_from) return __("You are not away.");
	const days = [absent_from, absent_until].map((day) => frappe.datetime.str_to_user(day));
	if (!stand_in) {
		return __("You are away from {0} until {1}. Who runs the desk is warned in your place.", days);
	}
	const name = frappe.utils.escape_html(frappe.user.full_name(stand_in));
	return __("You are away from {0} until {1}. {2} is warned in your place.", [...days, name]);
}
