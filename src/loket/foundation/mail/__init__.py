"""Outgoing mail and letters: queued with the change that asks for them, sent at least once, and visible until they are.

Knows no domain: what is said stands in the rooms that send. Promises: a mail is in the queue if and only if the change
was committed, once for each key; a mail server that is away delays mail and shows it; and what cannot be delivered
stays visible to an administrator until somebody decides.
"""
