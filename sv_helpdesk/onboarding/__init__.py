"""The first steps of a coordinator: what a site needs before the first case, each looked at for real when it is asked."""
