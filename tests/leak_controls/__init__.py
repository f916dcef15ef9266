"""Takes one wall or guard of the app away, for one request, in a process of the tests.

Nothing in the shipped package can do this; tests/test_leak_controls.py holds that against the code.
"""
