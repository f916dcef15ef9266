"""The site named in DEV_SITE as a WSGI application, with its static files; to be started in a sites folder.

Frappe's own `serve` would listen on every address of the machine.
"""

import os

from werkzeug.middleware.shared_data import SharedDataMiddleware

import frappe.app
from frappe.middlewares import StaticDataMiddleware

frappe.app._site = os.environ["DEV_SITE"]

application = StaticDataMiddleware(
	SharedDataMiddleware(frappe.app.application, {"/assets": os.path.abspath("assets")}),
	{"/files": os.getcwd()},
)
