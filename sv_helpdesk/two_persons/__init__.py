"""What one person alone may not do: somebody asks, a second person approves, the first does it, once.

`require` is for every part of the app; the other modules here say what takes two persons on the host:
accounts and roles of our people, scripts on the pages they open, rights and forms of our documents.
"""

from sv_helpdesk.two_persons.approvals import fingerprint_of, require

__all__ = ["fingerprint_of", "require"]
