"""Every document: what it is, its versions, and who may use it (DRC 1.7.0). The bytes are in `foundation/storage`.

Promise: a document is read through a zaak that one may see, or not at all; a version never changes.
"""
