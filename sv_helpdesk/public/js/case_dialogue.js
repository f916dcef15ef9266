// The dialogue with the reporter on the form of a case: read, answer, open files.
const DIALOGUE = "sv_helpdesk.helpdesk.conversation";
const LOOK_AGAIN_AFTER = 5000;

frappe.ui.form.on("SV Report", {
	setup(frm) {
		// a file comes with a message or a note; a form without one leads nowhere
		frm.can_make_methods = { "SV Attachment": () => false };
	},

	refresh(frm) {
		frm.get_field("conversation").$wrapper.empty();
		if (frm.is_new()) return;
		show_attention(frm);
		show_dialogue(frm);
	},
});

function show_attention(frm) {
	const warnings = attention_texts(frm.doc.attention);
	// codes say nothing to a reader
	frm.toggle_display("attention", false);
	frm.set_intro("");
	if (warnings.length) frm.set_intro(`${__("Mind this")}: ${warnings.join("; ")}`, "orange");
}

async function show_dialogue(frm) {
	const report = frm.doc.name;
	const { message: messages } = await frappe.call({
		method: `${DIALOGUE}.of_case`,
		args: { report },
	});
	// one form serves all cases: meanwhile it can show another one
	if (frm.doc.name !== report) return;
	const $dialogue = $('<div class="sv-dialogue">').append(
		messages.length
			? messages.map((message) => message_block(frm, message))
			: $('<p class="text-muted">').text(__("There are no messages in this case yet."))
	);
	frm.get_field("conversation").$wrapper.empty().append($dialogue);
}

function message_block(frm, message) {
	const incoming = message.direction === "Incoming";
	const who = message.on_page
		? __("the reporter, on the reporting page")
		: incoming
		? message.sender || __("Unknown sender")
		: message.recipient;
	const states = [
		message.acknowledgement ? __("Acknowledgement") : "",
		message.automatic ? __("Automatic") : "",
		message.asks_reporter ? __("Asks the reporter something", null, "SV Message") : "",
		message.delivery_status ? __(message.delivery_status, null, "SV Message") : "",
		...attention_texts(message.attention),
	].filter(Boolean);
	const $block = $('<div class="mb-4 pb-3 border-bottom">');
	$("<div>")
		.append($("<b>").text(incoming ? __("From {0}", [who]) : __("To {0}", [who])))
		.append($('<span class="text-muted ml-2">').text(sv_helpdesk.due.moment(message.message_at)))
		.append(states.map((state) => $('<span class="indicator-pill gray ml-2">').text(state)))
		.appendTo($block);
	$('<div class="bold mt-1">').text(message.subject).appendTo($block);
	// cleaned by the server with an allow list before it was stored
	$('<div class="mt-1">').html(message.body).appendTo($block);
	for (const file of message.attachments) {
		$('<button class="btn btn-default btn-xs mr-2 mt-1">')
			.text(`${file.title || __("File", null, "SV Attachment")} (${Math.ceil(file.size / 1024)} kB)`)
			.on("click", () =>
				sv_helpdesk.download("helpdesk.conversation.open_attachment", { name: file.name })
			)
			.appendTo($block);
	}
	if (message.can_answer) {
		$('<button class="btn btn-primary btn-xs mt-1">')
			.text(__("Answer"))
			.on("click", () => answer(frm, message))
			.appendTo($("<div>").appendTo($block));
	}
	return $block;
}

function answer(frm, message) {
	const report = frm.doc.name;
	sv_helpdesk.ask(
		[
			{
				fieldname: "text",
				fieldtype: "Text",
				label: __("Your answer"),
				description: message.on_page
					? __("Lies ready as plain text for when the reporter comes back to the page.")
					: __("Goes as plain text to the sender of this message only."),
				reqd: 1,
			},
			{
				fieldname: "asks_reporter",
				fieldtype: "Check",
				label: __("Asks the reporter something", null, "SV Message"),
				description: __(
					"The desk's deadlines wait for the answer, as long as the term for it.",
					null,
					"SV Message"
				),
				// nobody else is waited for
				hidden: message.from_reporter ? 0 : 1,
			},
		],
		async ({ text, asks_reporter }) => {
			await frappe.call({
				method: "sv_helpdesk.helpdesk.outbox.reply",
				args: { message: message.name, text, asks_reporter },
				freeze: true,
			});
			frappe.show_alert({ message: __("Your answer is on its way."), indicator: "green" });
			show_dialogue(frm);
			// by then it has been sent
			setTimeout(() => frm.doc.name === report && show_dialogue(frm), LOOK_AGAIN_AFTER);
		},
		__("Answer"),
		__("Send")
	);
}

function attention_texts(codes) {
	const texts = {
		unknown_sender_refers_to_case: __("Refers to a case, but comes from an unknown address"),
		same_message_id_other_content: __("Same message number as another mail, other content"),
		no_sender_address: __("No sender address"),
		sent_by_a_program: __("Sent by a program"),
		mail_not_delivered: __("A mail could not be delivered"),
		earlier_correspondence: __(
			"Earlier correspondence from an old folder: nothing is due, and nobody was answered"
		),
		reporter_withdraws: __("The reporter withdraws the report"),
	};
	return (codes || "")
		.split("\n")
		.filter(Boolean)
		.map((code) => texts[code] || code);
}
