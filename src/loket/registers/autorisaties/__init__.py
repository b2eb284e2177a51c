"""Which applications may call the APIs, with which secret, and what each may do there (ZGW Autorisaties 1.1.0).

A client id belongs to one application for ever. Secrets lie sealed, may overlap, and end at once when they are
withdrawn: every call reads them anew.
"""
