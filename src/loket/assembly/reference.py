"""The reference pages, written from the code itself: `loket docs` writes them, a test fails when they are old."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

from django.urls import URLPattern, URLResolver, get_resolver

from loket.foundation.access import acts
from loket.foundation.access.policy import Policy, policy_of
from loket.foundation.audit import activities
from loket.foundation.events.event import registry as events

SRC = Path(__file__).resolve().parents[1]
HEAD = "<!-- Written by `loket docs` from the code. Do not edit. -->\n"


def pages() -> dict[str, str]:
    """Every reference page: its name under docs/developer/ and its text."""
    for path in sorted(SRC.glob("*/*/events.py")):
        import_module(".".join(("loket", *path.relative_to(SRC).with_suffix("").parts)))
    return {"events.md": _events(), "commands.md": _commands(), "access.md": _access()}


def commands() -> Iterator[tuple[str, FunctionType]]:
    """Every command of every room: its full name and the function."""
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        if "commands" not in parts:
            continue
        module = import_module(".".join(("loket", *parts)).removesuffix(".__init__"))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Policy]]:
    """Every page of the house: its address, the name of its route and its policy. Raises LookupError for a page without
    a policy, because nobody could reach it."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, address, inside)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name or ''}"
            policy = policy_of(entry.callback)
            if policy is None:
                raise LookupError(f"The page /{address} ({name}) has no policy.")
            yield "/" + address, name, policy


def _events() -> str:
    lines = [
        HEAD,
        "# Events",
        "",
        "CloudEvents types that the rooms publish. `subject` is the key of what it happened to.",
        "",
    ]
    lines += ["| type | what happened | data |", "| --- | --- | --- |"]
    for type, event in sorted(events.items()):
        if event.__module__.startswith("loket."):
            fields = [f for f in event.__dataclass_fields__ if f not in ("subject", "organisatie", "type")]
            lines.append(f"| `{type}` | {_first(event.__doc__)} | {', '.join(f'`{f}`' for f in fields)} |")
    return "\n".join(lines) + "\n"


def _commands() -> str:
    lines = [HEAD, "# Commands", "", "There is no other way to change anything. Each takes the actor first."]
    room = ""
    for name, function in commands():
        here = name.removeprefix("loket.").split(".commands")[0]
        if here != room:
            room = here
            lines += ["", f"## {room}", "", "| command | what it does |", "| --- | --- |"]
        lines.append(f"| `{name.rsplit('.', 1)[-1]}` | {_first(function.__doc__)} |")
    return "\n".join(lines) + "\n"


def _access() -> str:
    lines = [HEAD, "# Access", "", "## Acts", "", "Rights are about these.", "", "| act | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in sorted(acts.registry.items())]
    lines += ["", "## Pages", "", "| page | name | who |", "| --- | --- | --- |"]
    lines += [f"| `{address}` | `{name}` | {_who(policy)} |" for address, name, policy in sorted(routes())]
    lines += ["", "## Processing activities", "", "Every use of personal data names one of these.", ""]
    lines += ["| code | name | purpose | ground |", "| --- | --- | --- | --- |"]
    for code, activity in sorted(activities.registry.items()):
        lines.append(f"| `{code}` ({activity.versie}) | {activity.naam} | {activity.doel} | {activity.grondslag} |")
    return "\n".join(lines) + "\n"


def _who(policy: Policy) -> str:
    if policy.right == "*":
        return "every employee"
    if policy.right:
        return f"employees with `{policy.right}`"
    return "everybody" if policy.public else "residents who logged in" if policy.resident else "who holds the link"


def _first(doc: str | None) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join(inspect.cleandoc(doc or "").split("\n\n")[0].split()).replace("|", "\\|")
