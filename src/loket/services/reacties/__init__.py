"""Reacties: questions, reports, complaints and compliments of residents, from the first word to the rating.

Whose: the first line (klantcontact) of each organisation, with the second and third line behind it. Promises: what was
acknowledged has a number that exists; every reactie has an owner, a next date and somebody it returns to; the resident
hears of every real step, why something was decided and who can be asked; each organisation sees its own files and what
was shared with it.
"""
