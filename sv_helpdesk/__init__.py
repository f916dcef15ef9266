"""Social safety casework on Frappe Helpdesk."""

__version__ = "0.1.0"
