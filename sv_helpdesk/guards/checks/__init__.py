"""What is asked before a function of the host runs: each takes the request's arguments and refuses, or tames them.

Everything in the arguments was written by the client; values may be JSON.
"""
