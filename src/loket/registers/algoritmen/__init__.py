"""The algorithm register: which algorithms are in use, why, on which ground, what people do with them, how good they
are.

Whose it is: every room's that computes a suggestion. It promises that anyone may read it, that each trained model
stands here with its figures and the checksum of its file, and that what people did with its suggestions is counted.
"""
