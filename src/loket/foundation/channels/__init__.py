"""Messaging channels: what people write in an app reaches us, and what we answer reaches them, through one interface.

Whose it is: technique's. It knows messages, files and keys; what a message means is said by the room that listens to
`BerichtOntvangen`. It promises that a message that was acknowledged is in the database, that the same message twice is
one, that a photo is looked at before it is kept, and that an answer is tried until it arrives or somebody knows that it
did not. A service behind it (WhatsApp, another) is one `Adapter`; see docs/developer/kanalen.md.
"""
