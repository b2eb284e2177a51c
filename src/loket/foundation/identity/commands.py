"""Logging in and out: a password or a provider says who somebody is, a session begins, and the trail says so. And who
is away, with who stands in."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.access.middleware import actor_of
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, rows
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity import rules, sleutels
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Team
from loket.foundation.identity.providers import Provider
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import now, today

BACKEND = "django.contrib.auth.backends.ModelBackend"
RESIDENT_SESSION_SECONDS = 2 * 3600
LOA_KEY = "identiteit_zekerheid"
"""Where the session keeps the level of assurance of the login, for services that ask for a higher one."""

_COUNT = """
insert into loket_identity_inlogrem as rem (sleutel, aantal, sinds)
select sleutel, 1, %(nu)s from unnest(%(sleutels)s::text[]) as nieuw(sleutel) order by sleutel
on conflict (sleutel) do update set
    aantal = case when rem.sinds <= %(grens)s then 1 else rem.aantal + 1 end,
    sinds = case when rem.sinds <= %(grens)s then excluded.sinds else rem.sinds end
returning sleutel, aantal"""


@cache
def demo_password_hash(password: str) -> str:
    """The hash of the password that all employees of the demo share, made once: a slow hasher, and yet sixty people in
    half a second. Not for real people, who would share the salt."""
    return make_password(password)


def set_password(actor: Actor, gebruiker: Gebruiker, password: str) -> None:
    """Give an employee a password, for installations where employees log in with one. Raises Refused (`wachtwoord`)
    for one that is easy to guess."""
    try:
        validate_password(password, gebruiker)
    except ValidationError as error:
        raise Refused("wachtwoord", " ".join(error.messages), "wachtwoord") from None
    with transaction.atomic():
        gebruiker.set_password(password)
        gebruiker.save(update_fields=["password"])
        record(actor, "identiteit.wachtwoord_gezet", "gebruiker", gebruiker.pk, organisatie=gebruiker.organisatie_id)


def kies_wachtwoord(actor: Actor, sleutel: str, password: str) -> Gebruiker:
    """Choose a password with the key of a link (`sleutels`), which then works no more. Raises NotFound for a key that
    is not valid (any more), Refused (`wachtwoord`) for a password that is easy to guess."""
    with transaction.atomic():
        found = sleutels.wie_heeft(sleutel, houd=True)
        if found is None:
            raise NotFound("This key is not valid.")
        set_password(actor, found, password)
    return found


def check_password(actor: Actor, naam: str, password: str, address: str) -> Gebruiker:
    """The employee with this user name and password.

    Raises Refused `te_vaak` after five failures of the name from one address in a quarter of an hour (or fifty of the
    address), and `onbekend` otherwise; both say the same whether the name exists or not. An attempt counts before it is
    looked at, so that many at the same time do not slip through.
    """
    keys = rules.throttle_keys(settings.SECRET_KEY, naam, address)
    moment = now()
    counted = rows(
        _COUNT,
        {
            "sleutels": list(keys),
            "nu": moment,
            "grens": moment - timedelta(seconds=rules.WINDOW_SECONDS),
        },
    )
    if any(line["aantal"] > keys[line["sleutel"]] for line in counted):
        _failed(actor, naam, "te vaak geprobeerd")
        raise Refused(
            "te_vaak",
            _("U probeerde te vaak in te loggen. Wacht een kwartier en probeer het dan opnieuw."),
        )
    found = authenticate(gebruikersnaam=naam, password=password)
    if not isinstance(found, Gebruiker) or found.soort != Gebruiker.Soort.MEDEWERKER:
        execute("delete from loket_identity_inlogrem where sinds < %s", (moment - timedelta(days=1),))
        _failed(actor, naam, "naam of wachtwoord klopt niet")
        raise Refused("onbekend", _("Uw naam of wachtwoord klopt niet. Kijk ze na en probeer het opnieuw."))
    execute(
        "update loket_identity_inlogrem set aantal = case when sleutel = %(naam)s then 0 else aantal - 1 end"
        " where sleutel = any(%(sleutels)s)",
        {"naam": next(iter(keys)), "sleutels": list(keys)},
    )
    return found


def _failed(actor: Actor, naam: str, waarom: str) -> None:
    """The line in the trail. It names the account if there is one, never what was typed: that may be a password."""
    account = Gebruiker.objects.filter(gebruikersnaam=naam).first() if "\0" not in naam else None
    record(
        actor,
        "identiteit.inloggen_mislukt",
        "gebruiker",
        account.pk if account else None,
        organisatie=account.organisatie_id if account else None,
        waarom=waarom,
        gelukt=False,
    )


def identify(actor: Actor, provider: Provider, claims: Mapping[str, Any]) -> Gebruiker:
    """Who this is, according to the claims of a provider; a resident who is here for the first time gets an account.

    Nothing of the claims is kept: of the BSN only the pseudonym, of the others nothing. Raises Refused (`loa`, `bsn`,
    `onbekend`) with a sentence for a person, after a line in the trail.
    """
    try:
        rules.assured(claims, provider)
        if provider.audience == "bewoner":
            return _resident(rules.bsn_of(claims, provider.claim))
        return _employee(rules.claim(claims, provider.claim))
    except Refused as refused:
        record(
            actor,
            "identiteit.inloggen_mislukt",
            "gebruiker",
            None,
            waarom=refused.code,
            detail={"aanbieder": provider.id},
            gelukt=False,
        )
        raise


def _resident(bsn: str) -> Gebruiker:
    pseudoniem = pseudonym("bsn", bsn)
    resident, _created = Gebruiker.objects.get_or_create(
        pseudoniem=pseudoniem,
        defaults={
            "soort": Gebruiker.Soort.BEWONER,
            "gebruikersnaam": f"bewoner:{pseudoniem}",
            "password": make_password(None),
        },
    )
    if not resident.is_active or resident.soort != Gebruiker.Soort.BEWONER:
        raise Refused("onbekend", _("U kunt nu niet inloggen. Bel ons, dan zoeken wij het samen uit."))
    return resident


def _employee(said: str) -> Gebruiker:
    """The one active employee whose user name or e-mail address the provider gave."""
    found = (
        list(
            Gebruiker.objects.filter(
                Q(gebruikersnaam__iexact=said) | Q(email__iexact=said),
                soort=Gebruiker.Soort.MEDEWERKER,
                is_active=True,
            )[:2]
        )
        if said and "\0" not in said
        else []
    )
    if len(found) != 1:
        raise Refused("onbekend", _("Uw werkaccount is hier niet bekend. Vraag uw beheerder om u toe te voegen."))
    return found[0]


def start_session(actor: Actor, request: HttpRequest, gebruiker: Gebruiker, manier: str, zekerheid: str = "") -> None:
    """Log in as `gebruiker`, whoever it was before (`actor`): a session with a new key, and a line in the trail in the
    same transaction. `manier` is 'wachtwoord' or the id of a provider; `zekerheid` the level of assurance."""
    with transaction.atomic():
        if actor.id not in (None, gebruiker.pk):
            record(actor, "identiteit.uitgelogd", "gebruiker", actor.id)
        login(request, gebruiker, backend=BACKEND)
        request.session[LOA_KEY] = zekerheid
        if gebruiker.soort == Gebruiker.Soort.BEWONER:
            request.session.set_expiry(RESIDENT_SESSION_SECONDS)
        request._actor = None  # type: ignore[attr-defined]  # the door looks again who this is
        record(
            actor_of(request),
            "identiteit.ingelogd",
            "gebruiker",
            gebruiker.pk,
            detail={"manier": manier, "zekerheid": zekerheid},
        )


def end_session(actor: Actor, request: HttpRequest) -> None:
    """Log out: the session and all that is in it ends; a line in the trail."""
    with transaction.atomic():
        if actor.id is not None:
            record(actor, "identiteit.uitgelogd", "gebruiker", actor.id)
        logout(request)
    request._actor = None  # type: ignore[attr-defined]


def meld_afwezig(
    actor: Actor, wie: Gebruiker | UUID, *, van: date, tot_en_met: date, vervanger: Gebruiker | UUID, reden: str = ""
) -> Afwezigheid:
    """Say that an employee is away, and who takes up the work: the employee, or the coordinator of one of the teams.
    Again the same: the absence that is there.

    Raises Forbidden for anybody else; Refused (`volgorde`, `voorbij`, `zelf`, `onbekend` for a substitute of another
    organisation, `afwezig` for one who is away then, `dubbel` for days that overlap with an absence that was told).
    """
    wie, voor = _key(wie), _key(vervanger)
    if tot_en_met < van:
        raise Refused("volgorde", _("De laatste dag ligt voor de eerste. Kijk de dagen na."), "tot_en_met")
    if tot_en_met < today():
        raise Refused("voorbij", _("Deze dagen zijn al voorbij."), "tot_en_met")
    if voor == wie:
        raise Refused("zelf", _("Kies een ander als vervanger."), "vervanger")
    with transaction.atomic():
        afwezig = Gebruiker.objects.select_for_update().get(pk=wie)
        _require_absence(actor, wie)
        if not Gebruiker.objects.filter(pk=voor, organisatie=afwezig.organisatie_id, is_active=True).exists():
            raise Refused("onbekend", _("Kies een collega van dezelfde organisatie."), "vervanger")
        then = Afwezigheid.objects.filter(van__lte=tot_en_met, tot_en_met__gte=van)
        if then.filter(gebruiker_id=voor).exists():
            raise Refused("afwezig", _("Deze vervanger is dan zelf afwezig. Kies een ander."), "vervanger")
        known = then.filter(gebruiker_id=wie).first()
        if known and (known.van, known.tot_en_met, known.vervanger_id) == (van, tot_en_met, voor):
            return known
        if known:
            raise Refused("dubbel", _("Voor een deel van deze dagen is al afwezigheid gemeld."), "van")
        made = Afwezigheid.objects.create(
            gebruiker_id=wie, van=van, tot_en_met=tot_en_met, vervanger_id=voor, reden=reden
        )
        record(
            actor,
            "identiteit.afwezig",
            "gebruiker",
            wie,
            organisatie=afwezig.organisatie_id,
            detail={"van": str(van), "tot_en_met": str(tot_en_met), "vervanger": str(voor)},
        )
    return made


def trek_afwezigheid_in(actor: Actor, afwezigheid: int) -> None:
    """Somebody is back earlier, or does not go: the absence ends yesterday, or never was when it had not begun. By who
    may tell it; twice is harmless. Raises Forbidden."""
    with transaction.atomic():
        found = Afwezigheid.objects.select_for_update().filter(pk=afwezigheid).first()
        if found is None:
            return
        _require_absence(actor, found.gebruiker_id)
        if found.van < today():
            found.tot_en_met = min(found.tot_en_met, today() - timedelta(days=1))
            found.save(update_fields=["tot_en_met"])
        else:
            found.delete()
        record(actor, "identiteit.weer_aanwezig", "gebruiker", found.gebruiker_id, organisatie=actor.organisatie)


def _require_absence(actor: Actor, wie: UUID) -> None:
    """The employee, the coordinator of one of the teams, or the system. Raises Forbidden."""
    if actor.kind == "systeem" or (actor.kind == "medewerker" and actor.id == wie):
        return
    if actor.kind != "medewerker" or not Team.objects.filter(coordinator=actor.id, leden__gebruiker=wie).exists():
        raise Forbidden(f"{actor.naam or actor.kind} may not say that this colleague is away.")


def _key(wie: Gebruiker | UUID) -> UUID:
    return wie if isinstance(wie, UUID) else wie.pk
