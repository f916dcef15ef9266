// Deadlines in sight: a line on forms, a mark in lists, and lists that begin with what is due first.

frappe.provide("sv_helpdesk.due");

const CLOCK = "SV Deadline";

sv_helpdesk.due.ask = (method, args) => frappe.xcall(`sv_helpdesk.deadlines.sight.${method}`, args);

// a moment without its seconds, as the reader's format has it
sv_helpdesk.due.moment = (moment) => {
	const words = frappe.datetime.str_to_user(moment);
	return frappe.datetime.get_user_time_fmt().endsWith(":ss") ? words.slice(0, -3) : words;
};

sv_helpdesk.due.pill = ({ kind, words, colour, due_at }) =>
	$('<span class="indicator-pill mr-2">')
		.addClass(colour)
		.attr("title", `${kind}: ${sv_helpdesk.due.moment(due_at)}`)
		.text(`${kind}: ${words}`);

sv_helpdesk.due.route = ({ doctype, name }) =>
	`/app/${frappe.router.slug(doctype)}/${encodeURIComponent(name)}`;

[
	...["SV Report", "SV Referral", "SV Complaint", "SV Decision Table", "SV Minutes"],
	...["SV Action", "SV Aftercare Contact"],
].forEach((doctype) => frappe.ui.form.on(doctype, { refresh: show_line }));

async function show_line(frm) {
	frm.layout.wrapper.find(".sv-due").remove();
	if (frm.is_new()) return;
	const asked = frm.docname;
	const found = await sv_helpdesk.due.ask("of", { doctype: frm.doctype, names: [asked] });
	// two refreshes may both be waiting for their answer
	frm.layout.wrapper.find(".sv-due").remove();
	if (frm.docname !== asked || !found[asked]) return;
	const $line = $('<div class="sv-due p-3">').append(found[asked].map((clock) => mark(frm, clock)));
	frm.layout.wrapper.prepend($line);
}

function mark(frm, clock) {
	const $pill = sv_helpdesk.due.pill(clock);
	if (clock.colour !== "gray") $pill.append(" · ", sv_helpdesk.due.moment(clock.due_at));
	return clock.name === frm.docname
		? $pill
		: $("<a>").attr("href", sv_helpdesk.due.route(clock)).append($pill);
}

// marks the rows of a list with what is due first, and offers to show those on top
sv_helpdesk.due.in_list = (list) => {
	let asked, order;
	let due = {};
	const render = list.render.bind(list);
	list.render = () => {
		if (order && is_ordered(list)) list.data.sort((a, b) => order[a.name] - order[b.name]);
		render();
		draw();
		if (asked === list.data || !list.data.length) return;
		asked = list.data;
		const names = asked.map(({ name }) => name);
		sv_helpdesk.due.ask("of", { doctype: list.doctype, names }).then((found) => {
			due = found;
			draw();
		});
	};
	// shows what one question of the server's finds, what is due first on top
	list.sv_show_due = async (question = "") => {
		const names = await sv_helpdesk.due.ask("soonest", { doctype: list.doctype, question });
		if (!names.length) {
			frappe.msgprint(__("Nothing in this list is due."));
			return;
		}
		order = Object.fromEntries(names.map((name, index) => [name, index]));
		list.start = 0;
		list.page_length = Math.max(list.page_length, names.length);
		await list.filter_area.clear(false);
		list.filter_area.add([[list.doctype, "name", "in", names]]);
	};
	list.page.add_inner_button(__("What is due first"), () => list.sv_show_due());

	function draw() {
		list.$result.find(".sv-due").remove();
		for (const [name, [first]] of Object.entries(due)) {
			const $row = list.$result.find(`.list-row-checkbox[data-name="${name}"]`).closest(".list-row");
			// narrow: what it is stands in the title
			const $pill = sv_helpdesk.due.pill(first).addClass("sv-due").text(first.words);
			// in the list of clocks it says more than the status of one that runs or waits
			const $status = list.doctype === CLOCK ? $row.find('[data-filter^="status,"]') : $();
			if ($status.length) $status.hide().after($pill);
			else $row.find(".list-subject").append($pill.addClass("ml-2"));
		}
		// beside the number there is room for it, too
		if (list.doctype !== CLOCK) list.$result.find(".list-subject").css("flex-grow", 4);
	}
};

function is_ordered(list) {
	return list.filter_area
		.get()
		.some(([_doctype, fieldname, condition]) => fieldname + condition === "namein");
}

// the list of decision tables has settings of its own
[
	...["SV Report", "SV Referral", "SV Complaint", "SV Minutes"],
	...["SV Action", "SV Aftercare Contact", "SV Deadline"],
].forEach((doctype) => {
	const settings = frappe.listview_settings[doctype] || {};
	frappe.listview_settings[doctype] = {
		...settings,
		// it says nothing, and what is due needs the room
		hide_name_column: true,
		onload(list) {
			sv_helpdesk.due.in_list(list);
			settings.onload?.(list);
		},
	};
});

// the list of clocks itself begins with those that run, the most overdue on top
Object.assign(frappe.listview_settings[CLOCK], {
	filters: [["status", "in", ["Running", "Breached"]]],
	formatters: { due_at: (moment) => sv_helpdesk.due.moment(moment) },
});
