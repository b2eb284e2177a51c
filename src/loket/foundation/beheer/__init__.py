"""The administration of a Loket: one start page with a card of each room, the organisation with its teams and
employees, and whether all is well. It promises that an administrator touches the own organisation only, that every
change stands in the trail, and that an organisation never loses its last administrator."""
