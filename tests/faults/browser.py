"""A person with a browser, over HTTP: keeps cookies, sends forms as they are on the page, comes from an own address."""

import http.client
import itertools
import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_adressen = itertools.count(1)


def nieuw_adres() -> str:
    """A network address of this machine from which nobody came before."""
    n = next(_adressen)
    return f"127.77.{n // 250}.{n % 250 + 1}"


@dataclass(frozen=True)
class Bladzijde:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode()

    @property
    def woorden(self) -> str:
        """What a person reads of it, in one line."""
        return " ".join(_Woorden.van(self.html).split())

    @property
    def naar(self) -> str:
        """Where it sends the browser."""
        delen = urlsplit(self.headers.get("location", ""))
        return delen.path + (f"?{delen.query}" if delen.query else "")

    def waarde(self, naam: str) -> str:
        """The text in the text area with this name, as a browser has it."""
        gevonden = re.search(rf'<textarea[^>]*name="{naam}"[^>]*>(.*?)</textarea>', self.html, re.DOTALL)
        assert gevonden, f"no text area {naam!r}"
        return _Tekst.van(gevonden[0])


class _Woorden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.delen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.delen.append(data)

    @classmethod
    def van(cls, html: str) -> str:
        lezer = cls()
        lezer.feed(html)
        lezer.close()
        return " ".join(lezer.delen)


class _Tekst(_Woorden):
    @classmethod
    def van(cls, html: str) -> str:
        lezer = cls()
        lezer.feed(html)
        lezer.close()
        return "".join(lezer.delen).removeprefix("\n")


@dataclass
class Browser:
    """One visitor of the Loket on this port."""

    poort: int
    adres: str = field(default_factory=nieuw_adres)
    koekjes: dict[str, str] = field(default_factory=dict)
    geduld: float = 20.0

    def get(self, pad: str) -> Bladzijde:
        """A page."""
        return self._vraag("GET", pad)

    def post(
        self,
        pad: str,
        velden: Mapping[str, str] | None = None,
        bestanden: Sequence[tuple[str, str, str, bytes]] = (),
        *,
        csrf: bool = True,
    ) -> Bladzijde:
        """Send a form; with files (field, name, type, content) as multipart."""
        geheim = self.koekjes.setdefault("loket_csrf", secrets.token_hex(16))
        alle = {**({"csrfmiddlewaretoken": geheim} if csrf else {}), **(velden or {})}
        if not bestanden:
            return self._vraag("POST", pad, urlencode(alle).encode(), "application/x-www-form-urlencoded")
        grens = secrets.token_hex(12)
        begin = f"--{grens}\r\nContent-Disposition: form-data; name="
        delen = [f'{begin}"{naam}"\r\n\r\n{waarde}\r\n'.encode() for naam, waarde in alle.items()]
        for veld, naam, soort, inhoud in bestanden:
            kop = f'{begin}"{veld}"; filename="{naam}"\r\n'
            delen += [f"{kop}Content-Type: {soort}\r\n\r\n".encode(), inhoud, b"\r\n"]
        body = b"".join([*delen, f"--{grens}--\r\n".encode()])
        return self._vraag("POST", pad, body, f"multipart/form-data; boundary={grens}")

    def _vraag(self, methode: str, pad: str, body: bytes | None = None, soort: str = "") -> Bladzijde:
        kop = {"Host": f"localhost:{self.poort}", "Accept": "text/html"}
        if self.koekjes:
            kop["Cookie"] = "; ".join(f"{naam}={waarde}" for naam, waarde in self.koekjes.items())
        if soort:
            kop["Content-Type"] = soort
        verbinding = http.client.HTTPConnection(
            "127.0.0.1", self.poort, timeout=self.geduld, source_address=(self.adres, 0)
        )
        try:
            with suppress(BrokenPipeError):  # refused before all was sent: a browser reads the answer then
                verbinding.request(methode, pad, body, kop)
            antwoord = verbinding.getresponse()
            inhoud = antwoord.read()
        finally:
            verbinding.close()
        for naam, waarde in antwoord.getheaders():
            if naam.lower() == "set-cookie":
                self.koekjes |= {each.key: each.coded_value for each in SimpleCookie(waarde).values()}
        return Bladzijde(antwoord.status, {naam.lower(): waarde for naam, waarde in antwoord.getheaders()}, inhoud)

    def log_in(self, naam: str, wachtwoord: str) -> "Browser":
        """Log in as an employee."""
        antwoord = self.post("/medewerkers/inloggen", {"naam": naam, "wachtwoord": wachtwoord})
        assert antwoord.status == 302, antwoord.woorden
        return self

    def vul_in(self, tekst: str, **gegevens: str) -> "Browser":
        """Fill in the form up to its last step."""
        assert self.post("/melden", {"tekst": tekst, "categorie": ""}).status in (200, 302)
        stap = self.post("/melden/waar", {"woorden": "Bij de boom.", "zelfde": "nieuw"})
        assert stap.status == 302, stap.woorden
        wie = {"antwoord": "ja", "email": "proef@voorbeeld.nl", **gegevens}
        assert self.post("/melden/gegevens", wie).status == 302
        return self

    def verstuur(self) -> str:
        """The last click; the number that the resident is given."""
        antwoord = self.post("/melden/controleren")
        assert (antwoord.status, antwoord.naar) == (302, "/melden/bevestiging"), antwoord.woorden
        gevonden = re.search(r"\b[A-Z]{2}-20\d\d-\d{5,}\b", self.get("/melden/bevestiging").html)
        assert gevonden
        return gevonden[0]
