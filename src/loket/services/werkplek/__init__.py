"""Werkplek: where employees of all three lines do their work. The queues, the page of a zaak, search.

Whose: every employee who handles zaken. Promises: opens as fast with half a million zaken as with five thousand; every
person in the process sees the same chain; what other rooms can do with a zaak stands here, offered through
`foundation/web/extensions.py`, and not built in; everything works with the keyboard and without JavaScript.
"""
