"""The fourth wall: the host's doors that would answer about a case without asking for a right.

`request` looks at every request before the host runs a function; `records` and `templates` refuse what would be
stored in the host about a case; `rows` hides what the host stores anyway; `tickets` keeps sealed tickets among those
who work on them. `surfaces` lists every door known, with the answer to it.
"""
