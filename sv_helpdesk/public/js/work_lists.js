// Lists of work: the usual questions in one menu, states in colours, what to do when there is nothing, and no bare names.

frappe.provide("sv_helpdesk");

(() => {
	// a plain value would go into the host's field above the list, which not everybody may fill with people
	const me = () => ["in", [frappe.session.user]];
	const today = () => frappe.datetime.get_today();
	const week = () => [frappe.datetime.week_start(), frappe.datetime.week_end()];
	const not_set = ["is", "not set"];
	const open_case = ["not in", ["Closed", "Withdrawn"]];
	const ended_case = ["in", ["Closed", "Withdrawn"]];
	const open_action = ["in", ["Open", "In progress"]];
	const under_way = ["in", ["Decided on", "Convened", "Running"]];
	const running = ["in", ["Running", "Breached"]];
	const to_be_anonymised = () => frappe.xcall("sv_helpdesk.retention.confirming.filters");
	// of clocks: found by the server, what is due first on top
	const due_this_week = [__("Due this week"), "this week"];
	const late = [__("Late now"), "late"];

	// questions: a name with the filters of the list, with what asks the server for them, or with the question of the
	// server's that finds its rows;
	// selected: what is done with several rows at once, and by which function; columns: which of those that the document has for lists, where they are more than fit
	const LISTS = {
		"SV Report": {
			first: { status: open_case },
			questions: () => [
				[__("My open cases"), { handler: me(), status: open_case }],
				[__("Without a handler"), { handler: not_set, status: open_case }],
				[__("All open cases"), { status: open_case }],
				late,
				due_this_week,
				[__("Waiting for the reporter"), "waits for the reporter"],
				[__("To be anonymised"), to_be_anonymised],
				[__("On legal hold"), { legal_hold: 1 }],
			],
			selected: [__("Confirm anonymising"), "sv_helpdesk.retention.confirming.confirm"],
			columns: ["kind", "handler", "main_category", "received_at"],
			colours: { New: "orange", Settled: "green", Closed: "gray", Withdrawn: "gray" },
			nothing: __(
				"No cases. New mail comes in by itself; register a telephone call or a talk with the button below."
			),
		},
		"SV Referral": {
			questions: () => [
				[__("Offered, not answered"), { status: "Offered" }],
				[__("Accepted, not completed"), { status: "Accepted" }],
				late,
				due_this_week,
			],
			colours: { Offered: "orange", Accepted: "blue", Completed: "green", Declined: "red" },
			nothing: __("No referrals. Make one from its case, with the person concerned's consent."),
		},
		"SV Complaint": {
			questions: () => [
				[__("At the committee"), { status: ["in", ["Handed over", "Admissible", "Heard"]] }],
				[__("To decide on"), { status: "Advice given" }],
				[__("To close"), { status: ["in", ["Not admissible", "Decided", "Appeal over"]] }],
				late,
				due_this_week,
			],
			colours: { "Drawn up": "orange", Decided: "green", Closed: "gray", Withdrawn: "gray" },
			nothing: __("No formal complaints. Begin one from its case, which is of that kind."),
		},
		"SV Decision Table": {
			questions: () => [
				[__("Under way"), { status: under_way }],
				[__("I convene"), { coordinator: me(), status: under_way }],
				[__("I decide"), { manager: me(), status: under_way }],
				[__("Acute danger"), { urgency: "Acute danger", status: under_way }],
				late,
				due_this_week,
			],
			colours: { "Decided on": "orange", Convened: "blue", Running: "blue", Settled: "green" },
			nothing: __("No decision tables. Invitations wait under “My invitations” and in your agenda."),
		},
		"SV Action": {
			questions: () => [
				[__("My open actions"), { action_owner: me(), status: open_action }],
				[__("All open actions"), { status: open_action }],
				[__("Late now"), { due_on: ["<", today()], status: open_action }],
				[__("Due this week"), { due_on: ["between", week()], status: open_action }],
			],
			colours: { Open: "orange", "In progress": "blue", Done: "green", Dropped: "gray" },
			nothing: __("No actions. They are agreed at a decision table, or made from a case or a plan."),
		},
		"SV Aftercare": {
			questions: () => [
				[__("My plans"), { responsible: me(), status: ["!=", "Closed"] }],
				[__("To begin"), { status: "Planned" }],
				[__("Running"), { status: "Running" }],
				[__("To close"), { status: "Evaluated" }],
			],
			colours: { Planned: "orange", Running: "blue", Evaluated: "green", Closed: "gray" },
			nothing: __("No aftercare plans. A case that is settled gets one for each person."),
		},
		"SV Aftercare Contact": {
			questions: () => [
				[__("My contacts"), { held_by: me(), status: "Planned" }],
				[__("Due now"), { planned_on: ["<=", today()], status: "Planned" }],
				[__("Due this week"), { planned_on: ["between", week()], status: "Planned" }],
				[__("Something came up"), { status: "Raised" }],
			],
			columns: ["planned_on", "held_by", "disadvantage", "repetition"],
			colours: { Planned: "blue", Held: "green", Raised: "red", "Followed up": "green" },
			nothing: __("No aftercare contacts. A plan that begins sets them."),
		},
		"SV Deadline": {
			questions: () => [
				[__("Running"), { status: running }],
				[__("Mine"), { deadline_owner: me(), status: running }],
				late,
				due_this_week,
				[__("Waiting for the reporter"), "waits for the reporter"],
			],
			colours: { Running: "blue", Breached: "red", Paused: "gray", Met: "green" },
			nothing: __("No deadlines. They start by themselves when a case comes in or takes a step."),
		},
		"SV Minutes": {
			questions: () => [
				[__("I write"), { writer: me(), status: "Draft" }],
				[__("Waiting for approval"), { status: "Submitted" }],
				[__("Approved minutes"), { status: "Approved" }],
			],
			colours: { Draft: "orange", Submitted: "blue", Approved: "green" },
			begin: { label: __("Decision table"), by: "decision_table", of: "SV Decision Table" },
			nothing: __("No minutes. Begin them from their decision table."),
		},
		"SV Held Mail": {
			first: { status: "Held" },
			questions: () => [
				[__("To sort out"), { status: "Held" }],
				[__("Could not be processed"), { status: "Held", reason: "Could not be processed" }],
				[__("Taken in"), { status: "Taken in" }],
				[__("Set aside"), { status: "Set aside" }],
			],
			colours: { Held: "orange", "Taken in": "green", "Set aside": "gray" },
			begin: { label: __("Reason"), by: "reason" },
			nothing: __(
				"No held mails. Automatic replies and what can't be read wait here; nothing is lost."
			),
		},
		"SV Figures": {
			questions: () => [
				[__("Published"), { status: "Published" }],
				[__("Not published yet"), { status: ["!=", "Published"] }],
			],
			colours: { Draft: "orange", Frozen: "blue", Approved: "blue", Published: "green" },
			begin: { label: __("Year"), by: "year" },
			nothing: __("No figures. A year that is published appears here."),
		},
	};

	// settings of a list of work, around those it has of its own
	sv_helpdesk.work_list = (doctype, settings = {}) => {
		const { first = {}, questions, selected, columns, colours, begin, nothing } = LISTS[doctype];
		const filters = Object.entries(first).map(([fieldname, wanted]) => [fieldname, ...asked(wanted)]);
		return {
			filters,
			...settings,
			add_fields: [...(settings.add_fields || []), "status", ...(begin ? [begin.by] : [])],
			hide_name_column: true,
			get_indicator: ({ status }) => [
				__(status, null, doctype),
				colours[status] || "blue",
				`status,=,${status}`,
			],
			onload(list) {
				list.$result.addClass("sv-states");
				choose_columns(list, columns);
				word_filters(list);
				list.get_no_result_message = () => say_what_to_do(list, nothing);
				settings.onload?.(list);
				// around what marks the rows, so that rows drawn again are marked again
				if (begin) begin_rows(list, begin);
				show_titles(list);
				for (const [label, wanted] of questions()) {
					list.page.add_inner_button(label, () => show(list, wanted), __("Usual questions"));
				}
				if (selected) offer_with_selected(list, ...selected);
			},
		};
	};

	const asked = (wanted) => (Array.isArray(wanted) ? wanted : ["=", wanted]);

	async function show(list, asked_for) {
		const wanted = typeof asked_for === "function" ? await asked_for() : asked_for;
		if (typeof wanted === "string") return list.sv_show_due(wanted);
		list.start = 0;
		await list.filter_area.clear(false);
		list.filter_area.add(
			Object.entries(wanted).map(([fieldname, value]) => [list.doctype, fieldname, ...asked(value)])
		);
	}

	function offer_with_selected(list, label, method) {
		list.page.add_actions_menu_item(label, () => {
			const reports = list.get_checked_items(true);
			const title = __("{0}: {1} selected", [label, reports.length]);
			sv_helpdesk.confirm(title, async () => {
				const done = await frappe.xcall(method, { reports: reports.join(",") });
				frappe.show_alert({ message: __("{0}: {1} done", [label, done]), indicator: "green" });
				list.clear_checked_items();
				// the host passes over the same question within three seconds
				list.last_args = null;
				list.refresh();
			});
		});
	}

	// the host shows two of ours on a small screen, people by their address and moments to the second
	function choose_columns(list, columns) {
		list.list_view_settings.total_fields = list.list_view_settings.total_fields || 8;
		list.setup_columns();
		const wanted = ({ type, df }) => type !== "Field" || !columns || columns.includes(df.fieldname);
		list.columns = list.columns.filter(wanted);
		list.render_header(true);
		const shown = list.columns.map(({ df }) => df).filter(Boolean);
		const formatters = shown.map(({ fieldname, fieldtype, options }) => {
			if (options === "User") return [fieldname, (user) => person(user)];
			return fieldtype === "Datetime" ? [fieldname, (moment) => day(moment)] : null;
		});
		list.settings.formatters = {
			...Object.fromEntries(formatters.filter(Boolean)),
			...list.settings.formatters,
		};
	}

	// the fields above the list don't know of which document they are
	function word_filters(list) {
		for (const [fieldname, field] of Object.entries(list.page.fields_dict)) {
			const df = frappe.meta.get_docfield(list.doctype, fieldname);
			if (df?.fieldtype !== "Select") continue;
			field.df.options = sv_helpdesk.choices_in_words(list.doctype, `\n${df.options.trim()}`);
			field.set_options(field.get_value());
		}
	}

	const person = (user) => frappe.utils.escape_html(user ? frappe.user.full_name(user) : "");
	const day = (moment) => (moment ? frappe.datetime.str_to_user(moment.slice(0, 10)) : "");

	function say_what_to_do(list, nothing) {
		const sentence = list.filter_area?.get().length
			? __("Nothing is found. Take the filters away, or choose another of the usual questions.")
			: nothing;
		const $message = $('<div class="msg-box no-border">').append($("<p>").text(sentence));
		if (list.can_create) {
			const $new = $('<button class="btn btn-primary btn-sm btn-new-doc">');
			$message.append($("<p>").append($new.text(__("Create a new {0}", [__(list.doctype)]))));
		}
		return $message[0].outerHTML;
	}

	function begin_rows(list, { label, by, of }) {
		const words = (doc) => {
			if (of) return frappe.utils.get_link_title(of, doc[by]);
			return frappe.meta.get_docfield(list.doctype, by).fieldtype === "Select"
				? __(doc[by], null, list.doctype)
				: String(doc[by] || "");
		};
		const render = sv_helpdesk.begin_rows_with(list, label, words);
		if (!of) return;
		list.render = () => {
			render();
			fetch_titles(list.data.map((doc) => [of, doc[by]])).then((found) => found && render());
		};
	}

	// links to ours in words; those of a page in one request
	function show_titles(list) {
		const links = list.columns.filter(
			({ df }) => df?.fieldtype === "Link" && df.options.startsWith("SV ")
		);
		if (!links.length) return;
		const render = list.render.bind(list);
		list.render = () => {
			render();
			const shown = list.data.flatMap((doc) => links.map(({ df }) => [df.options, doc[df.fieldname]]));
			fetch_titles(shown).then((found) => found && render());
		};
	}

	// whether there was any that wasn't known
	async function fetch_titles(wanted) {
		const unknown = wanted.filter(([of, name]) => name && !frappe.utils.get_link_title(of, name));
		await Promise.all(unknown.map(([of, name]) => frappe.utils.fetch_link_title(of, name)));
		return unknown.length > 0;
	}

	Object.keys(LISTS).forEach((doctype) => {
		frappe.listview_settings[doctype] = sv_helpdesk.work_list(doctype, frappe.listview_settings[doctype]);
	});
})();
