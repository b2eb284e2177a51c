"""Work that is done later: enqueued with the change that asks for it, done at least once, whatever dies."""
