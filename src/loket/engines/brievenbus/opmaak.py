"""HTML to good plain text in one pass: links, lists, tables and quotes readable; what was hidden is told apart."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.html_tekens import kenmerken, tokens
from loket.engines.brievenbus.letters import schoon
from loket.engines.brievenbus.links import doel

_WIT = re.compile(r"[ \t\r\n\f\xa0]+")
_VULLING = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")
_VERBORGEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)"
)
_MAAT = re.compile(r"(?:^|;)\s*(?:max-)?(width|height)\s*:\s*(\d+)\s*px")
_LEEG = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "embed", "source"}
#: Elements on lines of their own: how many line ends stand around each.
_BLOKKEN = {
    "div": 1, "tr": 1, "li": 1, "dt": 1, "dd": 1, "form": 1, "section": 1, "article": 1, "header": 1, "footer": 1,
    "center": 1, "address": 1, "caption": 1, "option": 1, "p": 2, "h1": 2, "h2": 2, "h3": 2, "h4": 2, "h5": 2, "h6": 2,
    "ul": 2, "ol": 2, "dl": 2, "table": 2, "blockquote": 2, "pre": 2, "fieldset": 2,
}  # fmt: skip


@dataclass(slots=True)
class Opmaak:
    """What an HTML part says. `hints` has one letter for each line of `regels`: 'A' the line that introduces a quote,
    'Q' from here on all is quote, 'S' a signature, ' ' nothing known. `cids` says at which line an image stands."""

    regels: list[str] = field(default_factory=list)
    afgekapt: bool = False
    hints: list[str] = field(default_factory=list)
    cids: dict[str, int] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)  # images that stand in the HTML itself
    pixels: int = 0
    verborgen: str = ""


#: Marks that mail programs leave in their HTML: (attribute, part of its value, hint).
MERKTEKENS = (
    ("id", "divrplyfwdmsg", "Q"),  # Outlook web, new Outlook
    ("id", "mail-editor-reference-message-container", "Q"),  # Outlook mobile
    ("class", "yahoo_quoted", "Q"),  # Yahoo
    ("id", "olk_src_body_section", "Q"),  # Outlook for Mac
    ("name", "quote", "Q"),  # GMX, web.de
    ("class", "gmail_attr", "A"),  # Gmail
    ("class", "moz-cite-prefix", "A"),  # Thunderbird
    ("class", "gmail_signature", "S"),
    ("class", "moz-signature", "S"),
    ("id", "applemailsignature", "S"),
    ("id", "ms-outlook-mobile-signature", "S"),
    ("id", "ms-outlook-mobile-body-separator-line", "S"),
    ("class", "protonmail_signature_block", "S"),
    ("id", "signature", "S"),  # Outlook web
)


def tekst_uit_html(bron: str) -> Opmaak:
    """The text of this HTML, which is clean text itself (`letters`).

    Never raises; unclosed and crossed elements end where their parent or the text ends."""
    zetter = _Zetter()
    for nummer, (soort, stuk) in enumerate(tokens(bron)):
        if nummer >= grenzen.MAX_TOKENS:
            zetter.uit.afgekapt = True
            break
        if soort == "t":
            zetter.tekst(stuk)
        elif soort == "<":
            zetter.open(stuk)
        else:
            zetter.sluit(stuk)
    return zetter.klaar()


class _Zetter:
    """Sets lines out of tokens."""

    def __init__(self) -> None:
        self.uit = Opmaak()
        self.regel: list[str] = []
        self.breuk = 0
        self.spatie = False
        self.voor = ""  # a bullet or separator that waits for text
        self.citaten: list[str] = []  # prefix of each open blockquote
        self.lijsten: list[int] = []  # -1: bullets; otherwise the next number
        self.pre = 0
        self.cellen: list[int] = []  # lines set in each open cell
        self.links: list[tuple[str, int, int]] = []  # address, line, piece
        self.merk: list[str | int] = []  # [hint, element, depth]
        self.verborgen: list[str | int] = []  # [element, depth]
        self.hint = " "
        self.verborgen_tekst: list[str] = []
        self.lege = 1

    def tekst(self, ruw: str) -> None:
        tekst = schoon(html.unescape(ruw)) if "&" in ruw else ruw
        if not tekst.isascii():
            tekst = _VULLING.sub("", tekst)
        if self.verborgen:
            self.verborgen_tekst.append(tekst)
            return
        if self.pre:
            eerste, *rest = tekst.split("\n")
            self._zet(eerste.replace("\xa0", " "))
            for regel in rest:
                self._einde()
                self._zet(regel.replace("\xa0", " "))
            return
        kaal = _WIT.sub(" ", tekst)
        if kaal in ("", " "):
            self.spatie = self.spatie or (bool(kaal) and bool(self.regel))
            return
        if kaal[0] == " ":
            self.spatie = self.spatie or bool(self.regel)
        self._zet(kaal.strip(" "))
        self.spatie = kaal[-1] == " "

    def _zet(self, tekst: str) -> None:
        if not tekst:
            return
        if self.breuk:
            self._breek()
        if self.voor and self.regel and self.voor == " | ":
            tekst = self.voor + tekst
        elif self.voor:
            tekst = self.voor.lstrip("\n") + tekst if self.voor != " | " else tekst
        elif self.spatie and self.regel:
            tekst = " " + tekst
        self.voor, self.spatie = "", False
        if not self.regel:
            self.hint = str(self.merk[0]) if self.merk else " "
        self.regel.append(tekst)

    def _breek(self) -> None:
        if self.regel:
            self._einde()
        if self.breuk > 1 and not self.lege:
            self._einde()
        self.breuk = 0

    def _einde(self) -> None:
        """Ends the line, also an empty one."""
        regel = "".join(self.regel).rstrip()
        self.lege = 0 if regel else self.lege + 1
        voorvoegsel = "".join(self.citaten[:20])
        if self.lege <= 2 or self.pre:
            self.uit.regels.append((voorvoegsel + regel).rstrip() if regel or ">" in voorvoegsel else "")
            self.uit.hints.append(self.hint if regel else (str(self.merk[0]) if self.merk else " "))
        if self.cellen:
            self.cellen[-1] += 1
        self.regel.clear()
        self.spatie = False

    def _blok(self, hoogte: int) -> None:
        if self.cellen and not self.cellen[-1] and (self.voor == " | " or not self.regel):
            return
        self.breuk = max(self.breuk, hoogte)
        self.spatie = False

    def open(self, stuk: str) -> None:
        naam = stuk.split(None, 1)[0].rstrip("/").lower()
        naam = re.split(r"[\s/>]", naam, maxsplit=1)[0]
        attr = kenmerken(stuk[len(naam) :]) if "=" in stuk else {}
        leeg = naam in _LEEG or stuk.endswith("/")
        if self.verborgen:
            if naam == self.verborgen[0] and not leeg:
                self.verborgen[1] = int(self.verborgen[1]) + 1
            return
        if not leeg and attr and naam not in ("body", "html", "table", "td") and _is_verborgen(attr):
            self.verborgen = [naam, 1]
            self.verborgen_tekst.append("\n")
            return
        self._merk(naam, attr, leeg)
        self._open(naam, attr)

    def _merk(self, naam: str, attr: dict[str, str], leeg: bool) -> None:
        if self.merk:
            if naam == self.merk[1] and not leeg:
                self.merk[2] = int(self.merk[2]) + 1
            return
        if leeg or not attr or naam in ("body", "html"):
            return
        for kenmerk, deel, hint in MERKTEKENS:
            if deel in attr.get(kenmerk, "").lower() and (deel != "signature" or attr["id"].lower() == deel):
                if self.regel:
                    self._einde()
                self.merk = [hint, naam, 1]
                return

    def _open(self, naam: str, attr: dict[str, str]) -> None:
        if naam == "br":
            self._breek() if self.breuk else None
            self._einde()
        elif naam == "hr":
            self._blok(1)
            self._zet("_" * 32)
            self._blok(1)
        elif naam == "img":
            self._beeld(attr)
        elif naam == "a":
            self.links.append((attr.get("href", ""), len(self.uit.regels), len(self.regel)))
        elif naam in ("td", "th"):
            self._breek() if self.breuk else None
            self.cellen.append(0)
            if self.regel:
                self.voor = " | "
        elif naam in _BLOKKEN:
            hoogte = 1 if naam in ("p", "ul", "ol") and (_dicht(attr) or self.lijsten) else _BLOKKEN[naam]
            self._blok(hoogte)
            if naam == "blockquote":
                self._breek()
                voor = "> " if _is_citaat(attr) else "    "
                self.citaten.append(voor if len(self.citaten) < 20 else "")
            elif naam in ("ul", "ol"):
                self.lijsten.append(-1 if naam == "ul" else 1)
            elif naam == "li":
                self._punt()
            elif naam == "pre":
                self._breek()
                self.pre += 1
            elif naam == "tr":
                self.voor = ""

    def _punt(self) -> None:
        inspringing = "  " * min(8, max(0, len(self.lijsten) - 1))
        nummer = self.lijsten[-1] if self.lijsten else -1
        self.voor = f"{inspringing}- " if nummer < 0 else f"{inspringing}{nummer}. "
        if nummer >= 0:
            self.lijsten[-1] += 1

    def _beeld(self, attr: dict[str, str]) -> None:
        adres = attr.get("src", "").strip()
        alt = " ".join(_VULLING.sub("", schoon(attr.get("alt", ""))).split())[:300]
        if adres.lower().startswith("cid:"):
            self.uit.cids.setdefault(adres[4:].strip("<> "), len(self.uit.regels))
            return
        if adres.lower().startswith("data:image/"):
            self.uit.data.append(adres)
            return
        if _is_pixel(attr):
            self.uit.pixels += 1
        elif alt:
            self._zet(f"[afbeelding: {alt}]")

    def sluit(self, naam: str) -> None:
        if self.verborgen:
            if naam == self.verborgen[0]:
                self.verborgen[1] = int(self.verborgen[1]) - 1
                if not self.verborgen[1]:
                    self.verborgen = []
            return
        if naam == "a" and self.links:
            self._link()
        elif naam in ("td", "th"):
            if self.cellen:
                hoog = self.cellen.pop()
                if hoog and self.cellen:
                    self.cellen[-1] += hoog
                if not hoog and self.regel:
                    self.breuk = 0
                    self.spatie = True
        elif naam == "blockquote" and self.citaten:
            self._breek() if self.breuk else (self._einde() if self.regel else None)
            self.citaten.pop()
            self._blok(2)
        elif naam in ("ul", "ol") and self.lijsten:
            self.lijsten.pop()
            self._blok(1 if self.lijsten else 2)
        elif naam == "pre" and self.pre:
            self.pre -= 1
            self._blok(2)
        elif naam in _BLOKKEN:
            self._blok(1 if naam == "p" else _BLOKKEN[naam] if naam != "table" else 1)
        if self.merk and naam == self.merk[1]:
            self.merk[2] = int(self.merk[2]) - 1
            if not self.merk[2]:
                if self.regel:
                    self._einde()
                self.merk = []

    def _link(self) -> None:
        adres, regel, stuk = self.links.pop()
        if not adres:
            return
        woorden = "".join(self.regel[stuk : stuk + 200] if regel == len(self.uit.regels) else self.regel[:200]).strip()
        if toon := doel(adres, woorden):
            self._zet(f" ({toon})" if self.regel and woorden else toon)

    def klaar(self) -> Opmaak:
        if self.regel:
            self._einde()
        while self.uit.regels and not self.uit.regels[-1]:
            self.uit.regels.pop()
            self.uit.hints.pop()
        verborgen = "".join(self.verborgen_tekst)
        self.uit.verborgen = "\n".join(" ".join(regel.split()) for regel in verborgen.split("\n") if regel.strip())
        return self.uit


def _is_verborgen(attr: dict[str, str]) -> bool:
    return "hidden" in attr or bool(_VERBORGEN.search(attr.get("style", "").lower()))


def _is_citaat(attr: dict[str, str]) -> bool:
    """A quote; a blockquote that only indents (Outlook, Gmail's own indent button) has a margin and no border."""
    stijl = attr.get("style", "").lower().replace(" ", "")
    if attr.get("type", "").lower() == "cite" or "cite" in attr or "quote" in attr.get("class", "").lower():
        return True
    return "margin" not in stijl or ("border-left:" in stijl and "border-left:none" not in stijl)


def _dicht(attr: dict[str, str]) -> bool:
    """A paragraph without space around it: Outlook writes each line as one."""
    stijl = attr.get("style", "").lower().replace(" ", "")
    return "mso" in attr.get("class", "").lower() or bool(
        re.search(r"margin(?:-top|-bottom)?:0(?:cm|px|in|pt)?[;\s]?", stijl)
    )


def _is_pixel(attr: dict[str, str]) -> bool:
    maten = dict(_MAAT.findall(attr.get("style", "").lower()))
    maten |= {
        naam: waarde for naam in ("width", "height") if (waarde := attr.get(naam, "").removesuffix("px")).isdigit()
    }
    return any(waarde.isdecimal() and int(waarde[:6]) <= 3 for waarde in maten.values())
