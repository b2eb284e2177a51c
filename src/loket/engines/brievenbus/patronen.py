"""The words by which mail programs mark quotes, forwards and signatures, as data; each with the program it comes from.

Every pattern is matched against one line (or a short window of joined lines) that is cut at `MAX_REGEL` characters, so
none can take long.
"""
# ruff: noqa: E501 - a pattern on one line is read and changed more safely than one in pieces

from __future__ import annotations

import re

#: Letters of a line that patterns look at.
MAX_REGEL = 700

_I = re.IGNORECASE

#: Lines that introduce a quote. A digit must stand in them: the date.
INLEIDINGEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    # "Op ma 5 okt 2026 om 10:12 schreef Jan <jan@x.nl>:"; also Thunderbird, Yahoo, Proton, Open-Xchange (Ziggo, KPN)
    ("Gmail nl", re.compile(r"(?:op )?.{0,40}\d.{0,80}? schreef .{1,300}:", _I)),
    # "Op 5 okt. 2026, om 10:12 heeft Jan <jan@x.nl> het volgende geschreven:"
    ("Apple Mail nl", re.compile(r"op .{0,40}\d.{0,60} heeft .{1,300} geschreven\s?:", _I)),
    # "Jan schreef op 5-10-2026 10:12:"; Roundcube, SquirrelMail, older Thunderbird
    ("Roundcube nl", re.compile(r".{1,200} schreef (?:op|om) .{0,60}\d.{0,60}:", _I)),
    ("Thunderbird nl", re.compile(r"op .{0,40}\d.{0,60},? .{1,200} schreef\s?:", _I)),
    ("Outlook app nl", re.compile(r"op .{0,40}\d.{0,80} (?:om|at) .{1,20}, .{1,200} <.{3,200}>:?", _I)),
    ("Gmail, Apple Mail, Yahoo en", re.compile(r"on .{0,40}\d.{0,300} wrote\s?:", _I)),
    ("Roundcube en", re.compile(r".{1,200} wrote (?:on|at) .{0,60}\d.{0,60}:", _I)),
    ("Gmail de", re.compile(r"am .{0,40}\d.{0,300} schrieb .{1,300}:", _I)),
    ("Thunderbird de", re.compile(r".{1,200} schrieb am .{0,60}\d.{0,60}:", _I)),
    ("Apple Mail de", re.compile(r"am .{0,40}\d.{0,300} schrieb.{0,300}:", _I)),
    ("Gmail fr", re.compile(r"le .{0,40}\d.{0,300} a [ée]crit\s?:", _I)),
)  # fmt: skip
#: How a line begins, or what stands in it, that may begin one of those; anything else is not looked at further.
INLEIDING_BEGIN = ("op ", "on ", "am ", "le ")
INLEIDING_WOORD = ("schreef", "wrote", "schrieb")
INLEIDING_EIND = re.compile(r"(?::|>)\s*$")
#: Without `>` below it, an introduction must hold an address or a time to be believed: people quote letters too.
STERK = re.compile(r"@|\b\d{1,2}[:.]\d{2}\b")

