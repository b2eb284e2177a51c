"""The lane for machines: JSON APIs that follow a published OpenAPI file, in front of Django's middleware.

The file is the source: of the routes, of the scope that each operation needs, of the query parameters that it knows,
and of the shape of what it takes. A register gives a handler for each operationId; the lane does what is the same for
all of them: who asks, what is refused and in which words (problem+json), ETag, HEAD, versions.
"""
