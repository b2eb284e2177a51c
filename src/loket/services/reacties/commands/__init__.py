"""What can be done with a reactie: `concept`, `ontvangst` and `vervolg` by the resident, the rest by staff."""
