"""Suppression: which figures of a year aren't shown, so that none of them tells who it is about (R8).

Plain arithmetic that knows no database and no documents. `system` holds all figures of a year and how they hang
together, `sensitive` says which of them need what protection, `model` asks a solver for other years that a
reader can't tell from the real one, `hiding` picks what else isn't shown, and `versions` is what others call.
"""
