"""Dutch statutory and promised terms as pure functions on dates.

It promises that every day it gives comes with its computation: the steps with their articles, and one sentence in Dutch
and in English that answers "why this day?". Each rule is a function named and documented with its article: complaints
(`klachten`), passing on (`doorzending`), applications (`aanvragen`), objections (`bezwaar`), penalties (`dwangsom`),
information requests (`woo`), the Algemene termijnenwet (`atw`, `kalender`, `besluiten`), and a body's own promises
(`normen`). It reads no clock: give it dates in the time zone of the Netherlands.
"""
