"""Mijn Loket: what a resident who logged in sees of all organisations on this Loket as one government.

The overview consists of cards that services offer (`Card` in foundation/web/extensions.py): those with an `order`
below 50 take the full width (what to do 10, zaken 20), the others stand beside each other (berichten 60, data use 80).
Of its own this room has the data-use log ("Wie keek naar uw gegevens?") and the page with who somebody is to us. It
promises that nobody ever sees a line about somebody else: every statement is bound to the pseudonym of who is here.
"""
