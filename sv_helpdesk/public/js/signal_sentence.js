// What a signal of repetition says: numbers, one's own cases, and never a person.

frappe.provide("sv_helpdesk.repetition");

sv_helpdesk.repetition.told = (signal) => {
	const about =
		signal.about === "Person"
			? __("Perhaps about the same person")
			: __("About {0} in a year", [signal.unit]);
	const sentences = [
		__("{0}: {1} cases at this desk and {2} at other desks, by {3} different reporters.", [
			about,
			signal.here,
			signal.elsewhere,
			signal.reporters,
		]),
	];
	const own = signal.own.map((row) => row.number);
	if (own.length > 1) sentences.push(__("Yours: {0}.", [own.join(", ")]));
	if (signal.waiting)
		sentences.push(__("Registered only in case it happens again: {0}.", [signal.waiting]));
	if (signal.joined) sentences.push(__("With consent to be joined: {0}.", [signal.joined]));
	if (signal.desks.length > 1) sentences.push(__("At the desks: {0}.", [signal.desks.join(", ")]));
	return sentences.join(" ");
};
