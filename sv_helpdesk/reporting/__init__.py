"""The reporting page: people report, and come back to what the desk answered, without an account.

Whoever uses it is nobody for the site: no session, no cookie, no address that is kept, no rights. What they
send goes the way mails go (helpdesk/from_outside.py), and what they read is opened for a visit that only the
code of their own report makes.
"""
