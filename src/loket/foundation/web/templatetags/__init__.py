"""The components of Loket as template tags; see docs/developer/components.md."""
