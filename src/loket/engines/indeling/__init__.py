"""Which class a short text belongs to, learned from examples that people sorted; silent when it is not certain enough.

Pure computation for any room that wants a suggestion from words. It promises that what is measured was never seen while
learning (no near-identical text, and nobody's other text, stands on both sides), that a model file is plain numbers and
words with a checksum, and that predicting needs NumPy only: scikit-learn is imported by `leren` alone, which runs in a
process of its own.
"""
