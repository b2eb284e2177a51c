"""`loket zaaktype exporteer|verschil|importeer|zet-over`: zaaktypen between installations, and running zaken to a new
version, from the command line."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from loket.assembly.installation import InstallationError

type Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def declare(add: Add) -> None:
    """Add the command with its acts."""
    top = add("zaaktype", run, "Take zaaktypen to another Loket, and running zaken to a new version.")
    acts = top.add_subparsers(metavar="ACT", dest="act", required=True)

    def act(name: str, text: str) -> argparse.ArgumentParser:
        sub = acts.add_parser(name, help=text, description=text)
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="as for every command")
        sub.add_argument("--organisatie", default="", help="abbreviation of whose it is (default: the main one)")
        sub.add_argument("--domein", default="", help="the domain of the catalogue, when there are more")
        return sub

    uit = act("exporteer", "Write a zaaktype with all its parts to one file.")
    uit.add_argument("identificatie", help="of the zaaktype")
    uit.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    uit.add_argument("--begin", type=_dag, metavar="DATE", help="the version that began then (default: in force today)")
    for name, text in (
        ("verschil", "Show what a file would change here. Changes nothing."),
        ("importeer", "Take in a file: what differs becomes a concept, what is published stays as it is."),
    ):
        sub = act(name, text)
        sub.add_argument("file", type=Path, help="the file that `loket zaaktype exporteer` wrote")
    sub.add_argument("--begin", type=_dag, metavar="DATE", help="from when a new version will be valid")
    over = act("zet-over", "Move open zaken to another version, and say which cannot. Without --doe it only looks.")
    over.add_argument("identificatie", help="of the zaaktype")
    over.add_argument("--van", type=_dag, metavar="DATE", required=True, help="the version that began then")
    over.add_argument("--naar", type=_dag, metavar="DATE", help="to the version that began then (default: in force)")
    over.add_argument("--doe", action="store_true", help="move them")
    over.add_argument("--waarom", default="", help="why, for the trail")


def _dag(text: str) -> date:
    return date.fromisoformat(text)


def run(options: argparse.Namespace) -> int:
    """Do what was asked; raises InstallationError with a sentence for what cannot be done."""
    from loket.assembly.cli import django_of, installation

    with django_of(installation(options)):
        from loket.foundation.access.actor import Actor
        from loket.foundation.errors import NotFound, Refused

        acts = {"exporteer": _exporteer, "verschil": _verschil, "importeer": _importeer, "zet-over": _zet_over}
        try:
            catalogus = _catalogus(options)
            actor = Actor.system(f"loket zaaktype {options.act}", catalogus.organisatie_id)
            for line in acts[options.act](actor, catalogus, options):
                print(line)
        except Refused as refused:
            raise InstallationError(refused.message) from None
        except NotFound as found:
            raise InstallationError(str(found)) from None
    return 0


def _catalogus(options: argparse.Namespace) -> Any:
    """The catalogue that is meant: the only one of the organisation, or that of `--domein`; for an act on a zaaktype
    that is here, the only one that has it."""
    from loket.assembly.applicatie import organisatie_van
    from loket.registers.catalogi.models import Catalogus

    found = Catalogus.objects.filter(organisatie_id=organisatie_van(options.organisatie)).order_by("domein")
    if options.domein:
        found = found.filter(domein=options.domein)
    elif identificatie := getattr(options, "identificatie", ""):
        found = found.filter(zaaktypen__identificatie=identificatie).distinct()
    if len(found) == 1:
        return found[0]
    if not found and (options.domein or getattr(options, "identificatie", "")):
        raise InstallationError("There is no such zaaktype or catalogue.")
    if not found:
        raise InstallationError("There is no catalogue yet.")
    raise InstallationError(f"Say which catalogue with --domein: {', '.join(each.domein for each in found)}.")


def _versie(catalogus: Any, identificatie: str, begin: date | None) -> Any:
    """A version of a zaaktype: that began on a day, else in force today, else the concept."""
    from loket.foundation.time.clock import today
    from loket.registers.catalogi.models import Zaaktype

    alle = list(Zaaktype.objects.filter(catalogus=catalogus, identificatie=identificatie).order_by("-begin_geldigheid"))
    dag = today()
    for each in alle:
        gold = not each.concept and each.begin_geldigheid <= dag <= (each.einde_geldigheid or dag)
        if each.begin_geldigheid == begin or (begin is None and (gold or len(alle) == 1)):
            return each
    dagen = ", ".join(str(each.begin_geldigheid) for each in alle)
    raise InstallationError(f"Say which version of {identificatie}: {dagen or 'there is none'}.")


def _gelezen(options: argparse.Namespace) -> Any:
    try:
        return json.loads(options.file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InstallationError(f"{options.file} cannot be read: {error}") from None


def _exporteer(actor: Any, catalogus: Any, options: argparse.Namespace) -> list[str]:
    from loket.registers.catalogi.reizen import exporteer

    document = exporteer(_versie(catalogus, options.identificatie, options.begin).id)
    try:
        with options.file.open("x", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")
    except OSError as error:
        raise InstallationError(f"{options.file} cannot be written: {error.strerror}") from None
    return [f"{options.file}: {options.identificatie}, with what belongs to it."]


def _verschil(actor: Any, catalogus: Any, options: argparse.Namespace) -> list[str]:
    from loket.registers.catalogi.reizen import verschil

    return verschil(actor, catalogus, _gelezen(options)).tekst()


def _importeer(actor: Any, catalogus: Any, options: argparse.Namespace) -> list[str]:
    from loket.registers.catalogi.commands import importeer

    return importeer(actor, catalogus, _gelezen(options), begin=options.begin).tekst()


def _zet_over(actor: Any, catalogus: Any, options: argparse.Namespace) -> list[str]:
    from loket.registers.zaken.commands import zet_over

    van = _versie(catalogus, options.identificatie, options.van)
    naar = _versie(catalogus, options.identificatie, options.naar)
    verslag = zet_over(actor, naar.id, van=van.id, proef=not options.doe, waarom=options.waarom)
    return verslag.tekst()
