"""Takes over what a desk had before this app: a spreadsheet of earlier cases, a folder of its old mailbox.

A spreadsheet is checked completely while it is in memory (`checking`), sealed, and loaded by a job in one
transaction (`loading`). Mails go the way of every mail of a desk (helpdesk.intake), as earlier correspondence.
"""
