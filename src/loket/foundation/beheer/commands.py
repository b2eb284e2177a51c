"""What an administrator does: the organisation, its teams, who works where and as what. Each is one transaction with a
line in the trail, which names the fields that changed and not what was in them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from loket.foundation.access.actor import Actor
from loket.foundation.access.models import Functie
from loket.foundation.audit.trail import record
from loket.foundation.beheer import rules
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.database.ids import uuid7
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.identity import sleutels
from loket.foundation.identity.models import Gebruiker, Lidmaatschap, Organisatie, Team
from loket.foundation.mail.outbox import send


def maak_organisatie(
    actor: Actor, *, naam: str, soort: str, afkorting: str, rsin: str, telefoon: str = "", email: str = ""
) -> Organisatie:
    """Add a government to this Loket; the first is the one whose name the front page shows. By the system only: nobody
    of one organisation decides about another. Raises Forbidden, Refused (`afkorting`, `rsin`, `bestaat`)."""
    if actor.kind != "systeem":
        raise Forbidden("Only the installation itself adds an organisation.")
    with transaction.atomic():
        nieuw = Organisatie(
            naam=naam,
            soort=soort,
            afkorting=rules.check_afkorting(afkorting),
            rsin=rules.check_rsin(rsin),
            hoofd=not Organisatie.objects.exists(),
            telefoon=telefoon,
            email=email,
        )
        for veld in ("naam", "afkorting", "rsin"):
            if Organisatie.objects.filter(**{veld: getattr(nieuw, veld)}).exists():
                raise Refused("bestaat", _("Er is hier al een organisatie met dit gegeven."), veld)
        nieuw.save(force_insert=True)
        record(actor, "organisatie.gemaakt", "organisatie", nieuw.id, organisatie=nieuw.id)
    return nieuw


def wijzig_organisatie(actor: Actor, **velden: Any) -> None:
    """Change what people see of the own organisation: naam, telefoon, email, adres, openingstijden, nieuws. Raises
    Forbidden, Refused (`bestaat`)."""
    with transaction.atomic():
        eigen = _neem(Organisatie.objects.filter(pk=rules.eigen(actor)))
        _bewaar(actor, eigen, "organisatie", velden)


# --- teams ---------------------------------------------------------------------------------------------


def maak_team(
    actor: Actor,
    *,
    naam: str,
    lijn: int,
    coordinator: UUID | None = None,
    domeinen: Sequence[str] = (),
    email: str = "",
) -> Team:
    """Add a team to the own organisation. Raises Forbidden, Refused (`bestaat`, `coordinator`)."""
    organisatie = rules.eigen(actor)
    with transaction.atomic():
        _coordinator(organisatie, coordinator)
        nieuw = Team(
            id=uuid7(),
            organisatie_id=organisatie,
            naam=naam,
            lijn=lijn,
            coordinator_id=coordinator,
            domeinen=list(domeinen),
            email=email,
        )
        _schrijf(nieuw, force_insert=True)
        record(actor, "team.gemaakt", "team", nieuw.id, organisatie=organisatie)
    return nieuw


def wijzig_team(actor: Actor, team: UUID, **velden: Any) -> None:
    """Change naam, lijn, coordinator_id, domeinen or email of a team. Raises Forbidden, NotFound, Refused (`bestaat`,
    `coordinator`)."""
    organisatie = rules.eigen(actor)
    with transaction.atomic():
        gevonden = _neem(Team.objects.filter(pk=team, organisatie=organisatie))
        _coordinator(organisatie, velden.get("coordinator_id"))
        _bewaar(actor, gevonden, "team", velden)


def _coordinator(organisatie: UUID, wie: UUID | None) -> None:
    if wie and not Gebruiker.objects.filter(pk=wie, organisatie=organisatie, is_active=True).exists():
        raise Refused("coordinator", _("Kies een collega die hier nu werkt."), "coordinator")


# --- employees -----------------------------------------------------------------------------------------


def maak_medewerker(
    actor: Actor, *, naam: str, gebruikersnaam: str, functietitel: str = "", email: str = "", telefoon: str = ""
) -> Gebruiker:
    """Add an employee to the own organisation, who has no right and no password yet. Raises Forbidden, Refused
    (`gebruikersnaam`, `bestaat`)."""
    organisatie = rules.eigen(actor)
    with transaction.atomic():
        nieuw = Gebruiker(
            soort=Gebruiker.Soort.MEDEWERKER,
            organisatie_id=organisatie,
            naam=naam,
            gebruikersnaam=rules.check_gebruikersnaam(gebruikersnaam),
            functietitel=functietitel,
            email=email,
            telefoon=telefoon,
            password=make_password(None),
        )
        _uniek(nieuw)
        _schrijf(nieuw, force_insert=True)
        record(actor, "medewerker.gemaakt", "gebruiker", nieuw.id, organisatie=organisatie)
    return nieuw


def wijzig_medewerker(actor: Actor, wie: UUID, **velden: Any) -> None:
    """Change naam, gebruikersnaam, functietitel, email or telefoon. Raises Forbidden, NotFound, Refused as
    `maak_medewerker`."""
    if "gebruikersnaam" in velden:
        velden["gebruikersnaam"] = rules.check_gebruikersnaam(velden["gebruikersnaam"])
    with transaction.atomic():
        _bewaar(actor, _medewerker(actor, wie), "medewerker", velden)


def zet_uit_dienst(actor: Actor, wie: UUID) -> None:
    """Somebody no longer works here: the rights end with the next request; the name stays, for the trail refers to it.
    Twice is harmless. Raises Forbidden, NotFound, Refused (`laatste`, `coordinator`)."""
    with transaction.atomic():
        gevonden = _medewerker(actor, wie)
        if team := Team.objects.filter(coordinator=gevonden).order_by("naam").first():
            raise Refused(
                "coordinator",
                _("%(naam)s is coördinator van %(team)s. Kies daar eerst een ander.")
                % {"naam": gevonden.naam, "team": team.naam},
            )
        if gevonden.is_active:
            gevonden.is_active = False
            gevonden.save(update_fields=["is_active"])
            _beheerder_blijft(gevonden.organisatie_id)
            record(actor, "medewerker.uit_dienst", "gebruiker", wie, organisatie=gevonden.organisatie_id)


def neem_in_dienst(actor: Actor, wie: UUID) -> None:
    """Somebody works here again, with the places in teams that are still there. Raises Forbidden, NotFound, Refused
    (`bestaat`)."""
    with transaction.atomic():
        gevonden = _medewerker(actor, wie)
        if not gevonden.is_active:
            gevonden.is_active = True
            _uniek(gevonden)
            gevonden.save(update_fields=["is_active"])
            record(actor, "medewerker.in_dienst", "gebruiker", wie, organisatie=gevonden.organisatie_id)


def stuur_wachtwoordlink(actor: Actor, wie: UUID) -> None:
    """Mail an employee a link with which to choose a password: nobody else ever knows it. Raises Forbidden, NotFound,
    Refused (`wachtwoord` where employees do not log in with one, `adres`, `uit_dienst`)."""
    with transaction.atomic():
        gevonden = _medewerker(actor, wie)
        if not settings.STAFF_PASSWORD:
            raise Refused(
                "wachtwoord", _("Medewerkers loggen hier in met hun werkaccount, zonder wachtwoord van Loket.")
            )
        if not gevonden.is_active:
            raise Refused("uit_dienst", _("Deze collega werkt hier niet meer."))
        if not gevonden.email:
            raise Refused("adres", _("Vul eerst een e-mailadres in. Daar sturen wij de link heen."))
        link = settings.LOKET_URL + reverse("identity:wachtwoord", args=[sleutels.maak(gevonden)])
        send(
            to=gevonden.email,
            subject=_("Kies een wachtwoord voor Loket"),
            text=_(
                "Beste %(naam)s,\n\nKies uw wachtwoord met deze link:\n%(link)s\n\nDe link werkt 3 dagen, en één keer."
                " Uw gebruikersnaam is %(gebruikersnaam)s.\n"
            )
            % {"naam": gevonden.naam, "link": link, "gebruikersnaam": gevonden.gebruikersnaam},
            key=f"beheer.wachtwoord:{uuid7()}",
            organisatie=gevonden.organisatie_id,
        )
        record(actor, "medewerker.wachtwoordlink", "gebruiker", wie, organisatie=gevonden.organisatie_id)


# --- who works where -----------------------------------------------------------------------------------


def geef_functie(actor: Actor, wie: UUID, *, team: UUID, functie: UUID) -> None:
    """Let an employee work in a team in a functie, which carries the rights. Twice is harmless. Raises Forbidden,
    NotFound."""
    with transaction.atomic():
        gevonden = _medewerker(actor, wie)
        waar = _neem(Team.objects.filter(pk=team, organisatie=gevonden.organisatie_id))
        wat = _neem(Functie.objects.filter(pk=functie))
        _lid, nieuw = Lidmaatschap.objects.get_or_create(gebruiker=gevonden, team=waar, functie=wat)
        if nieuw:
            _leg_vast(actor, "functie.gegeven", gevonden, waar, wat)


def neem_functie(actor: Actor, lidmaatschap: int) -> None:
    """An employee no longer has this functie in this team. Twice is harmless. Raises Forbidden, Refused (`laatste`)."""
    organisatie = rules.eigen(actor)
    with transaction.atomic():
        found = Lidmaatschap.objects.filter(pk=lidmaatschap, team__organisatie=organisatie)
        lid = found.select_related("gebruiker", "team", "functie").first()
        if lid is None:
            return
        _medewerker(actor, lid.gebruiker_id)
        Lidmaatschap.objects.filter(pk=lid.pk).delete()
        _beheerder_blijft(organisatie)
        _leg_vast(actor, "functie.genomen", lid.gebruiker, lid.team, lid.functie)


def _leg_vast(actor: Actor, handeling: str, wie: Gebruiker, team: Team, functie: Functie) -> None:
    detail = {"team": str(team.pk), "functie": functie.code}
    record(actor, handeling, "gebruiker", wie.pk, organisatie=wie.organisatie_id, detail=detail)


# --- shared --------------------------------------------------------------------------------------------


def _medewerker(actor: Actor, wie: UUID) -> Gebruiker:
    """An employee of the own organisation, whose row of the organisation is held: changes of who may administer come
    one after another. Raises Forbidden, NotFound."""
    organisatie = rules.eigen(actor)
    _neem(Organisatie.objects.filter(pk=organisatie))
    return _neem(Gebruiker.objects.filter(pk=wie, organisatie=organisatie, soort=Gebruiker.Soort.MEDEWERKER))


def _neem[M: models.Model](vraag: models.QuerySet[M]) -> M:
    gevonden = vraag.select_for_update(no_key=True).first()
    if gevonden is None:
        raise NotFound("It is not there, or it is another organisation's.")
    return gevonden


def _bewaar(actor: Actor, ding: Organisatie | Team | Gebruiker, soort: str, velden: dict[str, Any]) -> None:
    """Write what differs, with the names of these fields in the trail; nothing when nothing differs."""
    anders = [naam for naam, waarde in velden.items() if getattr(ding, naam) != waarde]
    if not anders:
        return
    for naam in anders:
        setattr(ding, naam, velden[naam])
    if isinstance(ding, Gebruiker):
        _uniek(ding)
    _schrijf(ding, update_fields=anders)
    object_soort = "gebruiker" if soort == "medewerker" else soort
    record(
        actor, f"{soort}.gewijzigd", object_soort, ding.pk, organisatie=rules.eigen(actor), detail={"velden": anders}
    )


def _schrijf(ding: Organisatie | Team | Gebruiker, **hoe: Any) -> None:
    """Save; Refused (`bestaat`) when somebody else took the name first, be it a moment ago."""
    try:
        with transaction.atomic():
            ding.save(**hoe)
    except IntegrityError as fout:
        if not isinstance(fout.__cause__, UniqueViolation):
            raise
        raise _bezet(ding) from None


def _bezet(ding: Organisatie | Team | Gebruiker) -> Refused:
    """The refusal of a name that is another's."""
    if isinstance(ding, Gebruiker):
        return Refused("bestaat", _("Deze gebruikersnaam is al van iemand. Kies een andere."), "gebruikersnaam")
    if isinstance(ding, Team):
        return Refused("bestaat", _("Er is al een team met deze naam."), "naam")
    return Refused("bestaat", _("Er is hier al een organisatie met deze naam."), "naam")


def _uniek(wie: Gebruiker) -> None:
    """The provider of the organisation says who somebody is by user name or address: neither may be two people's."""
    anderen = Gebruiker.objects.exclude(pk=wie.pk)
    if anderen.filter(gebruikersnaam__iexact=wie.gebruikersnaam).exists():
        raise _bezet(wie)
    zelfde = anderen.filter(email__iexact=wie.email, soort=Gebruiker.Soort.MEDEWERKER, is_active=True)
    if wie.email and wie.is_active and zelfde.exists():
        raise Refused("bestaat", _("Dit e-mailadres is al van een collega. Ieder heeft een eigen adres."), "email")


def _beheerder_blijft(organisatie: UUID | None) -> None:
    """Raises Refused (`laatste`) when nobody is left who may administer the organisation."""
    if not Lidmaatschap.objects.filter(
        gebruiker__organisatie=organisatie, gebruiker__is_active=True, functie__rechten__handeling=ORGANISATIE
    ).exists():
        raise Refused("laatste", _("Dit is de laatste beheerder. Maak eerst een collega beheerder."))
