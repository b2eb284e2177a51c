"""The register of besluiten: what an authority decided, on which ground, from when until when, and the documents that
record it. Spoken to by the Besluiten API (BRC 1.1.0) and by the services in which besluiten are taken."""
