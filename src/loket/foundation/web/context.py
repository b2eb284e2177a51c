"""What every page knows without asking: the organisation whose Loket this is, who is here, and the live address.

All of it is lazy: a page that shows none of it, and the pages that say that the database is away, ask nothing.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from loket.foundation.access.middleware import actor_of
from loket.foundation.database.sql import row
from loket.foundation.identity.models import Organisatie


@dataclass(frozen=True)
class Kop:
    """An organisation as a page shows it: in the header, and as the people that one can reach."""

    id: UUID | None = None
    naam: str = ""
    soort: str = ""
    telefoon: str = ""
    email: str = ""
    adres: str = ""
    openingstijden: dict[str, Any] = field(default_factory=dict)
    nieuws: list[Any] = field(default_factory=list)
    afkorting: str = ""

    @property
    def thema(self) -> str:
        """The address of the organisation's own design tokens; '' for an organisation that has the neutral ones."""
        path = thema_path(self.afkorting)
        try:
            return f"/thema/{self.afkorting}.css?v={path.stat().st_mtime_ns:x}" if self.afkorting else ""
        except OSError:
            return ""

    @property
    def klein(self) -> str:
        """The first word of the name in the header: 'Gemeente', 'Waterschap'; else ''."""
        first, _, rest = self.naam.partition(" ")
        return first if rest and first.lower() in ("gemeente", "waterschap", "provincie", "hoogheemraadschap") else ""

    @property
    def groot(self) -> str:
        """The rest of the name, 'Lindewaard'; 'Loket' when there is no organisation."""
        return (self.naam.removeprefix(self.klein).strip() if self.klein else self.naam) or "Loket"

    def __bool__(self) -> bool:
        return self.id is not None


NOBODY = Kop()
_last_known = NOBODY


def kop(organisatie: Organisatie | None) -> Kop:
    """What pages show of this organisation."""
    if organisatie is None:
        return NOBODY
    return Kop(
        organisatie.id,
        organisatie.naam,
        organisatie.soort,
        organisatie.telefoon,
        organisatie.email,
        organisatie.adres,
        organisatie.openingstijden,
        organisatie.nieuws,
        organisatie.afkorting,
    )


def thema_path(afkorting: str) -> Path:
    """Where the design tokens of an organisation are, if it has its own: `thema/GT.css` in the data folder."""
    return Path(settings.DATA_DIR) / "thema" / f"{afkorting}.css"


def organisatie_of(request: HttpRequest) -> Kop:
    """Whose Loket this page is: of the employee who is logged in; else of the host (`settings.ORGANISATIE_HOSTS`, host
    name to `afkorting`); else the main organisation (`hoofd`). An empty one when there is none. Asked once for each
    request."""
    known: Kop | None = getattr(request, "_organisatie", None)
    if known is None:
        known = request._organisatie = _find(request)  # type: ignore[attr-defined]
    return known


_FIND = """
select id, naam, soort, telefoon, email, adres, openingstijden, nieuws, afkorting from loket_identity_organisatie
where %(id)s::uuid is null or id = %(id)s
order by afkorting = %(afkorting)s desc, hoofd desc, id limit 1"""


def _find(request: HttpRequest) -> Kop:
    global _last_known
    actor = actor_of(request)
    own = actor.organisatie if actor.kind == "medewerker" else None
    host = request.get_host().partition(":")[0].lower()
    found = row(_FIND, {"id": own, "afkorting": settings.ORGANISATIE_HOSTS.get(host, "")})
    if found is None:
        return NOBODY
    result = Kop(**found)
    if own is None:
        _last_known = result
    return result


def last_known() -> Kop:
    """The organisation that this process showed last: for the pages that must not ask the database."""
    return _last_known


def loket(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `organisatie` (a `Kop`), `actor`, `LIVE_URL`. The nonce is Django's `csp_nonce`."""
    return {
        "organisatie": SimpleLazyObject(lambda: organisatie_of(request)),
        "actor": SimpleLazyObject(lambda: actor_of(request)),
        "LIVE_URL": getattr(settings, "LIVE_URL", ""),
    }
