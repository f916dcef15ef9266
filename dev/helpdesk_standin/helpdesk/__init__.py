"""Stand-in for Frappe Helpdesk: enough of it to build and test sv_helpdesk against, and no more."""

__version__ = "1.28.1+standin"

IS_STANDIN = True