#: Rules above a quote.
STREEP_CITAAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Outlook, Samsung nl", re.compile(r"\W{0,3}-{2,} ?(?:oorspronkelijke? (?:bericht|e-mail|mail)|origineel bericht|originele bericht) ?-{2,}\W{0,3}", _I)),
    ("Outlook, Proton en", re.compile(r"\W{0,3}-{2,} ?(?:original message|original e?-?mail|reply message|reply to message) ?-{2,}\W{0,3}", _I)),
    ("Outlook de", re.compile(r"-{2,} ?urspr(?:ü|ue)ngliche (?:nachricht|e-mail) ?-{2,}", _I)),
    ("Outlook fr", re.compile(r"-{2,} ?message d.origine ?-{2,}", _I)),
)  # fmt: skip
#: Rules above a forwarded mail.
STREEP_DOORSTUUR: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Gmail, Proton, Thunderbird nl", re.compile(r"\W{0,3}-{2,} ?(?:doorgestuurde? (?:bericht|e-mail|mail)|doorgezonden bericht) ?-{2,}\W{0,3}", _I)),
    ("Gmail, Proton, Thunderbird en", re.compile(r"\W{0,3}-{2,} ?forwarded (?:message|e-?mail)(?: (?:from|by) .{1,100})? ?-{2,}\W{0,3}", _I)),
    ("Apple Mail nl", re.compile(r"begin doorgestuurd bericht ?:", _I)),
    ("Apple Mail en", re.compile(r"begin forwarded message ?:", _I)),
    ("Apple Mail de", re.compile(r"anfang der weitergeleiteten (?:nachricht|e-mail) ?:", _I)),
    ("Gmail, Thunderbird de", re.compile(r"-{2,} ?weitergeleitete nachricht ?-{2,}", _I)),
    ("Gmail fr", re.compile(r"-{2,} ?(?:message transféré|forwarded message) ?-{2,}", _I)),
    ("Apple Mail fr", re.compile(r"début du message réexpédié ?:", _I)),
)  # fmt: skip
EEN_STREEP_CITAAT = re.compile("|".join(patroon.pattern for _wie, patroon in STREEP_CITAAT), _I)
EEN_STREEP_DOORSTUUR = re.compile("|".join(patroon.pattern for _wie, patroon in STREEP_DOORSTUUR), _I)
STREEP = re.compile(r"_{10,}|-{20,}|\*{20,}")

#: Labels of the header that Outlook, Samsung, Apple Mail (forwards) and others write above a quote.
KOPLABELS = {
    "van": "van", "from": "van", "von": "van", "de": "van", "afzender": "van",
    "verzonden": "datum", "datum": "datum", "sent": "datum", "date": "datum", "gesendet": "datum", "envoyé": "datum",
    "verstuurd": "datum", "verzonden op": "datum",
    "aan": "aan", "to": "aan", "an": "aan", "à": "aan",
    "cc": "cc", "kopie": "cc", "bcc": "cc", "antwoord aan": "cc", "reply-to": "cc", "beantwoorden": "cc",
    "onderwerp": "onderwerp", "subject": "onderwerp", "betreff": "onderwerp", "objet": "onderwerp",
    "prioriteit": "overig", "urgentie": "overig", "importance": "overig", "bijlagen": "overig", "attachments": "overig",
}  # fmt: skip
KOPREGEL = re.compile(
    r"[*_ \t]{0,4}([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ -]{0,14}?)[*_ ]{0,3}[ \xa0]?:[*_]{0,3}(?:\s+|$)(.*)", re.DOTALL
)

#: Subjects of answers and of forwards.
ANTWOORD = re.compile(r"\s*(?:re|antw|antwoord|aw|sv|rép|ref|betr)(?:\[\d+\]|\(\d+\))?\s?:", _I)
DOORSTUUR = re.compile(r"\s*(?:fw|fwd|dst|doorst|doorgestuurd|doorgest|wg|tr|rv|vs|i|enc)(?:\[\d+\]|\(\d+\))?\s?:", _I)
MERK = re.compile(r"\s*\[[^\[\]]{1,60}\]")

#: What telephones and programs put below a mail.
APPARAAT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iPhone, Samsung, Yahoo nl", re.compile(r"(?:verstuurd|verzonden|gestuurd|geschreven|getypt) (?:vanaf|vanuit|van|via|met|door|op) (?:mijn|een|m'n|de|outlook|mail|yahoo|proton|samsung|gmail|e-mail|windows|tutanota|hotmail|k-9|fairemail|bluemail|ziggo|kpn|ios|android)\b.{0,100}", _I)),
    ("iPhone, Android en", re.compile(r"(?:get |sent |send )(?:outlook for|from|via|with|using)\b.{0,100}(?:ios|android|iphone|ipad|phone|galaxy|samsung|huawei|mobile|device|mail|outlook|yahoo|blackberry|windows)\b.{0,100}", _I)),
    ("Outlook mobile nl", re.compile(r"(?:download )?outlook voor (?:ios|android)(?: downloaden)?\b.{0,100}", _I)),
    ("Outlook mobile nl", re.compile(r"outlook (?:voor|for) (?:ios|android|mac|windows)\b.{0,100}", _I)),
    ("iPhone de", re.compile(r"von meinem .{1,40} gesendet.{0,40}", _I)),
    ("iPhone fr", re.compile(r"envoyé (?:de|depuis) (?:mon|ma) .{1,60}", _I)),
    ("antivirus", re.compile(r"(?:virusvrij|virus-free)\.? ?(?:www\.)?avast\.com.{0,60}", _I)),
)  # fmt: skip

