"""The national selection list (Selectielijst gemeenten en intergemeentelijke organen): how long a dossier is kept.

It ships with Loket, can be replaced (`loket selectielijst`), and is read without a network. `lijst` knows what is in
it, `api` serves it at `/selectielijst/api/v1` to whoever asks.
"""
