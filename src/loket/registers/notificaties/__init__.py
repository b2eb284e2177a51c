"""Who wants to hear of which changes, and telling them (ZGW Notificaties 1.0.1).

What was committed is announced at least once to every abonnement that asks for it, and nothing that was rolled back:
notifications are made of the outbox. What belongs to one hoofdobject arrives in order. A subscriber that is slow or
away delays nobody else; after a day of trying, its notifications wait for an administrator.
"""
