// What people of a case, or an exception, share with the reader now. Asked anew each time it is shown.

(() => {
	// a message registered by hand wasn't cleaned by the intake
	const NOTHING_ACTIVE = "default-src 'none'; style-src 'unsafe-inline'";
	const SHARED = "sv_helpdesk.permissions.shared";

	frappe.pages["shared-with-me"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({ parent: wrapper, title: __("Shared with me"), single_column: true });
	};

	frappe.pages["shared-with-me"].on_page_show = async (wrapper) => {
		const $list = $(wrapper).find(".layout-main-section").empty();
		const { message: consents } = await frappe.call({ method: `${SHARED}.shared_with_me` });
		$list
			.empty()
			.append(
				consents.length
					? consents.map(consent_block)
					: $('<p class="text-muted m-4">').text(__("Nothing is shared with you now."))
			);
	};

	function consent_block(consent) {
		const until = consent.open_until
			? __("Open until {0}.", [frappe.datetime.str_to_user(consent.open_until)])
			: __("Open until it is withdrawn.");
		return $('<div class="m-4 pb-3 border-bottom">')
			.append($('<div class="bold">').text(__(consent.scope, null, "SV Consent")))
			.append($("<div>").text(consent.purpose))
			.append($('<div class="text-muted">').text(until))
			.append(
				$('<button class="btn btn-default btn-xs mt-2">')
					.text(__("Read", null, "SV Consent"))
					.on("click", () => read(consent))
			);
	}

	async function read(consent) {
		const { message: shared } = await frappe.call({
			method: `${SHARED}.read_shared`,
			args: { consent: consent.consent },
		});
		const dialog = new frappe.ui.Dialog({
			title: __(consent.scope, null, "SV Consent"),
			size: "large",
			// what was read doesn't stay in the page
			onhide: () => dialog.$wrapper.remove(),
		});
		const shown = blocks(consent.consent, shared);
		const nothing = __("Nothing was written down to share yet. Ask who shared it.");
		$(dialog.body).append(shown.length ? shown : $('<p class="text-muted">').text(nothing));
		dialog.show();
	}

	function blocks(consent, shared) {
		const { texts = [], minutes = [], messages = [], ...fields } = shared;
		return [
			...field_blocks(fields),
			...texts.filter(Boolean).map((text) => text_block("", text)),
			...minutes.flatMap(field_blocks),
			...messages.map((message) => message_block(consent, message)),
		];
	}

	function field_blocks(fields) {
		const labels = {
			person_name: __("Name", null, "SV Party"),
			email_address: __("E-mail address", null, "SV Party"),
			phone: __("Telephone number", null, "SV Party"),
			subject: __("Subject", null, "SV Report"),
			narrative: __("What happened", null, "SV Report"),
			wishes: __("What the person wants", null, "SV Report"),
			advice: __("Advice", null, "SV Minutes"),
			decision: __("Decision", null, "SV Minutes"),
			communication: __("What is told to whom", null, "SV Minutes"),
		};
		return Object.entries(fields)
			.filter(([, text]) => text)
			.map(([field, text]) => text_block(labels[field], text));
	}

	function text_block(label, text) {
		return $('<div class="mb-3">')
			.append($('<div class="text-muted">').text(label))
			.append($("<div>").css("white-space", "pre-wrap").text(text));
	}

	function message_block(consent, message) {
		const $block = $('<div class="mb-3 pt-3 border-top">')
			.append($('<div class="text-muted">').text(sv_helpdesk.due.moment(message.message_at)))
			.append($('<div class="bold">').text(message.subject))
			.append(body_frame(message.body));
		for (const file of message.attachments) {
			const download = { consent, attachment: file.name };
			$('<button class="btn btn-default btn-xs mr-2 mt-1">')
				.text(file.title || __("File", null, "SV Attachment"))
				.on("click", () =>
					sv_helpdesk.download("permissions.shared.open_shared_attachment", download)
				)
				.appendTo($block);
		}
		return $block;
	}

	function body_frame(body) {
		const frame = document.createElement("iframe");
		frame.setAttribute("sandbox", "");
		frame.title = __("Text of the message");
		frame.style.cssText = "width: 100%; height: 12em; border: 0";
		frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${NOTHING_ACTIVE}">${body}`;
		return frame;
	}
})();
