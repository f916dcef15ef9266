// Emergencies: ask for a case that one can't see, and confirm what a colleague asks for.

const ASKING = "sv_helpdesk.permissions.break_glass";
const CONFIRMING = "sv_helpdesk.permissions.confirming";

frappe.listview_settings["SV Access Grant"] = sv_helpdesk.case_list({
	add_fields: ["asked_number"],
	words: (doc, number) => number || doc.asked_number,
	onload(listview) {
		listview.page.add_inner_button(__("Ask for a case in an emergency"), ask_for_case);
		listview.page.add_inner_button(__("My requests"), show_mine);
		listview.page.add_inner_button(__("Requests to confirm"), show_requests);
	},
});

function ask_for_case() {
	const reasons = frappe.meta.get_docfield("SV Access Grant", "reason").options.split("\n").filter(Boolean);
	sv_helpdesk.ask(
		[
			{ fieldname: "case_number", fieldtype: "Data", label: __("Case number"), reqd: 1 },
			{
				fieldname: "reason",
				fieldtype: "Select",
				label: __("Reason", null, "SV Access Grant"),
				options: reasons.map((value) => ({ value, label: in_words(value) })),
				reqd: 1,
			},
			{ fieldname: "explanation", fieldtype: "Small Text", label: __("Explanation"), reqd: 1 },
		],
		async (values) => {
			await frappe.xcall(`${ASKING}.ask`, values);
			frappe.msgprint(__("Your request is noted. The case opens when a second person confirms it."));
		},
		__("Ask for a case in an emergency"),
		__("Ask")
	);
}

async function show_mine() {
	const rows = await frappe.xcall(`${ASKING}.my_requests`);
	if (!rows.length) {
		frappe.msgprint(__("You asked for nothing in the last 30 days."));
		return;
	}
	const lines = rows.map((row) => {
		const until = row.valid_until && frappe.datetime.str_to_user(row.valid_until);
		const state = until ? __("Open until {0}", [until]) : __("Asked");
		return [row.asked_number, in_words(row.reason), state];
	});
	frappe.msgprint({ title: __("My requests"), message: table_of(lines) });
}

async function show_requests() {
	const requests = await frappe.xcall(`${CONFIRMING}.requests`);
	if (!requests.length) {
		frappe.msgprint(__("No request waits for you."));
		return;
	}
	const dialog = new frappe.ui.Dialog({ title: __("Requests to confirm"), size: "large" });
	requests.forEach((request) => show_request(dialog, request));
	dialog.show();
}

function show_request(dialog, request) {
	const told = [request.case_number, request.asked_by, in_words(request.reason), request.explanation];
	const row = $("<div class='mb-4'>").appendTo(dialog.body);
	row.append(table_of([told.filter(Boolean)]));
	const answer = async (method) => {
		const sentence = await frappe.xcall(`${CONFIRMING}.${method}`, { grant: request.name });
		row.remove();
		if (sentence) frappe.msgprint(sentence);
	};
	for (const [method, label] of [
		["confirm", __("Confirm")],
		["refuse", __("Refuse")],
	]) {
		$("<button class='btn btn-default btn-sm mr-2'>")
			.text(label)
			.on("click", () => answer(method))
			.appendTo(row);
	}
}

function table_of(lines) {
	const cells = (line) => line.map((text) => `<td>${frappe.utils.escape_html(String(text))}</td>`).join("");
	return `<table class="table table-bordered">${lines
		.map((line) => `<tr>${cells(line)}</tr>`)
		.join("")}</table>`;
}

function in_words(value) {
	return __(value, null, "SV Access Grant");
}
