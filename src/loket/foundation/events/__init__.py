"""What happened, told once and to everybody: the transactional outbox and the listeners that read it.

Promise: no committed change goes unannounced, no rolled-back one is announced, every listener gets every event of its
types, in order per subject, and its own changes to the database happen once.
"""
