"""The components of Loket, by shape; `templatetags/loket.py` makes one library of them."""
