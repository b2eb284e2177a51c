"""Flowed text (RFC 3676): lines that a program broke off are joined again, so that a paragraph is one line."""

from __future__ import annotations


def ontvouwen(tekst: str, delsp: bool = False) -> str:
    """Lines that end in a space go on in the next line of the same depth of quoting; `-- ` never does."""
    uit: list[str] = []
    open_: list[str] = []
    diepte_open = -1

    def af() -> None:
        if open_:
            voor = ">" * diepte_open + (" " if diepte_open else "")
            uit.append(voor + "".join(open_))
            open_.clear()

    for regel in tekst.split("\n"):
        kaal = regel.lstrip(">")
        diepte = len(regel) - len(kaal)
        kaal = kaal.removeprefix(" ")
        if diepte != diepte_open or kaal == "-- ":
            af()
        diepte_open = diepte
        verder = kaal.endswith(" ") and kaal != "-- "
        open_.append(kaal[:-1] if verder and delsp else kaal)
        if not verder:
            af()
    af()
    return "\n".join(uit)
