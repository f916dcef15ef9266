"""What the forms of our documents ask the server for beside the document itself, by the rights of whoever looks."""
