"""A formal complaint (formele klacht) and its file: who gets which part of it, and on what ground (A&O 6.1.2).

The file has a data key of its own, apart from the informal case. The external committee and the accused have
no account for it; what they get is a numbered copy on paper, made by the desk and noted.
"""
