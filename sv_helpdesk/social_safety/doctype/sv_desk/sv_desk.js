// A desk: whoever runs it hands over what a colleague leaves behind; whoever works there says when they are away.
// Where nobody runs it any more, two persons appoint somebody; who led one that was switched off takes it into use again.

const LEAVING = "sv_helpdesk.leaving";

frappe.ui.form.on("SV Desk", {
	refresh(frm) {
		const mine = (frm.doc.members || []).find(({ user }) => user === frappe.session.user);
		if (!frm.is_new() && ["Coordinator", "Stand-in"].includes(mine?.desk_role)) {
			frm.add_custom_button(__("Hand over a colleague's cases"), () => ask_hand_over(frm));
		}
		if (!frm.is_new() && mine) {
			frm.add_custom_button(__("When I am away"), () => ask_absence(frm, mine));
		}
		if (frm.doc.__onload?.may_appoint) {
			frm.add_custom_button(__("Appoint who runs this desk"), () => ask_appointment(frm));
		}
		if (frm.doc.__onload?.may_take_into_use) {
			frm.add_custom_button(__("Take into use again"), () => take_into_use(frm));
		}
	},
});

function ask_hand_over(frm) {
	const dialog = sv_helpdesk.ask(
		[
			{ ...user_field("leaver", __("Who leaves or is away")), onchange: () => show_held(frm, dialog) },
			{ fieldname: "held", fieldtype: "HTML" },
			user_field("successor", __("Who takes over (a member of this desk)")),
		],
		async ({ leaver, successor }) => {
			const ticked = dialog.fields_dict.held.$wrapper.find("input:checked");
			const { cases, stayed } = await frappe.xcall(`${LEAVING}.hand_over.hand_over`, {
				desk: frm.docname,
				leaver,
				successor,
				kinds: ticked.toArray().map(({ dataset }) => dataset.kind),
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

async function show_held(frm, dialog) {
	const leaver = dialog.get_value("leaver");
	const $held = dialog.fields_dict.held.$wrapper.empty();
	if (!leaver) return;
	const found = await frappe.xcall(`${LEAVING}.hand_over.overview`, { desk: frm.docname, leaver });
	if (dialog.get_value("leaver") !== leaver) return;
	const nothing = __("This person has nothing at this desk that you could hand over.");
	const rows = found.length ? found.map(row_of) : $('<p class="text-muted">').text(nothing);
	$held.empty().append(rows);
}

function row_of({ kind, label, number, records }) {
	// what is finished waits for nobody: whoever hands it over says so
	const tick = $('<input type="checkbox" class="mr-2">').attr("data-kind", kind);
	tick.prop("checked", kind !== "closed_cases");
	const links = records.map(({ doctype, name, title }) =>
		$('<a class="ml-2" target="_blank">')
			.attr("href", frappe.utils.get_form_link(doctype, name))
			.text(title)
	);
	const label_and_tick = $("<label>").append(tick, document.createTextNode(`${label}: ${number}`));
	return $("<div>").append(label_and_tick, links);
}

function ask_appointment(frm) {
	sv_helpdesk.ask(
		user_field("user", __("Who is to run this desk")),
		async ({ user }) => {
			await frappe.xcall(`${LEAVING}.appointing.appoint`, { desk: frm.docname, user });
			frappe.show_alert({ message: __("Appointed. They run this desk now."), indicator: "green" }, 15);
			frm.reload_doc();
		},
		__("Appoint who runs this desk"),
		__("Appoint")
	);
}

async function take_into_use(frm) {
	await frappe.xcall(`${LEAVING}.in_use_again.take`, { desk: frm.docname });
	frappe.show_alert({ message: __("This desk is in use again."), indicator: "green" }, 15);
	frm.reload_doc();
}

function user_field(fieldname, label) {
	return { fieldname, label, fieldtype: "Link", options: "User", reqd: 1 };
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
