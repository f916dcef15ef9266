// The reporting page works without this script. With it: Escape twice leaves the page, a button is pressed once,
// files that are too large are told before they are sent, and under pressure the browser works for its form.
(() => {
	const TWICE_WITHIN = 1000;
	const AT_ONCE = 2000;
	const LONG = 30_000;

	function leave() {
		document.documentElement.hidden = true;
		// what is shown now isn't gone back to
		window.location.replace(document.getElementById("leave").href);
	}

	function leave_by_key() {
		let last = -TWICE_WITHIN;
		document.addEventListener("keydown", (event) => {
			if (event.key !== "Escape") return;
			if (event.timeStamp - last < TWICE_WITHIN) leave();
			last = event.timeStamp;
		});
		document.getElementById("leave").addEventListener("click", (event) => {
			event.preventDefault();
			leave();
		});
	}

	function send_once(form) {
		form.addEventListener("submit", (event) => {
			// who has stopped a long sending isn't left with a button that does nothing
			if (Date.now() - (form.dataset.sent || 0) < LONG) event.preventDefault();
			else form.dataset.sent = Date.now();
		});
		// who comes back with the browser's button may send again
		window.addEventListener("pageshow", () => delete form.dataset.sent);
	}

	// the host would refuse them together with all that was typed
	function tell_too_large(field) {
		const told = document.createElement("p");
		told.className = "fault";
		told.setAttribute("aria-live", "assertive");
		field.before(told);
		field.addEventListener("change", () => {
			const size = [...field.files].reduce((sum, file) => sum + file.size, 0);
			const large = size > Number(field.dataset.most) * 1e6;
			told.textContent = large ? field.dataset.large : "";
			if (large) field.value = "";
		});
	}

	function rotated(word, by) {
		return (word >>> by) | (word << (32 - by));
	}

	const primes = [];
	for (let number = 2; primes.length < 64; number++) {
		if (primes.every((prime) => number % prime)) primes.push(number);
	}
	const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
	const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
	const ROUNDS = primes.map((prime) => fraction(Math.cbrt(prime)));

	// SHA-256 of a text of plain letters, of which only the first 32 bits are needed
	function first_word(text) {
		const length = text.length;
		const blocks = new Uint32Array((((length + 8) >> 6) + 1) << 4);
		for (let at = 0; at < length; at++) blocks[at >> 2] |= text.charCodeAt(at) << (24 - (at % 4) * 8);
		blocks[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
		blocks[blocks.length - 1] = length * 8;
		const state = Int32Array.from(START);
		const words = new Int32Array(64);
		for (let block = 0; block < blocks.length; block += 16) {
			let [a, b, c, d, e, f, g, h] = state;
			for (let at = 0; at < 64; at++) {
				if (at < 16) words[at] = blocks[block + at];
				else {
					const early = words[at - 15];
					const late = words[at - 2];
					words[at] =
						words[at - 16] +
						words[at - 7] +
						(rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3)) +
						(rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10));
				}
				const one =
					(h +
						(rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
						((e & f) ^ (~e & g)) +
						ROUNDS[at] +
						words[at]) |
					0;
				const two =
					((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
				[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
			}
			[a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at] + word) | 0));
		}
		return state[0];
	}

	// the number that makes the hash of the form's token begin with so many zero bits (reporting/pressure.py)
	function work_for(field) {
		const bits = Number(field.dataset.bits);
		if (!bits) return;
		const token = field.form.elements.token.value;
		let number = 0;
		(function some() {
			for (const end = number + AT_ONCE; number < end; number++) {
				if (first_word(`${token}.${number}`) >>> (32 - bits) === 0) {
					field.value = number;
					return;
				}
			}
			setTimeout(some);
		})();
	}

	leave_by_key();
	document.querySelectorAll("form").forEach(send_once);
	document.querySelectorAll("input[data-most]").forEach(tell_too_large);
	document.querySelectorAll("input[data-bits]").forEach(work_for);
	document.querySelector(".summary[autofocus]")?.focus();
})();
