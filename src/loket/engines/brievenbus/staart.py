"""What stands at the tail (and the head) of new text: signatures, what telephones add, disclaimers, warning banners."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from loket.engines.brievenbus import patronen
from loket.engines.brievenbus.brief import Label

_TEKST = (Label.NIEUW, Label.DOORGESTUURD)
#: Lines that may stand below `-- `, below `--`, and below a greeting.
_NA_STREEPJES, _NA_LOSSE_STREEPJES, _NA_GROET = 30, 12, 15


#: Runs of new text that are looked at from each end, and lines at the tail of a run that may hold a disclaimer.
_MAX_BLOKKEN, _MAX_STAART = 50, 80


def staarten(regels: list[str], hints: list[str], labels: list[Label], kaal: Callable[[int], str]) -> None:
    """Relabel, within each run of new text, what is no message."""
    blokken = list(_blokken(labels))
    if len(blokken) > 2 * _MAX_BLOKKEN:
        blokken = blokken[:_MAX_BLOKKEN] + blokken[-_MAX_BLOKKEN:]
    for begin, eind in blokken:
        vol = [i for i in range(begin, eind) if regels[i].strip()]
        if not vol:
            continue
        if not any(labels[i] not in _TEKST for i in range(begin)):
            _banner(vol, regels, labels, kaal)
        for i in vol:
            if hints[i] == "S":
                labels[i] = Label.HANDTEKENING
        _disclaimers(vol, regels, labels, kaal)
        _streepjes(vol, regels, labels, kaal)
        _apparaat(vol, labels, kaal)
        _groet(vol, labels, kaal)
        _wit(begin, eind, regels, labels)


def _blokken(labels: list[Label]) -> Iterator[tuple[int, int]]:
    begin = 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] is not labels[begin]:
            if labels[begin] in _TEKST:
                yield begin, i
            begin = i


def _banner(vol: list[int], regels: list[str], labels: list[Label], kaal: Callable[[int], str]) -> None:
    if not patronen.BANNER.fullmatch(" ".join(kaal(i) for i in vol[:1])):
        return
    for i in range(vol[0], vol[-1]):  # one paragraph, and never all there is
        if not regels[i].strip() or i > vol[0] + 4:
            return
        labels[i] = Label.DISCLAIMER


def _alinea(vol: list[int], plek: int) -> int:
    """The number in `vol` after the paragraph that begins at `plek`."""
    tot = plek + 1
    while tot < len(vol) and vol[tot] == vol[tot - 1] + 1:
        tot += 1
    return tot


def _disclaimers(vol: list[int], regels: list[str], labels: list[Label], kaal: Callable[[int], str]) -> None:
    plek = 0
    while plek < len(vol):
        tot = _alinea(vol, plek)
        for n in range(max(plek, len(vol) - _MAX_STAART), tot):
            begin = kaal(vol[n])[:1].lower()
            if begin not in "dtaspb*-_~=[<|" or (n > plek and len(regels[vol[n - 1]]) > 60):
                continue
            venster = " ".join(kaal(i) for i in vol[n : min(tot, n + 6)])[: patronen.MAX_REGEL].strip("*-_~=|[< ")
            if any(patroon.match(venster) for patroon in patronen.DISCLAIMERS) and vol[0] < vol[n]:
                for i in vol[n:tot]:
                    labels[i] = Label.DISCLAIMER
                break
        plek = tot


def _streepjes(vol: list[int], regels: list[str], labels: list[Label], kaal: Callable[[int], str]) -> None:
    for plek, i in enumerate(vol):
        if len(regels[i]) > 12 or not patronen.STREEPJES.fullmatch(kaal(i)):
            continue
        rest = [j for j in vol[plek:] if labels[j] in _TEKST]
        if len(rest) - 1 > (_NA_STREEPJES if regels[i].endswith("-- ") else _NA_LOSSE_STREEPJES):
            continue
        for j in rest:
            labels[j] = Label.HANDTEKENING
        return


def _apparaat(vol: list[int], labels: list[Label], kaal: Callable[[int], str]) -> None:
    """Only in the last three lines: the same words higher up are somebody's sentence."""
    over = [i for i in vol if labels[i] in _TEKST or labels[i] is Label.HANDTEKENING]
    for i in reversed(over[-3:]):
        if len(kaal(i)) <= 200 and any(patroon.fullmatch(kaal(i).rstrip(".! ")) for _wie, patroon in patronen.APPARAAT):
            labels[i] = Label.APPARAAT


def _groet(vol: list[int], labels: list[Label], kaal: Callable[[int], str]) -> None:
    """Below the last greeting and a name: lines with contact data are a signature; a postscript never is."""
    over = [i for i in vol if labels[i] in _TEKST]
    for terug in range(2, min(len(over), _NA_GROET + 2) + 1):
        plek = len(over) - terug
        regel = kaal(over[plek])
        if len(regel) <= 70 and patronen.GROET.match(regel) and patronen.GROETWOORD.search(regel):
            onder = over[plek + 2 :]
            kort = all(len(kaal(i)) <= 120 and not patronen.NASCHRIFT.match(kaal(i)) for i in onder)
            if kort and any(patronen.CONTACT.search(kaal(i)) for i in onder):
                for i in onder:
                    labels[i] = Label.HANDTEKENING
            return


def _wit(begin: int, eind: int, regels: list[str], labels: list[Label]) -> None:
    """Blank lines go with what stands above them."""
    for i in range(begin + 1, eind):
        if not regels[i].strip():
            labels[i] = labels[i - 1]
