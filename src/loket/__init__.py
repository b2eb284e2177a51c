"""Loket: one digital government that begins and ends with a person. Four floors: see docs/developer/house.md."""
