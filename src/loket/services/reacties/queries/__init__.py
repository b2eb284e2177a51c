"""What can be asked about reacties."""
