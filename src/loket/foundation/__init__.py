"""The foundation: technique that knows no domain. Every other floor stands on it and it stands on none of them."""
