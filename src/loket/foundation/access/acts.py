"""The acts that rights are about, each named once by the room it belongs to."""

registry: dict[str, str] = {}


def act(name: str, meaning: str) -> str:
    """Declare the act `name` ('zaak.lezen') with its meaning in one plain sentence; gives the name back."""
    if registry.setdefault(name, meaning) != meaning:
        raise ValueError(f"The act {name!r} is declared twice, with different meanings.")
    return name
