"""The envelope facts and the marks that could join a mail to an earlier one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from loket.engines.brievenbus.adressen import adressen
from loket.engines.brievenbus.brief import Adres, Soort
from loket.engines.brievenbus.draden import kaal_onderwerp
from loket.engines.brievenbus.kopfeiten import lees_datum
from loket.engines.brievenbus.koppen import ontcijferd
from loket.engines.brievenbus.lezen import lees

from .bouw import EIGEN, ONS_ID, tekst


@pytest.mark.parametrize(
    ("veld", "verwacht"),
    [
        ("Jan <jan@X.NL>", [("jan@x.nl", "Jan")]),
        ('"Jansen, Jan" <jan@x.nl>, p@x.nl', [("jan@x.nl", "Jansen, Jan"), ("p@x.nl", "")]),
        ("jan@x.nl (Jan)", [("jan@x.nl", "Jan")]),
        ("team: a@x.nl, b@x.nl;", [("a@x.nl", ""), ("b@x.nl", "")]),
        ('"burgemeester@x.nl" <dief@y.nl>', [("dief@y.nl", "burgemeester@x.nl")]),
        ("=?utf-8?Q?Jan_=3Cvals=40x.nl=3E=2C?= <echt@y.nl>", [("echt@y.nl", "Jan <vals@x.nl>,")]),
        ("\u202eJan <jan@x.nl>", [("jan@x.nl", "Jan")]),
        ("Jan <jan@x.nl", [("jan@x.nl", "Jan")]),
        ("Jan jan@x.nl", [("jan@x.nl", "Jan")]),
        ("undisclosed-recipients:;", []),
        ("<>", []),
        ("Jan", [("", "Jan")]),
    ],
)
def test_addresses(veld: str, verwacht: list[tuple[str, str]]) -> None:
    assert adressen(veld.encode()) == tuple(Adres(*paar) for paar in verwacht)


@pytest.mark.parametrize(
    ("rauw", "verwacht"),
    [
        (b"=?utf-8?B?w6k=?= =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "écafé"),
        (b"=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
        (b"caf\xc3\xa9", "café"),
        (b"caf\xe9", "café"),
        (b"=?iso-8859-1*nl?Q?caf=E9?=", "café"),
        (b"=?utf-8?B?w6k?=", "é"),
        (b"=?x?z?a?=", "=?x?z?a?="),
        (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"a\r\n b", "a b"),
    ],
)
def test_encoded_words(rauw: bytes, verwacht: str) -> None:
    assert ontcijferd(rauw) == verwacht


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        ("Mon, 05 Oct 2026 10:12:00 +0200", datetime(2026, 10, 5, 8, 12, tzinfo=UTC)),
        ("ma, 5 okt 2026 10:12:00 +0200", datetime(2026, 10, 5, 8, 12, tzinfo=UTC)),
        ("5 mei 2026 10:12 +0000", datetime(2026, 5, 5, 10, 12, tzinfo=UTC)),
        ("gisteren", None),
        ("Mon, 99 Oct 2026 10:12:00 +0200", None),
        ("", None),
    ],
)
def test_dates(waarde: str, verwacht: datetime | None) -> None:
    assert lees_datum(waarde) == verwacht


def test_a_date_is_judged_by_the_moment_of_receipt() -> None:
    toen = datetime(2026, 10, 5, 9, tzinfo=UTC)
    assert lees(tekst("x"), ontvangen=toen).kop.datum_aannemelijk
    assert not lees(tekst("x", Date="Mon, 05 Oct 2020 10:12:00 +0200"), ontvangen=toen).kop.datum_aannemelijk


@pytest.mark.parametrize(
    ("onderwerp", "kaal", "antwoord", "doorstuur"),
    [
        ("Re: Lantaarn", "Lantaarn", True, False),
        ("Antw: RE: Lantaarn", "Lantaarn", True, False),
        ("AW: WG: Lantaarn", "Lantaarn", True, False),
        ("FW: RE: Lantaarn", "Lantaarn", False, True),
        ("Re[2]: [LW-2026-000123 x7] Lantaarn", "Lantaarn", True, False),
        ("[EXTERN] Re: Lantaarn", "Lantaarn", True, False),
        ("DST: Lantaarn", "Lantaarn", False, True),
        ("Regen: overal", "Regen: overal", False, False),
        ("", "", False, False),
    ],
)
def test_subjects(onderwerp: str, kaal: str, antwoord: bool, doorstuur: bool) -> None:
    assert kaal_onderwerp(onderwerp) == (kaal, antwoord, doorstuur)


def test_marks_are_taken_out_and_nothing_more() -> None:
    brief = lees(
        tekst(
            "Ook over GT-2026-000007 en XX-2026-1.",
            Subject="Re: [LW-2026-000123 k7f3-abc] Lantaarn",
            In_Reply_To=f"<{ONS_ID}>",
            References=f"<eerste@voorbeeld.nl> <{ONS_ID}>",
            To="loket+tok.en_1@lindewaard.voorbeeld.nl",
            Delivered_To="loket+twee@lindewaard.voorbeeld.nl",
            Cc="loket+vals@elders.nl, ander+x@lindewaard.voorbeeld.nl",
        ),
        eigen=EIGEN,
        ontvangers=("loket+envelop@lindewaard.voorbeeld.nl",),
    )
    assert brief.draad.eigen_ids == (ONS_ID,)
    assert brief.draad.andere_ids == ("eerste@voorbeeld.nl",)
    assert brief.draad.kenmerken_onderwerp == ("LW-2026-000123 k7f3-abc",)
    assert brief.draad.kenmerken_adres == ("envelop", "twee", "tok.en_1", "x")
    assert brief.draad.nummers == ("GT-2026-000007",)


def test_an_id_of_our_domain_in_another_shape_is_not_ours() -> None:
    brief = lees(
        tekst("x", In_Reply_To="<zomaar@lindewaard.voorbeeld.nl> <018f2b7c-1111-7abc-8def-0123456789ab@kwaad.nl>"),
        eigen=EIGEN,
    )
    assert brief.draad.eigen_ids == () and len(brief.draad.andere_ids) == 2


@pytest.mark.parametrize(
    "andermans",
    [
        "3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        "018F2B7C-1111-7ABC-8DEF-0123456789AB",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ],
)
def test_a_uuid_of_a_colleagues_mail_program_is_not_ours(andermans: str) -> None:
    """Apple Mail and Thunderbird write a UUID at the domain of the sender: with us that is a colleague."""
    brief = lees(tekst("Zie onder.", Message_ID=f"<{andermans}@lindewaard.voorbeeld.nl>"), eigen=EIGEN)
    assert brief.soort is Soort.PERSOON


def test_an_id_of_our_shape_that_we_never_sent_is_not_ours() -> None:
    niet_van_ons = replace(EIGEN, vreemd=frozenset({ONS_ID}))
    assert lees(tekst("x", Message_ID=f"<{ONS_ID}>"), eigen=niet_van_ons).soort is Soort.PERSOON
    assert lees(tekst("x", In_Reply_To=f"<{ONS_ID}>"), eigen=niet_van_ons).draad.andere_ids == (ONS_ID,)


def test_the_envelope_says_the_return_path_that_the_header_lacks() -> None:
    assert not lees(tekst("x"), retourpad="").beantwoorden
    assert lees(tekst("x"), retourpad="jan@voorbeeld.nl").beantwoorden
    assert lees(tekst("x", Return_Path="<jan@voorbeeld.nl>"), retourpad="").kop.retourpad == "jan@voorbeeld.nl"


def test_an_empty_return_path_and_a_missing_one_differ() -> None:
    assert lees(tekst("x", Return_Path="<>")).kop.retourpad == ""
    assert lees(tekst("x")).kop.retourpad is None
    assert not lees(tekst("x", Return_Path="<>")).beantwoorden
