"""Social safety casework on Frappe Helpdesk."""

__version__ = "0.7.0"
