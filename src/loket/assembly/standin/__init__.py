"""The stand-in for DigiD, for the demo only: a real OpenID Connect provider with fictive persons to choose from.

It is a second process with settings, cookies and a database (SQLite) of its own and none of Loket's apps; it refuses to
start unless LOKET_DEMO=1. `serve(port)` is what `loket stand-in` calls.
"""

from loket.assembly.standin.server import main, serve

__all__ = ["main", "serve"]
