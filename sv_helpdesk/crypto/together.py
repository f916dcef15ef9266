"""Opens one sealed field of several documents at once, for a page that shows them together."""

from itertools import groupby

from sv_helpdesk.access_log import openings
from sv_helpdesk.crypto import cipher, data_keys
from sv_helpdesk.crypto.errors import KeyMissingError, TamperedError
from sv_helpdesk.crypto.quiet import be_quiet


def opened(fieldname: str, doctype: str, rows: list) -> dict[str, str]:
	"""Return a sealed field of documents in clear text, and log that they were opened.

	Whoever calls this has asked whether the session's user may read that field of these rows. A key is looked
	up once per case; what can't be read is left out.

	Args:
		fieldname: the sealed field.
		doctype: of the rows.
		rows: from the database, with name, report and the field.

	Returns:
		Clear texts by the names of the documents.
	"""
	be_quiet()
	sealed = sorted((row for row in rows if row.get(fieldname)), key=lambda row: row.report)
	found = {}
	for report, of_case in groupby(sealed, key=lambda row: row.report):
		of_case = list(of_case)
		openings.opened_together(doctype, [row.name for row in of_case], report)
		try:
			key = data_keys.for_reading(report)
			for row in of_case:
				token = cipher.from_token(row[fieldname])
				found[row.name] = cipher.decrypt(key, token, doctype, str(row.name), fieldname).decode()
		except (KeyMissingError, TamperedError):
			# the form of the document itself says what is wrong
			continue
	return found
