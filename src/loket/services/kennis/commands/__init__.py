"""What can be done: with articles, and with a file of them."""
