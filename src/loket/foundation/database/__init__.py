"""PostgreSQL: the one database. The embedded server, the keys, and reads in one statement."""
