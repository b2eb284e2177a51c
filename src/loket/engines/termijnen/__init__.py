"""Dutch statutory and promised terms as pure functions on dates.

It promises that every day it gives comes with its computation: the article of the law, and one sentence in Dutch
and in English that answers "why this day?". It knows the Algemene termijnenwet (`kalender`, `rekenen`), the terms of
the Algemene wet bestuursrecht that Loket uses (`awb`) and a body's own promises (`normen`). It reads no clock: give
it dates in the time zone of the Netherlands.
"""
