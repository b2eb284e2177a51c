"""What kinds of zaken, documents and roles there are, and in which steps a zaak goes: the ZGW catalogue (ZTC 1.3.3).

Promise: a published type never changes; a change is a new version, and at any day at most one version is in force.
"""
