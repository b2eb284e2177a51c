"""Engines: pure computation. No Django, no database, files only at the edge: each could be published on its own."""
