"""Does the jobs that wait in one site's queues, then ends: python -m dev.burst_worker SITE.

Frappe's own `worker --burst` knows the bench's queues only; a test site has queues of its own (`bench_id` in
its site_config), so that the workers of other sites on the same bench leave its jobs alone.
"""

import sys

from rq import Worker

import frappe
from frappe.utils.background_jobs import get_queue_list, get_redis_conn


def main() -> None:
	"""Run the worker until the queues are empty."""
	frappe.init(sys.argv[1])
	queues = get_queue_list(build_queue_name=True)
	Worker(queues, connection=get_redis_conn()).work(burst=True, logging_level="WARNING")


if __name__ == "__main__":
	main()
