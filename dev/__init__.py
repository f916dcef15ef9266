"""A complete site of your own: builds the bench, runs the servers, runs the tests. See dev/README.md."""
