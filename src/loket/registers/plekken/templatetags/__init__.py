"""`{% load plekken %}`: the map, and the place picker."""
