"""The tests mirror src/loket: tests/<floor>/<room>/."""
