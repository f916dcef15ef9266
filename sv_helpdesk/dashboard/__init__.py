"""What a desk sees of its work at a glance: numbers and charts in the workspace, asked for anew each time.

The host's own cards and charts are not used: it keeps their results for all users, shows them by doctype and not by
person, and counts without the rules of rows.
"""
