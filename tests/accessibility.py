"""Holds what is shown against the rules of axe-core, which `make test` installs (dev/axe)."""

from functools import cache

from dev.layout import AXE

# without fetching style sheets once more, which the pages' policy forbids
FAULTS = """async (shown) => {
	const told = await axe.run(shown, { resultTypes: ["violations"], preload: false });
	return told.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.html}`));
}"""


def faults(shown) -> list[str]:
	"""Return what axe-core finds wrong with what is shown now.

	Args:
		shown: a page, or a locator of one element that is looked at with all that is in it.
	"""
	page = getattr(shown, "page", shown)
	page.evaluate(_script())
	return shown.evaluate(FAULTS) if shown is not page else page.evaluate(FAULTS, "html")


@cache
def _script() -> str:
	return (AXE / "node_modules" / "axe-core" / "axe.min.js").read_text()
