"""What the reporting page refuses."""


class RefusedFile(Exception):
	"""A file that isn't taken; its text is the sentence for the reporter."""


class AlreadySent(Exception):
	"""A form that was sent before."""
