"""Search in link fields: it obeys the rights, whatever the client asks for."""

from sv_helpdesk.guards.subjects import is_ours, is_ticket, refuse


def obeys_rights(arguments: dict) -> None:
	"""search_link and search_widget: take away the flag that lifts row rights, and fields nobody asked us for.

	A search function named by the client must not be used to reach one that is guarded.
	"""
	if not is_ours(arguments.get("doctype")) and not is_ticket(arguments.get("doctype")):
		return
	arguments.pop("ignore_user_permissions", None)
	arguments.pop("filter_fields", None)
	if is_ours(arguments.get("doctype")) and arguments.get("query"):
		refuse()
