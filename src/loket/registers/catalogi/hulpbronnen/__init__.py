"""The resources of the Catalogi API 1.3.3, declared: what each holds, how it refers, how it is searched and written.

Types with versions refer to each other by `omschrijving` or `identificatie` (the history model of 1.3): such a
reference is, on a day, the version that is in force then.
"""
