"""Claims, measured: one script for each, run as `.venv/bin/python bench/NAME.py`. The last line is one JSON object."""
