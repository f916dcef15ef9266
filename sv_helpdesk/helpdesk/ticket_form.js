// On the page of a ticket in Helpdesk: a button to its case for whoever may see that, and nothing for anybody else.

async function setupForm({ doc, call }) {
	const found = await call("sv_helpdesk.helpdesk.ticket_form.case_of", { ticket: `${doc.name}` }).catch(
		() => null
	);
	if (!found?.address) return { actions: [] };
	return {
		actions: [
			{ label: found.label, icon: "folder", onClick: () => window.location.assign(found.address) },
		],
	};
}
