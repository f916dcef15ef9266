"""The daily look at the site: is everything around our documents still as the app needs it?

A site is managed by people who have no right to a case. What they can change there and the guards
don't refuse, or what came in past the web (a restored backup, another app, a hand in the database),
is found here. Each finding is a code and a sentence that says how to mend it, never content.
"""
