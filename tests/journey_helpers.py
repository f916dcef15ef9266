"""What people do on the Desk's forms again and again, for the journeys in a browser."""


def open_tab(page, label: str) -> None:
	"""Open a tab of the form."""
	page.locator(".form-tabs .nav-link:visible", has_text=label).click()


def shows(page, doctype: str) -> None:
	"""Wait until a stored document of this kind is on the form, with all that comes after it."""
	page.wait_for_function(
		"(doctype) => window.cur_frm?.doctype === doctype && !cur_frm.is_new()", arg=doctype
	)
	page.wait_for_load_state("networkidle")


def begin_beside(page, doctype: str, **values) -> None:
	"""Begin a document with the + beside its case, fill it in and save it."""
	page.locator(f'.document-link[data-doctype="{doctype}"] button.btn-new').click()
	page.wait_for_function("doctype => window.cur_frm?.doctype === doctype && cur_frm.is_new()", arg=doctype)
	page.evaluate("values => cur_frm.set_value(values)", values)
	page.get_by_role("button", name="Save", exact=True).click()
	shows(page, doctype)


def take(page, step: str, leads_to: str, **answers) -> None:
	"""Take a step with the form's button, answer what it asks, and wait for the state it leads to."""
	page.locator(".page-head:visible").get_by_role("button", name=step, exact=True).click()
	page.wait_for_function("() => cur_dialog?.display")
	page.evaluate("answers => cur_dialog.set_values(answers)", answers)
	# a picker takes what it was given once it has asked whether that is there
	page.wait_for_function(
		"answers => Object.entries(answers).every(([field, value]) => cur_dialog.get_value(field) === value)",
		arg=answers,
	)
	# by key: the list of a picker may still lie above it
	page.locator(".modal.show .btn-modal-primary:visible").press("Enter")
	page.wait_for_function("status => cur_frm.doc.status === status", arg=leads_to)
	page.wait_for_load_state("networkidle")
