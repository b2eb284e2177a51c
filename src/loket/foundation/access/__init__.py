"""Who may do and see what. It is data: a functie in a team carries rights; queries filter by them; every page names
its policy, and a page without one cannot be reached."""
