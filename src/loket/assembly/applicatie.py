"""`loket applicatie maak|toon|roteer|intrek`: who may call the APIs, from the command line."""

import argparse
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from loket.assembly.installation import InstallationError

type Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def declare(add: Add) -> None:
    """Add the command with its four acts."""
    top = add("applicatie", run, "Give applications access to the APIs: maak, toon, roteer, intrek.")
    acts = top.add_subparsers(metavar="ACT", dest="act", required=True)

    def act(name: str, text: str, *, client_id: str | None = None) -> argparse.ArgumentParser:
        sub = acts.add_parser(name, help=text, description=text)
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="as for every command")
        if client_id is not None:
            sub.add_argument("client_id", metavar="CLIENT-ID", nargs=client_id or None, help="the name it calls under")
        return sub

    maak = act("maak", "Register an application and show its secret.")
    maak.add_argument("--client-id", required=True, help="the name it calls under; never used again for another")
    maak.add_argument("--secret", default="", help="its secret (default: a new one that nobody guesses)")
    maak.add_argument("--label", default="", help="what people call it (default: the client id)")
    maak.add_argument("--organisatie", default="", help="abbreviation of whose it is (default: the main one)")
    rights = maak.add_mutually_exclusive_group(required=True)
    rights.add_argument("--alles", action="store_true", help="it may do everything in every API")
    rights.add_argument("--autorisaties", type=Path, metavar="FILE", help="JSON: autorisaties as the standard has them")
    act("toon", "Show the applications and their secrets' days; never the secrets.", client_id="?")
    roteer = act("roteer", "Give an application a new secret; the old ones go on for a while.", client_id="")
    roteer.add_argument("--secret", default="", help="the new secret (default: one that nobody guesses)")
    roteer.add_argument("--overlap", type=float, default=24.0, metavar="HOURS", help="how long (default: 24 hours)")
    act("intrek", "End every secret of an application at once: it can call no more.", client_id="")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; raises InstallationError with a sentence for what cannot be done."""
    from loket.assembly.cli import django_of, installation

    with django_of(installation(options)):
        from loket.foundation.access.actor import Actor
        from loket.foundation.api.problem import Problem
        from loket.foundation.errors import NotFound, Refused

        try:
            acts = {"maak": _maak, "toon": _toon, "roteer": _roteer, "intrek": _intrek}
            acts[options.act](Actor.system(f"loket applicatie {options.act}"), options)
        except Problem as problem:
            raise InstallationError("; ".join(f"{each.name}: {each.reason}" for each in problem.params)) from None
        except Refused as refused:
            raise InstallationError(refused.message) from None
        except NotFound:
            raise InstallationError(f"There is no application with the client id {options.client_id}.") from None
    return 0


def _maak(actor: Any, options: argparse.Namespace) -> None:
    from django.db import transaction

    from loket.registers.autorisaties import commands
    from loket.registers.autorisaties.api import lees_autorisaties

    autorisaties: list[dict[str, Any]] = []
    breed: list[dict[str, Any]] = []
    organisatie = organisatie_van(options.organisatie)
    if options.autorisaties:
        try:
            given = json.loads(options.autorisaties.read_text(encoding="utf-8"))
            broad = [each for each in given if isinstance(each, dict) and "catalogus" in each]
            autorisaties = lees_autorisaties([each for each in given if each not in broad])
            breed = [_breed(organisatie, each) for each in broad]
        except (OSError, ValueError) as error:
            raise InstallationError(f"{options.autorisaties} cannot be read: {error}") from None
    with transaction.atomic():
        id = commands.maak_applicatie(
            actor,
            organisatie=organisatie,
            label=options.label or options.client_id,
            client_ids=[options.client_id],
            alle=options.alles,
            autorisaties=autorisaties,
            breed=breed,
        )
        secret = commands.geef_geheim(actor, id, options.secret)
    print(f"client id: {options.client_id}\nsecret:    {secret}{_short(secret)}")


def _breed(organisatie: Any, given: dict[str, Any]) -> dict[str, Any]:
    """An autorisatie for a catalogue (by its domain), or for every version of one of its types."""
    from loket.registers.catalogi.models import Catalogus
    from loket.registers.catalogi.rules import rang

    catalogus = Catalogus.objects.filter(organisatie_id=organisatie, domein=given["catalogus"]).first()
    if catalogus is None:
        raise InstallationError(f"There is no catalogue {given['catalogus']!r}.")
    try:
        return {
            "component": str(given["component"]),
            "scopes": [str(each) for each in given["scopes"]],
            "catalogus_id": catalogus.id,
            "naam": str(given.get("identificatie") or given.get("omschrijving") or ""),
            "max_va": rang(given.get("maxVertrouwelijkheidaanduiding", "zeer_geheim")),
        }
    except KeyError as missing:
        raise InstallationError(f"In an autorisatie for a catalogue {missing} is missing.") from None


def _short(secret: str) -> str:
    from loket.registers.autorisaties.rules import KORT

    return f"\nThis secret has fewer than {KORT} bytes: use it for tests only." if len(secret.encode()) < KORT else ""


def organisatie_van(afkorting: str) -> Any:
    from loket.foundation.database.sql import rows

    found = rows("select id, afkorting, hoofd from loket_identity_organisatie order by hoofd desc, afkorting")
    if not found and not afkorting:
        return _proef()
    for each in found:
        if each["afkorting"] == afkorting or (not afkorting and (each["hoofd"] or len(found) == 1)):
            return each["id"]
    names = ", ".join(each["afkorting"] for each in found) or "there is none yet, see `loket organisation`"
    raise InstallationError(f"Say whose it is with --organisatie: {names}.")


def _proef() -> Any:
    """An organisation to try the APIs with, in an installation that has none yet."""
    from loket.foundation.access.actor import Actor
    from loket.foundation.beheer.commands import maak_organisatie

    made = maak_organisatie(
        Actor.system("loket applicatie"), naam="Proefgemeente", soort="gemeente", afkorting="PG", rsin="000000012"
    )
    print("There was no organisation yet: made Proefgemeente (PG), to try the APIs with.")
    return made.id


def _toon(actor: Any, options: argparse.Namespace) -> None:
    from loket.registers.autorisaties import queries

    for each in queries.overzicht(queries.id_van(options.client_id) if options.client_id else None):
        rights = "everything" if each.alle else f"{each.aantal} autorisatie(s)"
        print(f"{', '.join(each.client_ids) or '(no client id)'}: {each.label}, {rights}")
        for since, until in each.geheimen:
            print(f"  secret of {since} UTC" + (f", until {until} UTC" if until else ""))


def _roteer(actor: Any, options: argparse.Namespace) -> None:
    from loket.registers.autorisaties import commands, queries

    id = queries.id_van(options.client_id)
    hours = max(0.0, options.overlap)
    secret = commands.geef_geheim(actor, id, options.secret, overlap=timedelta(hours=hours))
    print(f"secret:    {secret}{_short(secret)}")
    print(f"The old ones end in {hours:g} hours." if hours else "The old ones ended now.")


def _intrek(actor: Any, options: argparse.Namespace) -> None:
    from loket.registers.autorisaties import commands, queries

    number = commands.trek_geheimen_in(actor, queries.id_van(options.client_id))
    print(f"{number} secret(s) ended. {options.client_id} can call again after `loket applicatie roteer`.")
