# Everything is done by the Python package dev/ (see dev/README.md); this file only names it.
.DEFAULT_GOAL := help
.PHONY: help bench demo test test-slow intake figures bench-deadlines bench-figures pictures permissions leaks lint tidy stop clean
export BENCH SITE ARGS KEEP MAILS YEAR CASES EXPECTED

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

bench: ## Frappe, the apps, MariaDB and Redis in .bench/, and nothing more
demo: ## a complete demo site with its servers running
test: ## all quick tests on fresh sites [ARGS="-k word"] [SITE=name] [KEEP=1] [BENCH=/path SITE=name]
test-slow: ## the tests that take long
intake: ## take a folder of mails into an empty site: MAILS=folder
figures: ## count a year's figures in an empty site: YEAR=2024 [CASES=file EXPECTED=file]
bench-deadlines: ## measure the sweep of deadlines among up to a million clocks
bench-figures: ## count a year with 100,000 cases beside bare aggregates, and make its PDF
pictures: ## take the pictures of guides, README and docs, in Dutch and English; some minutes
permissions: ## write docs/permissions.md and the doctypes' rights from the matrix
leaks: ## sign in as everybody and look for planted canaries everywhere [BENCH=/path SITE=name]
lint: ## check the Python code
tidy: ## lay out the Python code as lint wants it
stop: ## stop all servers of this checkout
clean: ## stop and remove .bench/ with all its sites

bench demo test test-slow intake figures bench-deadlines bench-figures pictures permissions leaks lint tidy stop clean:
	@python3 -m dev $@
