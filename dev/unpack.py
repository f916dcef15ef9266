"""Unpacks the wheel that carries Frappe and gives Frappe back its own names."""

import zipfile
from pathlib import Path

NAMES = (
	("criscostack", "frappe"),
	("CRISCOSTACK", "FRAPPE"),
	("Criscoerp", "ERPNext"),
	("criscoerp", "erpnext"),
	("Crisco", "Frappe"),
)


def unpack(wheel: Path, target: Path) -> int:
	"""Unpack the wheel into a folder, as the app that bench expects.

	Args:
		wheel: the downloaded wheel.
		target: the app's folder; the package lands in target/frappe.

	Returns:
		The number of files written.
	"""
	count = 0
	with zipfile.ZipFile(wheel) as archive:
		for name in archive.namelist():
			if not name.startswith("criscostack/") or name.endswith((".DS_Store", "/")):
				continue
			path = target / name.replace("criscostack", "frappe").replace("brik_helper", "bench_helper")
			path.parent.mkdir(parents=True, exist_ok=True)
			path.write_bytes(_renamed(archive.read(name)))
			count += 1
	return count


def _renamed(data: bytes) -> bytes:
	try:
		text = data.decode("utf-8")
	except UnicodeDecodeError:
		return data
	if "\0" in text:
		return data
	for old, new in NAMES:
		text = text.replace(old, new)
	return text.encode("utf-8")
