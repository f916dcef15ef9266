// A file that the server makes for who asks: handed to the browser. Where it is refused, the sentence is shown and the page stays.

frappe.provide("sv_helpdesk");

sv_helpdesk.download = async (method, args) => {
	const answer = await fetch(`/api/method/sv_helpdesk.${method}`, {
		method: "POST",
		headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
		body: new URLSearchParams(args),
	});
	if (!answer.ok) return say_why_not(answer);
	const address = URL.createObjectURL(await answer.blob());
	$("<a>")
		.attr({ href: address, download: name_of(answer) })[0]
		.click();
	URL.revokeObjectURL(address);
};

// what the host's server says beside an answer, or instead of one
sv_helpdesk.sentences_in = ({ _server_messages: messages }) =>
	JSON.parse(messages || "[]").map((message) => JSON.parse(message).message);

async function say_why_not(answer) {
	const sentences = sv_helpdesk.sentences_in(await answer.json().catch(() => ({})));
	const nothing = __("This could not be downloaded. Reload the page and try again.");
	frappe.msgprint({
		title: __("Not downloaded"),
		message: (sentences.length ? sentences : [nothing]).map(frappe.utils.escape_html).join("<br>"),
		indicator: "red",
	});
}

function name_of(answer) {
	const said = answer.headers.get("Content-Disposition") || "";
	const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(said) || [];
	const [, plain = ""] = /filename="?([^";]+)/.exec(said) || [];
	// the host sends letters with accents as they are, and browsers read them one byte at a time
	const bytes = Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
	return encoded ? decodeURIComponent(encoded) : new TextDecoder().decode(bytes);
}
