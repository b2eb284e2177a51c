"""From a mail in the storage to what can be placed: read once, with who wrote it and what it refers to."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from loket.engines.brievenbus.brief import Brief, Soort
from loket.engines.brievenbus.draden import Eigen
from loket.engines.brievenbus.fouten import BriefFout
from loket.engines.brievenbus.lezen import lees
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import Refused
from loket.foundation.inbox.rules import split_extension
from loket.foundation.mail.message import Envelope
from loket.foundation.storage.files import read
from loket.services.reacties import rules, sleutels
from loket.services.reacties.fotos import neem_bestand
from loket.services.reacties.inzending import MAX_NAAM, Foto
from loket.services.reacties.post_besluit import antwoord_aan, schrijver_van, stukken, weggelaten


@dataclass(frozen=True)
class Lezing:
    """A mail, read. `afzender` says by which address somebody is known, `email` where an answer goes (they differ when
    a form wrote it), `schrijver` whose words a forwarded mail holds. `tekens`: the followers that our own tokens name;
    `intern`: it was written at one of our own domains."""

    brief: Brief
    afzender: str
    naam: str
    email: str
    eigen: Eigen
    tekens: tuple[UUID, ...] = ()
    schrijver: str = ""
    schrijver_naam: str = ""
    fout: str = ""
    niet_bewaard: list[str] = field(default_factory=list)

    @property
    def intern(self) -> bool:
        """Somebody with an address at one of our own domains wrote it."""
        return self.afzender.rpartition("@")[2] in self.eigen.domeinen

    @property
    def ingekort(self) -> bool:
        """Whether the text is too long to be shown whole."""
        return len(_hele_tekst(self, onderwerp=True)) > rules.MAX_TEKST


def eigen() -> Eigen:
    """What is ours, so that it is known when it comes back."""
    adressen = frozenset(each["adres"] for each in rows("select adres from loket_inbox_postvak"))
    afkortingen = frozenset(each["afkorting"] for each in rows("select afkorting from loket_identity_organisatie"))
    afzender = Envelope.of(settings.MAIL_FROM).address.lower()
    domeinen = {adres.rpartition("@")[2] for adres in (*adressen, afzender)} - {""}
    return Eigen(
        domeinen=frozenset(domeinen | {_ascii(domein) for domein in domeinen}),
        adressen=(adressen | {afzender}) - {""},
        afkortingen=afkortingen,
        luswaarde=sleutels.lusteken(),
    )


def _ascii(domein: str) -> str:
    """As it stands in our Message-IDs."""
    try:
        return domein.encode("idna").decode("ascii")
    except UnicodeError:
        return domein


def lees_mail(post: dict[str, Any]) -> Lezing:
    """Read this mail. Whatever is wrong with it, there is an answer; `fout` says that it could not be read whole."""
    ons, fout = eigen(), ""
    try:
        brief = _lees(post, ons)
        if brief.soort is Soort.LUS and _nooit_verstuurd(brief.kop.message_id, ons):
            brief = _lees(post, replace(ons, vreemd=frozenset({brief.kop.message_id})))
    except BriefFout as onleesbaar:
        brief, fout = onleesbaar.brief, "onleesbaar"
    van = brief.kop.van[0] if brief.kop.van else brief.kop.afzender
    afzender = van.adres.lower() if van else ""
    naar = antwoord_aan(brief, ons.adressen)
    schrijver = schrijver_van(brief, afzender)
    return Lezing(
        brief,
        afzender,
        _naam(naar.naam if naar else van.naam if van else ""),
        naar.adres.lower() if naar else "",
        ons,
        _tekens(brief, post),
        schrijver.adres.lower() if schrijver else "",
        _naam(schrijver.naam if schrijver else ""),
        fout,
    )


def _naam(naam: str) -> str:
    return naam.replace("\x00", "")[:MAX_NAAM]


def _lees(post: dict[str, Any], ons: Eigen) -> Brief:
    # who fetches mail from a mailbox does not know the sender of the envelope; a mail server does
    weet = post["envelop_van"] or post["herkomst"] in ("smtp", "lmtp")
    return lees(
        read(post["sha256"]),
        eigen=ons,
        ontvangers=tuple(post["envelop_aan"]),
        ontvangen=post["ontvangen_op"],
        retourpad=post["envelop_van"] if weet else None,
    )


def _nooit_verstuurd(message_id: str, ons: Eigen) -> bool:
    """Whether this Message-ID has our shape, and yet is not one of ours."""
    if not ons.is_eigen_id(message_id):
        return False
    sleutel = UUID(message_id.strip("<>").partition("@")[0])
    return row("select 1 from loket_mail_bericht where id = %s", (sleutel,)) is None


def _tekens(brief: Brief, post: dict[str, Any]) -> tuple[UUID, ...]:
    """The followers whom our tokens name: in an address, and behind the number in the subject."""
    kop = brief.kop
    gericht = [*post["envelop_aan"], *kop.bezorgd_aan, *(each.adres for each in (*kop.aan, *kop.cc))]
    kenmerken = dict.fromkeys([*(split_extension(adres)[1] for adres in gericht), *brief.draad.kenmerken_adres])
    links = [sleutels.link_van_teken(kenmerk) for kenmerk in kenmerken if kenmerk]
    links += _uit_onderwerp([each.split() for each in brief.draad.kenmerken_onderwerp])
    return tuple(dict.fromkeys(link for link in links if link is not None))


_VOLGERS = """
select v.id, z.identificatie from loket_identity_organisatie o
join zaken_zaak z on z.organisatie_id = o.id and z.identificatie = any(%s)
join reacties_volglink v on v.ingetrokken_op is null and v.zaak_id = any(array(
    select r.andere_zaak_id from zaken_zaakrelatie r
    where r.zaak_id = z.id and r.aard_relatie in ('doorgezonden', 'duplicaat')) || z.id)"""


def _uit_onderwerp(kenmerken: list[list[str]]) -> list[UUID]:
    paren = {(each[0], each[1]) for each in kenmerken if len(each) == 2}
    if not paren:
        return []
    gevonden = rows(_VOLGERS, ([nummer for nummer, _teken in paren],))
    return [
        rij["id"]
        for rij in gevonden
        for nummer, teken in paren
        if nummer == rij["identificatie"] and sleutels.is_onderwerpteken(teken, rij["id"])
    ]


def nummers_van(brief: Brief) -> list[str]:
    """The numbers of zaken that the mail names; those in its subject first."""
    in_onderwerp = [each.split()[0] for each in brief.draad.kenmerken_onderwerp]
    return list(dict.fromkeys([*in_onderwerp, *brief.draad.nummers]))


# -- what is kept of it in the reactie --------------------------------------------------------------------------------


def bestanden(lezing: Lezing) -> list[Foto]:
    """The attachments as they are kept; what cannot be kept is named, and stays in the mail as it came."""
    goed: list[Foto] = []
    for each in stukken(lezing.brief):
        if len(goed) == rules.MAX_FOTOS:
            lezing.niet_bewaard.append(each.naam)
            continue
        try:
            goed.append(neem_bestand(SimpleUploadedFile(each.naam, each.inhoud)))
        except Refused:
            lezing.niet_bewaard.append(each.naam)
    lezing.niet_bewaard.extend(weggelaten(lezing.brief))
    return goed


def tekst_van(lezing: Lezing, *, onderwerp: bool) -> str:
    """The text to show, within what a message may hold; the mail as it came is kept whole."""
    tekst = _hele_tekst(lezing, onderwerp=onderwerp)
    if len(tekst) <= rules.MAX_TEKST:
        return tekst
    einde = _("\n\n(De e-mail is langer. Hij is helemaal bewaard.)")
    return tekst[: rules.MAX_TEKST - len(einde)] + einde


def _hele_tekst(lezing: Lezing, *, onderwerp: bool) -> str:
    brief = lezing.brief
    delen = [brief.kop.onderwerp.strip() if onderwerp else "", brief.inhoud.strip()]
    delen += [afspraak.in_woorden for afspraak in brief.afspraken]
    return "\n\n".join(deel for deel in delen if deel).replace("\x00", "")
