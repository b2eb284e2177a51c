"""The policy of a page: who may come in at all. Which rows they then see is decided in the queries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

type View = Callable[..., Any]


@dataclass(frozen=True)
class Policy:
    """Exactly one of: `public` (everybody), `resident` (a resident who logged in), `right` (an employee with this act),
    `link` (the view itself checks an unguessable secret from the address)."""

    public: bool = False
    resident: bool = False
    link: bool = False
    right: str = ""

    def __post_init__(self) -> None:
        if [self.public, self.resident, self.link, bool(self.right)].count(True) != 1:
            raise ValueError("A policy is exactly one of public, resident, link or right.")


def policy(
    *, public: bool = False, resident: bool = False, link: bool = False, right: str = ""
) -> Callable[[View], View]:
    """Give a view its policy; see `Policy`."""
    decided = Policy(public, resident, link, right)

    def decorate(view: View) -> View:
        view.policy = decided  # type: ignore[attr-defined]
        return view

    return decorate


def policy_of(view: View) -> Policy | None:
    """The policy of a view, or None: then nobody may reach it."""
    decided: Policy | None = getattr(view, "policy", None)
    return decided
