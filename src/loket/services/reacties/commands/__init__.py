"""What can be done with a reactie: `ontvangst` and `vervolg` by the resident, the rest by staff."""
