// The page of the second factor: sends its forms, shows what comes back, keeps nothing.

const message = document.getElementById("message");
let invitation = "";

async function call(method, values) {
	const answer = await fetch(`/api/method/sv_helpdesk.sessions.api.${method}`, {
		method: "POST",
		credentials: "same-origin",
		headers: {
			"Content-Type": "application/json",
			Accept: "application/json",
			"X-Frappe-CSRF-Token": document.body.dataset.csrf,
		},
		body: JSON.stringify(values),
	});
	const content = await answer.json().catch(() => ({}));
	if (!answer.ok) throw new Error(refusal(content) || message.dataset.failed);
	return content.message;
}

// Frappe sends a refusal as HTML within JSON within JSON
function refusal(content) {
	try {
		const text = JSON.parse(JSON.parse(content._server_messages)[0]).message;
		return new DOMParser().parseFromString(text, "text/html").body.textContent;
	} catch {
		return "";
	}
}

function say(text) {
	message.textContent = text;
	message.hidden = !text;
	if (text) message.focus();
}

const then = {
	go() {
		window.location.assign("/app");
	},
	show(content, values) {
		invitation = values.invitation || "";
		document.getElementById("begin").hidden = true;
		document.getElementById("qr").append(picture(content.qr));
		document.getElementById("key").textContent = content.key.match(/.{1,4}/g).join(" ");
		document.getElementById("setup").hidden = false;
		document.getElementById("first").focus();
	},
	codes(content) {
		document.getElementById("setup").hidden = true;
		const list = document.getElementById("codes");
		for (const code of content.recovery_codes) {
			list.append(Object.assign(document.createElement("li"), { textContent: code }));
		}
		document.getElementById("recovery").hidden = false;
		document.querySelector("#recovery .button").focus();
	},
	invitation(code) {
		const shown = document.getElementById("invitation");
		shown.querySelector("output").textContent = code;
		shown.hidden = false;
	},
};

function picture(svg) {
	return document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
}

for (const form of document.querySelectorAll("form")) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = form.querySelector("button");
		const values = Object.fromEntries(new FormData(form));
		if (form.dataset.call === "confirm") values.invitation = invitation;
		button.disabled = true;
		say("");
		// that of another colleague doesn't stay beside a refusal
		document.getElementById("invitation")?.setAttribute("hidden", "");
		try {
			const content = await call(form.dataset.call, values);
			if (content.passed === false) say(content.message);
			else then[form.dataset.then || form.dataset.shows](content, values);
		} catch (error) {
			say(error.message);
		} finally {
			button.disabled = false;
		}
	});
}
