"""What people see: the layout, the design system as template tags, the forms, the registry by which services offer
parts into each other's pages, and the pages that say that something is not possible.

Whose: the technique of the house; it knows no zaak and no service. Promises: every page works without JavaScript, with
a keyboard and from 320 pixels wide; no template here carries a colour, a style attribute or an inline script; the pages
for 500 and 503 need no database. Everything that exists stands once on `/stijl`, and in docs/developer/components.md.
"""
