"""One thing that isn't as it should be."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
	"""What was found.

	Attributes:
		code: a fixed word for the kind of finding, for programs and searches.
		sentence: what is wrong and how to mend it, in plain words, without content.
	"""

	code: str
	sentence: str

	def __str__(self) -> str:
		"""Return the line that people read."""
		return f"{self.code}: {self.sentence}"
