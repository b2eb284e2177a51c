"""The refusals of access, under the name that says where they come from."""

from loket.foundation.errors import Forbidden, NotFound

__all__ = ["Forbidden", "NotFound"]
