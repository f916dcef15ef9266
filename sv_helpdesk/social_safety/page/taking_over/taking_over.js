// Earlier cases of a desk, from a spreadsheet or an old folder of its mailbox. A file stays in this page's memory
// until it is sent, and what the server says of it is gone with the page.

(() => {
	const API = "sv_helpdesk.importing.api";
	const LOOK_AGAIN_AFTER = 3000;
	const UNDER_WAY = ["Waiting", "Running"];

	frappe.pages["taking-over"].on_page_load = (wrapper) => {
		frappe.ui.make_app_page({
			parent: wrapper,
			title: __("Take over earlier cases"),
			single_column: true,
		});
	};

	frappe.pages["taking-over"].on_page_show = async (wrapper) => {
		const $main = $(wrapper).find(".layout-main-section").empty();
		const desks = await frappe.xcall(`${API}.desks`);
		$main.empty();
		if (!desks.length) {
			$main.append(
				paragraph(__("Earlier cases are taken over by who leads a desk, and you lead none."))
			);
			return;
		}
		const $desk = $('<div class="sv-taking-over m-4">');
		$main.append(desks.length > 1 ? choice_of(desks, $desk) : "", $desk);
		show($desk, desks[0]);
	};

	function choice_of(desks, $desk) {
		const $choice = $('<select class="form-control">').append(
			desks.map(({ name, title }) => $("<option>").val(name).text(title))
		);
		$choice.on("change", () =>
			show(
				$desk,
				desks.find((desk) => desk.name === $choice.val())
			)
		);
		return $('<label class="m-4">').append(document.createTextNode(__("Desk", null, "SV Import")), $choice);
	}

	function show($desk, desk) {
		const $imports = $('<section class="mt-5" aria-live="polite">');
		const began = () => show_imports($imports, desk.name);
		$desk.empty().append(spreadsheet(desk.name, began), folders(desk.name, began), $imports);
		list_imports($imports, desk, desk.imports);
	}

	function spreadsheet(desk, began) {
		const $file = $('<input type="file" accept=".xlsx,.csv" multiple>').attr(
			"aria-label",
			__("The filled-in template")
		);
		const $found = $('<div class="mt-3" role="status">');
		const templates = { nl: __("Template in Dutch"), en: __("Template in English") };
		const look_through = async () => {
			const contents = await Promise.all([...$file[0].files].map(in_base64));
			$file.val("");
			$found.empty();
			if (!contents.length) return;
			const found = await send("look_through", { desk, contents });
			$found.append(found.faults.length ? faults(found) : sound(found));
			$found.find("button").on(
				"click",
				told(async ({ target }) => {
					// twice would be refused for its keys
					target.disabled = true;
					await send("take_over", { desk, contents });
					$found.empty();
					await began();
				})
			);
		};
		$file.on("change", told(look_through));
		return $("<section>").append(
			$("<h2>").addClass("h4").text(__("From a spreadsheet")),
			paragraph(
				__(
					"Fill in the template and choose it here, or one text file (CSV) with the cases and one with the people. Everything in it is checked first; nothing is stored until you say so, and then all of it or nothing."
				)
			),
			$('<p class="d-flex flex-wrap" style="gap: 8px">').append(
				Object.entries(templates).map(([language, label]) =>
					button(label, () =>
						sv_helpdesk.download("importing.api.download_template", { desk, language })
					)
				),
				$file
			),
			$found
		);
	}

	function faults({ faults, further }) {
		const heads = [__("Sheet"), __("Row"), __("Column"), __("What is wrong")];
		const rows = faults.map(({ sheet, row, column, heading, sentence }) =>
			$("<tr>").append(
				[sheet, row || "", [column, heading].filter(Boolean).join(" "), sentence].map((text) =>
					$("<td>").text(text)
				)
			)
		);
		return [
			paragraph(
				__(
					"{0} things are wrong, so nothing is taken over. Mend them in the file and choose it again.",
					[faults.length + further]
				)
			),
			$('<table class="table table-bordered">').append(
				$("<thead>").append($("<tr>").append(heads.map((head) => $('<th scope="col">').text(head)))),
				$("<tbody>").append(rows)
			),
			further ? paragraph(__("And {0} more.", [further])) : "",
		];
	}

	function sound({ cases, people, notes }) {
		return [
			paragraph(__("Nothing is wrong: {0} cases with {1} people.", [cases, people])),
			notes.map(paragraph),
			$('<button class="btn btn-primary btn-sm">').text(__("Take over")),
		];
	}

	function folders(desk, began) {
		const $list = $('<div class="mt-3" role="status">');
		const look = async () => {
			const found = await frappe.xcall(`${API}.folders`, { desk });
			$list
				.empty()
				.append(found.length ? found.map(item) : paragraph(__("This mailbox has no other folders.")));
		};
		const item = ({ name, title, mails }) =>
			$('<p class="d-flex align-items-center" style="gap: 8px">').append(
				$("<span>").text(__("{0}: {1} mails", [title, mails])),
				button(__("Take in"), () => take_in(name, title))
			);
		const take_in = (folder, title) =>
			sv_helpdesk.confirm(
				__("Take in all mails of the folder {0} as earlier correspondence?", [
					frappe.utils.escape_html(title),
				]),
				async () => {
					await frappe.xcall(`${API}.take_in_folder`, { desk, folder });
					$list.empty();
					began();
				}
			);
		return $('<section class="mt-5">').append(
			$("<h2>").addClass("h4").text(__("From an old folder of the desk's mailbox")),
			paragraph(
				__(
					"Each correspondence becomes a case on the day of its first mail. Nobody is answered, no deadline starts, and the mails stay as they are on the mail server."
				)
			),
			button(__("Look for folders"), look),
			$list
		);
	}

	async function show_imports($imports, name) {
		const desk = (await frappe.xcall(`${API}.desks`)).find((each) => each.name === name);
		if (desk) list_imports($imports, desk, desk.imports);
	}

	function list_imports($imports, desk, imports) {
		$imports.empty();
		if (!imports.length) return;
		$imports.append($("<h2>").addClass("h4").text(__("Taken over until now")), imports.map(line));
		if (imports.some(({ status }) => UNDER_WAY.includes(status))) {
			setTimeout(() => $imports.is(":visible") && show_imports($imports, desk.name), LOOK_AGAIN_AFTER);
		}

		function line(row) {
			const words = [
				frappe.datetime.str_to_user(row.asked_at),
				frappe.user.full_name(row.asked_by),
				__(row.source, null, "SV Import"),
				__(row.status, null, "SV Import"),
				...numbers(row),
				row.failure
					? __("Nothing was taken over ({0}). Have the file checked again.", [row.failure])
					: "",
			];
			const can_stop = UNDER_WAY.includes(row.status) && row.source === "Mailbox folder";
			return $("<p>").append(
				document.createTextNode(`${words.filter(Boolean).join(" · ")} `),
				can_stop
					? button(__("Stop"), async () => {
							await frappe.xcall(`${API}.stop`, { name: row.name });
							show_imports($imports, desk.name);
					  })
					: ""
			);
		}
	}

	function numbers({ source, total, cases, added, known, held }) {
		// told to who asked for it
		if (total === null) return [];
		if (source === "Spreadsheet") return [__("{0} of {1} cases", [cases, total])];
		return [
			__("{0} of {1} mails", [cases + added + known + held, total]),
			__("{0} new cases", [cases]),
			__("{0} added to a case", [added]),
			known ? __("{0} known already", [known]) : "",
			held ? __("{0} held", [held]) : "",
		];
	}

	// as JSON: what the host takes as a form may be no larger than its own texts
	async function send(method, args) {
		frappe.dom.freeze(__("One moment …"));
		try {
			const answer = await fetch(`/api/method/${API}.${method}`, {
				method: "POST",
				headers: {
					"Content-Type": "application/json",
					Accept: "application/json",
					"X-Frappe-CSRF-Token": frappe.csrf_token,
				},
				body: JSON.stringify(args),
			});
			const found = await answer.json().catch(() => ({}));
			if (answer.ok) return found.message;
			frappe.msgprint({
				title: __("Nothing was taken over"),
				indicator: "red",
				message: frappe.utils.escape_html(
					sv_helpdesk.sentences_in(found).join(" ") ||
						__("This file is too large. Divide it into several.")
				),
			});
			throw new Error(answer.status);
		} finally {
			frappe.dom.unfreeze();
		}
	}

	function in_base64(file) {
		return new Promise((resolve, reject) => {
			const reader = new FileReader();
			reader.onload = () => resolve(reader.result.split(",")[1] || "");
			reader.onerror = () => reject(reader.error);
			reader.readAsDataURL(file);
		});
	}

	function paragraph(text) {
		return $("<p>").text(text);
	}

	function button(label, act) {
		return $('<button type="button" class="btn btn-default btn-sm">').text(label).on("click", told(act));
	}

	// what the server refuses has been shown by then
	function told(act) {
		return async (event) => {
			try {
				await act(event);
			} catch {
				event.target.disabled = false;
			}
		};
	}
})();
