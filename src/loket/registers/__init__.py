"""What is recorded once and reused by everybody, in the shape of the national standards (ZGW, Open Klant).

Rooms here know each other in one direction only: catalogi ← zaken ← documenten ← klanten. Across it they meet in the
database: foreign keys by name, and reads in SQL.
"""
