"""Mail that comes in: accepted only when it is stored, kept as it came, and handed to whoever listens.

Whose it is: technique's. It knows addresses and bytes; what a mail means, and what becomes of it, is said by the room
that listens to `PostOntvangen`. It promises that a mail that was answered 250 is in the storage and in the database,
that the same mail twice is one, and that each mail is done, or waits with a reason, an owner and a day.
"""
