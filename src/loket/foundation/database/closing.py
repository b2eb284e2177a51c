"""Letting go of the database, so that nothing of this process stays connected."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper


def let_go() -> None:
    """Close this thread's connection, and the pool of this process. Django makes both again when they are needed."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    wrapper.close()
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close_pool()
