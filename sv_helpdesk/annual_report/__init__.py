"""The annual report: one version of a year's figures on paper and as data.

What may be shown is decided before it comes here (sv_helpdesk.reports): this package only lays out what a
version holds, so that no format shows more than another.
"""
