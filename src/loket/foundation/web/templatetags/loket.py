"""`{% load loket %}`: every component of the design system (docs/developer/components.md; all of it on /stijl)."""

from django import template

from loket.foundation.web.tags import blocks, fields, lists, offers, small

register = template.Library()

for _part in (small, blocks, lists, offers, fields):
    register.tags |= _part.register.tags
    register.filters |= _part.register.filters
