"""Files: their rows, their URLs, and rows of one's own on somebody else's URL."""

from dev.leaks.asking import Compare, Request, call, get
from dev.leaks.surface import ORACLE, READ, Steps, Surface, Visit, made_up
from dev.leaks.surfaces.attacks import inserted, name_in, removed


def _files(visit: Visit) -> list[tuple[str, str]]:
	"""Names and URLs of two of our files and of the ordinary one."""
	documents = [*visit.documents("File", seen=0), ("", "File", visit.world.name("helpdesk/File/note"))]
	names = [name for _place, _doctype, name in visit.some(documents, 1)]
	return [(name, visit.world.facts["file_urls"][name]) for name in names]


def _list(visit: Visit) -> Steps:
	yield get("/api/resource/File", fields=["*"], limit_page_length=0)
	yield call("frappe.desk.reportview.get", doctype="File", fields=["*"], page_length=500)
	for text in visit.some(["bin", "notitie"], 1):
		yield call("frappe.core.api.file.get_files_by_search_text", text=text)
	for folder in visit.some(["Home", "Home/Attachments"], 1):
		yield call("frappe.core.api.file.get_files_in_folder", folder=folder, page_length=500)


def _rows(visit: Visit) -> Steps:
	yield from visit.compare(lambda doctype, name: get(f"/api/resource/File/{name}"), "File")
	yield get(f"/api/resource/File/{visit.world.name('helpdesk/File/note')}")


def _download(visit: Visit) -> Steps:
	for name, url in _files(visit):
		yield get(url)
		yield get(url, fid=name)
		yield get("/api/method/frappe.core.doctype.file.file.download_file", file_url=url)
		yield get("/api/method/download_file", file_url=url)

	def ask(url: str) -> Request:
		return get("/api/method/frappe.handler.download_file", file_url=url)

	for place, _doctype, name in visit.documents("File", seen=0):
		url, control = visit.world.facts["file_urls"][name], made_up(name)
		if name in url:
			yield Compare(ask(url), name, ask(url.replace(name, control)), control, place)


def _own_row(visit: Visit) -> Steps:
	for _name, url in _files(visit):
		for values in ({}, {"attached_to_doctype": "HD Ticket", "attached_to_name": visit.ticket}):
			own = yield from inserted("File", file_url=url, is_private=1, **values)
			if own:
				yield get(url, fid=own)
				yield Request("POST", f"/api/resource/File/{own}", params={"run_method": "get_content"})
				yield from removed("File", own)


def _upload(visit: Visit) -> Steps:
	for _name, url in _files(visit):
		answer = yield Request("POST", "/api/method/upload_file", form={"file_url": url, "is_private": 1})
		own = name_in(answer)
		if own:
			yield get(url, fid=own)
			yield from removed("File", own)
	for name, _url in _files(visit):
		yield Request("POST", "/api/method/upload_file", form={"library_file_name": name})


def _by_method(visit: Visit) -> Steps:
	for name, _url in _files(visit):
		for method in visit.some(["get_content", "optimize_file", "get_full_path"], 1):
			yield call("run_doc_method", dt="File", dn=name, method=method)


def _zip(visit: Visit) -> Steps:
	yield call("frappe.core.api.file.zip_files", files=[name for name, _url in _files(visit)])
	for name, _url in _files(visit):
		yield call("frappe.core.api.file.unzip_file", name=name)


OURS = "files of ours are opened by open_attachment only, see ours"
SURFACES = (
	Surface("6.15", "File list", READ, _list),
	Surface("6.15", "File rows", ORACLE, _rows),
	Surface("6.15", "download by URL", ORACLE, _download),
	Surface("L-10", "own File row on an URL", READ, _own_row, writes=True),
	Surface("L-10", "upload_file by URL", READ, _upload, writes=True),
	Surface("6.15", "methods of File", READ, _by_method, unproven=OURS),
	Surface("6.15", "zip of files", READ, _zip, ("frappe.core.api.file.zip_files",)),
)
