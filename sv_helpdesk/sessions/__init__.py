"""Sessions of our people: the second factor, what a browser may keep, what guests can reach.

`gate` says whether a session has passed, `factor` knows a person's codes, `enrolment` is how one comes to
have a factor and loses it, `api` and `page` are what the browser talks to, `headers` what goes with answers.
"""
