"""Deadlines: calendars, the arithmetic of working time, terms, and the clocks that run by them.

Pure functions at the bottom (local_time, holiday_rules, calendars, working_time, calendar_time, length), which
know no database; above them terms and clocks. Stored moments are in the site's local time without a time
zone, as everywhere in Frappe; inside, moments are compared in UTC, so both changes of the clock come out right.
"""
