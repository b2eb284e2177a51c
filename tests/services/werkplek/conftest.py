from tests.services.reacties.conftest import gt, lw

__all__ = ["gt", "lw"]
