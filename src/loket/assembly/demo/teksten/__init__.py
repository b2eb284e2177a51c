"""Believable Dutch texts and people for the demo and the benches, from a seed; all invented and openly synthetic.

`reacties` writes what residents send, `antwoorden` what staff write back and to each other, `standaardteksten` holds
the standard texts, `personen` the residents, employees and teams. The material stands in `data/*.toml`. Pure functions:
give the same `random.Random` and the same arguments, and the same text comes out, on every version of Python.
"""
