"""Who is who: organisations, teams, employees, residents who logged in, absence and substitutes; and logging in."""
