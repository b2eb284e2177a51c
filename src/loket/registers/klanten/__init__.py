"""People and organisations, how to reach them, what was said, and what one colleague asks of another (Open Klant).

Promise: whoever reads personal data here states why, and the line in the data-use log is written by the very statement
that reads; what a resident wrote stays as it was written; a task never lies with nobody.
"""
