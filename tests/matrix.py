"""The examples of pages, the world of the access matrix, and an oracle that reads the rights one by one, as slowly and
plainly as it can."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from loket.assembly.begin import link
from loket.assembly.functies import FUNCTIES, zorg_voor_functies
from loket.assembly.standin.installation import PROVIDER_ID
from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.access.models import Recht
from loket.foundation.channels.commands import maak_kanaal
from loket.foundation.channels.models import Kanaal
from loket.foundation.identity import sleutels
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap, Team
from loket.foundation.inbox.models import Post, Postvak
from loket.foundation.mail import afmelden
from loket.foundation.mail.models import Bericht
from loket.foundation.mail.outbox import send
from loket.foundation.storage.files import store
from loket.foundation.time.clock import now, today
from loket.registers.catalogi.models import VERTROUWELIJKHEID
from loket.registers.klanten.commands import geef_internetaak
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken.commands import voeg_rol_toe, wijs_toe
from loket.registers.zaken.models import Rol, Toewijzing, Zaak, ZaakInformatieobject
from loket.registers.zaken.rules import LEZEN
from loket.services.kennis.commands.artikelen import publiceer, schrijf_artikel
from loket.services.kennis.models import Artikel
from loket.services.reacties.commands.behandeling import sluit_af
from loket.services.reacties.commands.keten import zend_door
from loket.services.reacties.commands.vervolg import sluit_aan
from loket.services.reacties.concepten import begin_concept
from loket.services.reacties.handelingen import PER_CODE
from loket.services.reacties.inzending import Foto
from tests.services.reacties.wereld import SYSTEEM, Wereld, bewoner, inzending

BUITEN = ("anoniem", "houder_van_link", "uit_dienst")
"""Who is nobody to us: not logged in, with no more than a link, or no longer an employee."""
TOON, WEG, NIET_VAN_U, VERBODEN, ALLEEN_POST = 200, 302, 404, 403, 405


@dataclass(frozen=True)
class Voorbeeld:
    """How a page is asked: its arguments in `Huis`, and what it answers (GET) to whom it lets in. `zaak`: the zaak that
    it is about, which who comes in must be allowed to see; `recht`: what one must be allowed to do with it. `eigen`: it
    is for a resident who has this role in the zaak. `van`: it is for employees of this organisation only; `team`: of
    this team only."""

    status: int = TOON
    zaak: str = ""
    recht: str = LEZEN
    eigen: tuple[str, ...] = ()
    van: str = ""
    team: str = ""
    vraag: str = ""
    args: dict[str, str] = field(default_factory=dict)


def _volg(status: int = TOON, **args: str) -> Voorbeeld:
    return Voorbeeld(status, args={"sleutel": "sleutels.wegen", **args})


def _mijn(status: int = TOON, *eigen: str, **args: str) -> Voorbeeld:
    rollen = eigen or ("initiator", "mede_initiator")
    return Voorbeeld(status, "wegen", eigen=rollen, args={"nummer": "zaken.wegen", **args})


MENS = {"id": "mensen.eerste_lijn"}
STOEP = {"document": "documenten.wegen"}
PAD = {"pad": "=melden"}
XML = {"vorm": "=.xml"}
MAIL = {"id": "mails.lw"}
POSTVAK = {"id": "postvakken.lw"}
ZAAK = {"nummer": "zaken.wegen"}
ARTIKEL = {"id": "artikelen.lw"}
VOORBEELDEN: dict[str, Voorbeeld] = {
    "identity:inloggen": Voorbeeld(),
    "identity:medewerker": Voorbeeld(),
    "identity:uitloggen": Voorbeeld(ALLEEN_POST),
    "openid_connect_login": Voorbeeld(WEG, args={"provider_id": f"={PROVIDER_ID}"}),
    "openid_connect_callback": Voorbeeld(VERBODEN, args={"provider_id": f"={PROVIDER_ID}"}),
    "identity:wachtwoord": Voorbeeld(args={"sleutel": "links.wachtwoord"}),
    "begin": Voorbeeld(args={"sleutel": "links.begin"}),
    "audit:gebruik": Voorbeeld(),
    "audit:spoor": Voorbeeld(),
    "beheer:begin": Voorbeeld(),
    "beheer:gezondheid": Voorbeeld(),
    "beheer:organisatie": Voorbeeld(),
    "beheer:teams": Voorbeeld(),
    "beheer:nieuw_team": Voorbeeld(),
    "beheer:team": Voorbeeld(van="lw", args={"id": "teams.lw"}),
    "beheer:medewerkers": Voorbeeld(),
    "beheer:nieuwe_medewerker": Voorbeeld(),
    "beheer:medewerker": Voorbeeld(van="lw", args=MENS),
    "beheer:geef_functie": Voorbeeld(ALLEEN_POST, args=MENS),
    "beheer:neem_functie": Voorbeeld(ALLEEN_POST, args={**MENS, "lid": "=1"}),
    "beheer:dienst": Voorbeeld(ALLEEN_POST, args=MENS),
    "beheer:wachtwoord": Voorbeeld(ALLEEN_POST, args=MENS),
    "channels:webhook": Voorbeeld(NIET_VAN_U, args={"id": "=00000000-0000-7000-8000-000000000000"}),
    "channels:kanalen": Voorbeeld(),
    "channels:nieuw": Voorbeeld(args={"soort": "=webhook"}),
    "channels:kanaal": Voorbeeld(van="lw", args={"id": "kanalen.lw"}),
    "channels:sleutel": Voorbeeld(ALLEEN_POST, args={"id": "kanalen.lw"}),
    "channels:opnieuw": Voorbeeld(
        ALLEEN_POST, args={"id": "kanalen.lw", "bericht": "=00000000-0000-7000-8000-000000000000"}
    ),
    "mail:postbus": Voorbeeld(),
    "mail:bericht": Voorbeeld(args=MAIL),
    "mail:opmaak": Voorbeeld(args=MAIL),
    "mail:bijlage": Voorbeeld(args={**MAIL, "nummer": "=0"}),
    "mail:beheer": Voorbeeld(),
    "mail:alles_opnieuw": Voorbeeld(ALLEEN_POST),
    "mail:dkim": Voorbeeld(),
    "mail:afmelden": Voorbeeld(args={"lijst": "=enquete", "teken": "links.afmelden"}),
    "mail:opnieuw": Voorbeeld(ALLEEN_POST, args=MAIL),
    "mail:tegenhouden": Voorbeeld(ALLEEN_POST, args=MAIL),
    "inbox:postvakken": Voorbeeld(),
    "inbox:nieuw": Voorbeeld(),
    "inbox:postvak": Voorbeeld(van="lw", args=POSTVAK),
    "inbox:imap": Voorbeeld(van="lw", args=POSTVAK),
    "inbox:probeer": Voorbeeld(ALLEEN_POST, args=POSTVAK),
    "inbox:kijk": Voorbeeld(ALLEEN_POST, args=POSTVAK),
    "inbox:ontkoppel": Voorbeeld(ALLEEN_POST, args=POSTVAK),
    "web:stijl": Voorbeeld(),
    "api:overzicht": Voorbeeld(),
    "api:naslag": Voorbeeld(args={"naam": "=autorisaties"}),
    "api:aansluiten": Voorbeeld(),
    "api:voorbeeld": Voorbeeld(args={"soort": "=sh"}),
    "web:taal": Voorbeeld(ALLEEN_POST),
    "web:help": Voorbeeld(ALLEEN_POST, args={"plek": "=vooraf"}),
    "web:thema": Voorbeeld(NIET_VAN_U, args={"afkorting": "=GT"}),
    "plekken:vlak": Voorbeeld(vraag="bbox=0,0,500,500&w=300&h=300"),
    "plekken:adressen": Voorbeeld(),
    "plekken:hier": Voorbeeld(NIET_VAN_U, vraag="x=1200&y=900"),
    "reacties:home": Voorbeeld(),
    "reacties:zoeken": Voorbeeld(vraag="q=stoep"),
    "reacties:zo_tellen_wij": Voorbeeld(),
    "reacties:nummer": Voorbeeld(),
    "reacties:nummer_klaar": Voorbeeld(),
    "reacties:wat": Voorbeeld(args=PAD),
    "reacties:waar": Voorbeeld(WEG, args=PAD),
    "reacties:gegevens_stap": Voorbeeld(WEG, args=PAD),
    "reacties:controleren": Voorbeeld(WEG, args=PAD),
    "reacties:binnen": Voorbeeld(WEG, args=PAD),
    "reacties:binnen_pdf": Voorbeeld(WEG, args=PAD),
    "reacties:foto": Voorbeeld(NIET_VAN_U, args={**PAD, "sleutel": "=van-een-ander"}),
    "reacties:open311_discovery": Voorbeeld(args=XML),
    "reacties:open311_services": Voorbeeld(vraag="jurisdiction_id=lw", args=XML),
    "reacties:open311_service": Voorbeeld(vraag="jurisdiction_id=lw", args={"code": "=lamp", **XML}),
    "reacties:open311_requests": Voorbeeld(vraag="jurisdiction_id=lw", args=XML),
    "reacties:open311_request": Voorbeeld(vraag="jurisdiction_id=lw", args={"nummer": "zaken.wegen", **XML}),
    "reacties:open311_token": Voorbeeld(NIET_VAN_U, vraag="jurisdiction_id=lw", args={"teken": "=aa", **XML}),
    "reacties:open311_basis": Voorbeeld(NIET_VAN_U),
    "reacties:open311_onbekend": Voorbeeld(NIET_VAN_U, args={"rest": "=v1"}),
    "reacties:volg": _volg(),
    "reacties:bericht": _volg(ALLEEN_POST),
    "reacties:beoordeel": _volg(ALLEEN_POST),
    "reacties:heropen": _volg(ALLEEN_POST),
    "reacties:intrekken": _volg(),
    "reacties:voorkeur": _volg(),
    "reacties:gegevens": _volg(),
    "reacties:terugbellen": _volg(),
    "reacties:document": _volg(TOON, **STOEP),
    "reacties:klein": _volg(TOON, **STOEP),
    "reacties:handeling": Voorbeeld(zaak="wegen", recht=PER_CODE["antwoord"].recht, args={**ZAAK, "code": "=antwoord"}),
    "reacties:taak": Voorbeeld(zaak="specialist", args={"taak": "taken.specialist", "code": "=beantwoorden"}),
    "reacties:samen": Voorbeeld(WEG, args={"code": "=doorzetten"}),
    "reacties:klachten": Voorbeeld(),
    "reacties:klachtregeling": Voorbeeld(),
    "reacties:klachten_jaar": Voorbeeld(args={"jaar": "=2026"}),
    "reacties:klachten_csv": Voorbeeld(args={"jaar": "=2026"}),
    "reacties:afwezig": Voorbeeld(),
    "reacties:nieuw_gesprek": Voorbeeld(WEG),
    "reacties:gesprekken": Voorbeeld(),
    "reacties:gesprek": Voorbeeld(args={"gesprek": "=00000000-0000-7000-8000-000000000000"}),
    "reacties:gesprek_bewaar": Voorbeeld(ALLEEN_POST, args={"gesprek": "=00000000-0000-7000-8000-000000000000"}),
    "reacties:terugbel_lijst": Voorbeeld(),
    "reacties:bel_mij": Voorbeeld(),
    "reacties:postkamer": Voorbeeld(),
    "reacties:post": Voorbeeld(van="lw", team="lw", args={"post": "post.lw"}),
    "reacties:bericht_mail": Voorbeeld(NIET_VAN_U, args={"bericht": "=00000000-0000-7000-8000-000000000000"}),
    "reacties:bericht_bron": Voorbeeld(NIET_VAN_U, args={"bericht": "=00000000-0000-7000-8000-000000000000"}),
    "reacties:post_bron": Voorbeeld(van="lw", team="lw", args={"post": "post.lw"}),
    "reacties:terug": Voorbeeld(ALLEEN_POST, args={"afwezigheid": "=1"}),
    "reacties:mijn_zaken": Voorbeeld(),
    "reacties:mijn_zaak": _mijn(),
    "reacties:mijn_bericht": _mijn(ALLEEN_POST),
    "reacties:mijn_beoordeel": _mijn(ALLEEN_POST),
    "reacties:mijn_heropen": _mijn(ALLEEN_POST),
    "reacties:mijn_intrekken": _mijn(),
    "reacties:mijn_voorkeur": _mijn(),
    "reacties:mijn_gegevens": _mijn(),
    "reacties:mijn_terugbellen": _mijn(),
    "reacties:mijn_document": _mijn(TOON, "initiator", **STOEP),
    "reacties:mijn_klein": _mijn(TOON, "initiator", **STOEP),
    "werkplek:begin": Voorbeeld(WEG),
    "werkplek:lijst": Voorbeeld(args={"code": "=triage"}),
    "werkplek:nieuw": Voorbeeld(args={"code": "=triage"}),
    "werkplek:taken": Voorbeeld(),
    "werkplek:zoeken": Voorbeeld(vraag="q=tegel"),
    "werkplek:zaak": Voorbeeld(zaak="wegen", args=ZAAK),
    "werkplek:zaak_nieuw": Voorbeeld(zaak="wegen", args=ZAAK),
    "werkplek:document": Voorbeeld(zaak="wegen", args=STOEP),
    "mijn:overzicht": Voorbeeld(),
    "mijn:gebruik": Voorbeeld(),
    "mijn:gebruik_json": Voorbeeld(),
    "mijn:gebruik_csv": Voorbeeld(),
    "mijn:gegevens": Voorbeeld(),
    "kennis:antwoorden": Voorbeeld(vraag="q=tegel"),
    "notificaties:beheer": Voorbeeld(),
    "algoritmen:lijst": Voorbeeld(),
    "algoritmen:beheer": Voorbeeld(),
    "algoritmen:een": Voorbeeld(args={"code": "=team"}),
    "algoritmen:cijfers": Voorbeeld(args={"code": "=team"}),
    "kennis:antwoord": Voorbeeld(args={"slug": "links.artikel"}),
    "kennis:lijst": Voorbeeld(),
    "kennis:nieuw": Voorbeeld(),
    "kennis:regels": Voorbeeld(),
    "kennis:uitvoer": Voorbeeld(args={"vorm": "=json"}),
    "kennis:artikel": Voorbeeld(van="lw", args=ARTIKEL),
    "kennis:versie": Voorbeeld(van="lw", args={**ARTIKEL, "nummer": "=1"}),
    "kennis:wijzig": Voorbeeld(van="lw", args=ARTIKEL),
    "kennis:gegevens": Voorbeeld(van="lw", args=ARTIKEL),
    "kennis:doe": Voorbeeld(ALLEEN_POST, args={**ARTIKEL, "daad": "=publiceer"}),
    "healthz": Voorbeeld(),
}

GENOEMD = ("initiator", "mede_initiator", "belanghebbende")
SLOOT = "De duiker onder de Dijkweg zit verstopt, de sloot loopt over."


@dataclass
class Huis:
    """Two organisations, an employee for each functie, residents, and zaken of every kind."""

    lw: Wereld = field(default_factory=lambda: Wereld("LW", "Gemeente Lindewaard"))
    gt: Wereld = field(default_factory=lambda: Wereld("GT", "Waterschap Het Groene Tij", "waterschap"))
    mensen: dict[str, Gebruiker] = field(default_factory=dict)
    bewoners: dict[str, Actor] = field(default_factory=dict)
    zaken: dict[str, Zaak] = field(default_factory=dict)
    sleutels: dict[str, str] = field(default_factory=dict)
    documenten: dict[str, UUID] = field(default_factory=dict)
    taken: dict[str, Internetaak] = field(default_factory=dict)
    mails: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    kanalen: dict[str, Kanaal] = field(default_factory=dict)
    postvakken: dict[str, Postvak] = field(default_factory=dict)
    post: dict[str, Post] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    artikelen: dict[str, Artikel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._mensen()
        self.bewoners = {"bewoner_a": bewoner("Tineke Hazelhoff"), "bewoner_b": bewoner("Joris van Ommen")}
        self._zaken()
        self._mails()
        self._artikel()
        self.kanalen = {code: self._kanaal(wereld) for code, wereld in (("lw", self.lw), ("gt", self.gt))}
        self.teams = {"lw": self.lw.een, "gt": self.gt.een}
        self.postvakken["lw"] = Postvak.objects.create(
            organisatie=self.lw.organisatie, adres="post@lw.voorbeeld.nl", naam="Post", team=self.lw.een
        )
        self._post()
        self.links |= {"wachtwoord": sleutels.maak(self.mensen["zonder_functie"]), "begin": link().rpartition("/")[2]}
        self.links["afmelden"] = afmelden.link("enquete", "t.hazelhoff@voorbeeld.nl").rpartition("/")[2]

    # --- people ---------------------------------------------------------------------------------------

    def _mensen(self) -> None:
        functies = zorg_voor_functies()
        teams = {
            "tweede_lijn": self.lw.wegen,
            "derde_lijn": self.lw.specialisten,
            "coordinator": self.lw.wegen,
            "klachtbehandelaar": self.lw.klachten,
        }

        def neem(code: str, wereld: Wereld, *leden: tuple[str, Team]) -> Gebruiker:
            wie = self.mensen[code] = wereld.mens(code)
            for functie, team in leden:
                Lidmaatschap.objects.create(gebruiker=wie, team=team, functie=functies[functie])
            return wie

        for code in FUNCTIES:
            neem(code, self.lw, (code, teams.get(code, self.lw.een)))
        neem("tweede_klachtbehandelaar", self.lw, ("klachtbehandelaar", self.lw.klachten))
        neem("twee_petten", self.lw, ("tweede_lijn", self.lw.water), ("klachtbehandelaar", self.lw.klachten))
        neem("vervanger", self.lw, ("klachtbehandelaar", self.lw.klachten))
        neem("zonder_functie", self.lw)
        for code in ("eerste_lijn", "klachtbehandelaar", "beheerder"):
            neem(f"gt_{code}", self.gt, (code, self.gt.klachten if code == "klachtbehandelaar" else self.gt.een))
        weg = neem("uit_dienst", self.lw, ("eerste_lijn", self.lw.een))
        Gebruiker.objects.filter(id=weg.id).update(is_active=False)
        Afwezigheid.objects.create(
            gebruiker=self.mensen["klachtbehandelaar"],
            van=today() - timedelta(days=1),
            tot_en_met=today() + timedelta(days=1),
            vervanger=self.mensen["vervanger"],
        )

    # --- zaken ----------------------------------------------------------------------------------------

    def _neem(self, code: str, wereld: Wereld, wie: Actor = ANONYMOUS, **velden: Any) -> Zaak:
        ontvangst = wereld.ontvang(wie, **velden)
        self.sleutels[code] = ontvangst.sleutel
        self.zaken[code] = Zaak.objects.get(id=ontvangst.zaak)
        return self.zaken[code]

    def _foto(self, code: str) -> Foto:
        bewaard = store(f"foto {code}".encode())
        return Foto(code, f"{code}.jpg", bewaard.sha256, bewaard.size, "image/jpeg", bewaard.sha256)

    def _zaken(self) -> None:
        a, b = self.bewoners.values()
        for soort in ("melding", "vraag", "klacht", "compliment"):
            self._neem(f"vrij_{soort}", self.lw, soort=soort, categorie="")
            self._neem(f"gt_{soort}", self.gt, soort=soort, categorie="")
        self._wegen(a, b)
        for code in ("klacht", "klacht_over_vervanger"):  # he stands in for who handles it, and it is about him
            klacht = self._neem(code, self.lw, a, soort="klacht", categorie="", fotos=(self._foto(code),))
            wijs_toe(SYSTEEM, klacht, team=self.lw.klachten.id, behandelaar=self.mensen["klachtbehandelaar"].id)
        voeg_rol_toe(SYSTEEM, klacht, "belanghebbende", medewerker=self.mensen["vervanger"])
        specialist = self._neem("specialist", self.lw, b)
        self.taken["specialist"] = self._vraag(specialist, team=self.lw.specialisten)
        aan_naam = self._neem("klacht_vraag", self.lw, soort="klacht", categorie="")
        self.taken["klacht_vraag"] = self._vraag(aan_naam, medewerker=self.mensen["twee_petten"])
        sluit_af(SYSTEEM, self._neem("gesloten", self.lw), "Opgelost", "De tegel ligt weer recht.")
        self._duiker(a)
        for code, zaak in self.zaken.items():
            for regel in ZaakInformatieobject.objects.filter(zaak=zaak):
                self.documenten.setdefault(code, regel.informatieobject_id)

    def _wegen(self, a: Actor, b: Actor) -> None:
        """A report with a photo that the second line handles, and that somebody else joined."""
        zaak = self._neem("wegen", self.lw, a, fotos=(self._foto("stoep"),))
        wijs_toe(SYSTEEM, zaak, team=self.lw.wegen.id, behandelaar=self.mensen["tweede_lijn"].id)
        concept, _geheim = begin_concept("melding")
        ook = sluit_aan(b, zaak.id, inzending(email="j.vanommen@voorbeeld.nl", naam="Joris"), concept=concept)
        self.sleutels["wegen_ook"] = ook.sleutel

    def _duiker(self, a: Actor) -> None:
        """A report that was passed on to the water board, under the same number."""
        hier = self._neem("doorgezonden", self.lw, a, tekst=SLOOT, categorie="water", fotos=(self._foto("sloot"),))
        wie = self.lw.actor("Doorzender")
        daar = zend_door(wie, hier, self.gt.organisatie, waarom="De sloot is van het waterschap.", idempotency_key="1")
        assert daar.nieuwe_zaak is not None
        self.zaken["gt_doorgezonden"] = daar.nieuwe_zaak

    def _vraag(self, zaak: Zaak, team: Team | None = None, medewerker: Gebruiker | None = None) -> Internetaak:
        return geef_internetaak(
            SYSTEEM,
            zaak,
            soort="vraag",
            gevraagde_handeling="Klopt dit?",
            uiterlijk=now() + timedelta(days=3),
            idempotency_key=f"vraag:{zaak.id}",
            team=team,
            medewerker=medewerker,
            coordinator=self.mensen["coordinator"] if team else medewerker,
        )

    @staticmethod
    def _kanaal(wereld: Wereld) -> Kanaal:
        wij = Actor.system("test", wereld.organisatie.id)
        waar = {"adres": "http://brug.voorbeeld.nl"}
        return maak_kanaal(wij, soort="webhook", naam="Brug", team=wereld.een.id, instellingen=waar)[0]

    def _artikel(self) -> None:
        """An article of knowledge that residents may read, of each organisation, at the same address."""
        for code, wereld, wie in (("lw", self.lw, "coordinator"), ("gt", self.gt, "gt_eerste_lijn")):
            self.artikelen[code] = artikel = schrijf_artikel(
                SYSTEEM,
                organisatie=wereld.organisatie.id,
                onderwerp="Straat",
                eigenaar=self.mensen[wie].id,
                team=wereld.een.id,
                geldig_tot=today() + timedelta(days=100),
                vraag="Wie maakt een losse tegel?",
                antwoord="Wij. Meld hem.",
            )
            publiceer(SYSTEEM, artikel.id, 1)
            self.links["artikel"] = artikel.slug

    def _mails(self) -> None:
        for code, wereld in (("lw", self.lw), ("gt", self.gt)):
            key = send(
                to="t.hazelhoff@voorbeeld.nl",
                subject="Uw melding",
                text="Wij kregen uw melding.",
                key=f"matrix:{code}",
                organisatie=wereld.organisatie,
                attachments=[("brief.txt", "text/plain", store(b"brief").sha256)],
            )
            Bericht.objects.filter(id=key).update(state="mislukt")
            self.mails[code] = key

    def _post(self) -> None:
        """A mail that waits for the first line of the municipality."""
        bewaard = store(b"From: iemand@voorbeeld.nl\r\nTo: post@lw.voorbeeld.nl\r\nSubject: Vraag\r\n\r\nWaarom?\r\n")
        self.post["lw"] = Post.objects.create(
            organisatie=self.lw.organisatie,
            postvak=self.postvakken["lw"],
            vingerafdruk=b"matrix",
            herkomst="smtp",
            envelop_van="iemand@voorbeeld.nl",
            envelop_aan=["post@lw.voorbeeld.nl"],
            sha256=bewaard.sha256,
            grootte=bewaard.size,
            ontvangen_op=now(),
            stand=Post.Stand.QUARANTAINE,
            reden="automaat",
            team=self.lw.een,
            uiterlijk=today() + timedelta(days=2),
        )


# --- the oracle ---------------------------------------------------------------------------------------


def rechten(wie: Gebruiker) -> list[Recht]:
    """Every right of an employee; none of somebody who left."""
    if not Gebruiker.objects.get(id=wie.id).is_active:
        return []
    leden = Lidmaatschap.objects.filter(gebruiker=wie)
    return [recht for lid in leden for recht in Recht.objects.filter(functie_id=lid.functie_id)]


def mag(wie: Gebruiker, handeling: str, zaak: Zaak) -> bool:
    """Whether this employee may do this with this zaak, by the words of the rules: one right after another."""
    if Rol.objects.filter(zaak=zaak, medewerker=wie, omschrijving_generiek="belanghebbende").exists():
        return False
    return any(_dekt(wie, recht, zaak) for recht in rechten(wie) if recht.handeling == handeling)


def _dekt(wie: Gebruiker, recht: Recht, zaak: Zaak) -> bool:
    if zaak.organisatie_id != wie.organisatie_id:
        return False
    if recht.zaaktype and recht.zaaktype != zaak.zaaktype.identificatie:
        return False
    if VERTROUWELIJKHEID.index(zaak.vertrouwelijkheidaanduiding) + 1 > recht.max_va:
        return False
    if recht.bereik == "organisatie":
        return True
    return _betrokken(wie, zaak) or (recht.bereik == "team" and _van_team(wie, zaak))


def _betrokken(wie: Gebruiker, zaak: Zaak) -> bool:
    """Named in it, or with an open task in it, or standing in for somebody who is."""
    namens = {wie.id}
    for afwezig in Afwezigheid.objects.filter(vervanger=wie):
        if afwezig.van <= today() <= afwezig.tot_en_met:
            namens.add(afwezig.gebruiker_id)
    rollen = [rol for rol in Rol.objects.filter(zaak=zaak) if rol.omschrijving_generiek != "belanghebbende"]
    if any(rol.medewerker_id in namens for rol in rollen):
        return True
    for taak in Internetaak.objects.filter(zaak=zaak):
        if taak.status == "afgehandeld":
            continue
        if wie.id in (taak.medewerker_id, taak.opgepakt_door_id, taak.vervanger_id, taak.coordinator_id):
            return True
        if taak.medewerker_id in namens:
            return True
    return False


def _van_team(wie: Gebruiker, zaak: Zaak) -> bool:
    """One of the own teams has it, had it, or was asked about it."""
    teams = {lid.team_id for lid in Lidmaatschap.objects.filter(gebruiker=wie)}
    had = {toewijzing.team_id for toewijzing in Toewijzing.objects.filter(zaak=zaak)}
    gevraagd = {taak.team_id for taak in Internetaak.objects.filter(zaak=zaak)}
    return bool(teams & (had | gevraagd))


def van_bewoner(wie: Actor, zaak: Zaak) -> set[str]:
    """The roles that this resident has in a zaak."""
    rollen = Rol.objects.filter(zaak=zaak, partij__pseudoniem=wie.pseudoniem)
    return {rol.omschrijving_generiek for rol in rollen}
