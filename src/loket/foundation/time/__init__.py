"""The clock of the house. Everybody asks it what time it is, so that tests and the demo can say so themselves."""
