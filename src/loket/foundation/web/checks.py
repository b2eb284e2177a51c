"""System checks of the web room."""
