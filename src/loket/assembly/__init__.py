"""The roof: settings, urls, servers and the command line. It knows every room and nothing knows it."""
