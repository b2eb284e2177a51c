"""The fictive town of Lindewaard: its plan, and the drawing of it. Pure: no Django, no database, seeded."""
