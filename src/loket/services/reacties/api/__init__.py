"""The faces of reacties for machines."""