STREEPJES = re.compile(r"(?:--|—|––) ?")
GROET = re.compile(
    r"(?:met|mvg|hoogachtend|vriendelijke|hartelijke|beste|groet|groeten|groetjes|kind|best|warm|regards|yours|sincerely|mit|freundliche"
    r"|cordialement|m\.?v\.?g|alvast bedankt|b\.?v\.?d)\b.{0,60}",
    _I,
)
GROETWOORD = re.compile(r"groet|hoogachtend|regards|sincerely|faithfully|m\.?v\.?g|grüße|gruss|gruß|cordialement", _I)
#: A line that shows contact data.
CONTACT = re.compile(
    r"\b\d{4} ?[A-Z]{2}\b|@[\w-]+\.\w|\bwww\.|https?://|(?:\+31|\b0)[\d \-()]{8,14}\b"
    r"|\b(?:tel|telefoon|t|m|mob|mobiel|e|e-mail|w|kvk|btw|iban|postbus|fax|phone)\b ?[.:]",
    _I,
)
NASCHRIFT = re.compile(r"\s*(?:p\.?\s?s\.?|n\.?b\.?|post scriptum)\b", _I)

#: What lawyers and mail servers put below or above.
DISCLAIMERS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?:dit|deze) (?:e-?mail)?-?(?:bericht|e-?mail|mail)\b.{0,200}(?:uitsluitend|alleen) (?:bestemd|bedoeld)", _I),
    re.compile(r"(?:dit|deze) (?:e-?mail)?-?(?:bericht|e-?mail|mail)\b.{0,200}(?:kan|kunnen|bevat).{0,60}(?:vertrouwelijk|niet voor u)", _I),
    re.compile(r"de (?:informatie|inhoud)\b.{0,80}(?:e-?mail|bericht).{0,200}(?:bestemd|vertrouwelijk|rechten)", _I),
    re.compile(r"aan (?:dit|deze|de inhoud van).{0,80}(?:geen|niet).{0,30}rechten.{0,20}(?:ontleend|ontlenen)", _I),
    re.compile(r"(?:denk|think|spaar|please consider|bespaar)\b.{0,60}(?:milieu|environment|papier|print)", _I),
    re.compile(r"this (?:e-?mail|message|communication)\b.{0,200}(?:intended|confidential|privileged)", _I),
    re.compile(r"the (?:information|contents?)\b.{0,80}(?:e-?mail|message|communication).{0,200}(?:intended|confidential|privileged)", _I),
    re.compile(r"\W{0,3}disclaimer\b.{0,80}$", _I),
    re.compile(r"diese (?:e-?mail|nachricht)\b.{0,200}(?:vertraulich|bestimmt)", _I),
    re.compile(r"als u (?:dit bericht|deze e-?mail)\b.{0,60}(?:ten onrechte|onbedoeld|niet de).{0,100}", _I),
)  # fmt: skip
BANNER = re.compile(
    r"\W{0,4}(?:caution|let op|externe? (?:e-?mail|afzender|bericht)|external (?:e-?mail|sender|message)|waarschuwing|warning|\[extern(?:al|e)?\])"
    r".{0,80}(?:extern|outside|buiten|afkomstig|originat|link|bijlage|vertrouwt|organi[sz]ati).{0,400}",
    _I,
)
