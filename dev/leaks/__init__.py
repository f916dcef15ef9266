"""`make leaks`: plants canaries in the cases of a fresh site, signs in as everybody, and looks for them everywhere.

A canary is a random string that stands in one field of one document. Whoever finds one over HTTP that is not
theirs has found a leak. What is expected of each person is written down in expected.py by hand, from the
domain's table of roles; it asks nothing of the code that decides (sv_helpdesk.permissions).
"""
