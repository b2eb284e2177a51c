"""The register of places: streets, addresses, buildings, plots, water, roads, green, and who is responsible where.

Whose it is: every room's. It promises one map, drawn from the register itself, that works without JavaScript; an
address for every point; and geometry in RD metres (EPSG:28992) that any room can compute with.
"""
