"""Making a mail from a template: one text, and the same in HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from loket.foundation.web.context import Kop, kop

_BUTTON = re.compile(r"(?P<words>[^\n:]{2,80}): (?P<url>https?://\S+)")
_LINK = 'style="color:#0b5768;word-break:break-all"'
_URL = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Rendered:
    """A mail that was made from a template; unpacks as `subject, text, html`."""

    subject: str
    text: str
    html: str

    def __iter__(self) -> Any:
        return iter((self.subject, self.text, self.html))


def render_mail(template: str, context: Mapping[str, Any], language: str = "nl") -> Rendered:
    """Make the mail of `template`, a name without suffix ('reacties/mail/ontvangen'), in `language`.

    `….txt` extends `mail/basis.txt` and fills `onderwerp` (one line) and `inhoud`. `….html` extends `mail/basis.html`
    and fills `inhoud`; without it the HTML is made from the text: paragraphs, lists of lines that begin with "- ",
    and a button of a line like "Volg uw melding: https://…" that stands alone. Only addresses of this Loket become
    links, so that what somebody typed never does. `context["organisatie"]` (an Organisatie or a `Kop`) signs the mail.
    """
    organisatie = context.get("organisatie")
    known = {
        **context,
        "organisatie": organisatie if isinstance(organisatie, Kop) else kop(organisatie),
        "LOKET_URL": settings.LOKET_URL,
        "demo": settings.DEMO,
        "taal": language,
    }
    with override(language):
        whole = get_template(f"{template}.txt").render(known)
        first, _, rest = whole.replace("\r\n", "\n").strip().partition("\n")
        subject = " ".join(first.split())
        text = re.sub(r"\n{3,}", "\n\n", rest.strip()) + "\n"
        known |= {"onderwerp": subject, "voorproef": _preview(text)}
        try:
            page = get_template(f"{template}.html")
        except TemplateDoesNotExist as missing:
            if str(missing) != f"{template}.html":
                raise
            page = get_template("mail/basis.html")
            known |= {"alineas": html_of(_body(text))}
        return Rendered(subject, text, page.render(known))


def _body(text: str) -> str:
    """The text without the signature, which the HTML has its own of."""
    return text.partition("\n-- \n")[0]


def _preview(text: str) -> str:
    """What a mailbox shows beside the subject: the first sentence that is no greeting."""
    parts = [part.strip() for part in _body(text).split("\n\n")]
    said = [part for part in parts if part and not part.endswith(",")]
    return " ".join(said[0].split())[:140] if said else ""


def html_of(text: str) -> SafeString:
    """Plain text as simple HTML; nothing in it can be markup."""
    return SafeString("\n".join(_block(part) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()))


def _block(part: str) -> SafeString:
    lines = part.strip("\n").split("\n")
    if all(line.startswith("- ") for line in lines):
        items = SafeString("".join(format_html("<li>{}</li>", linked(line[2:])) for line in lines))
        return format_html('<ul style="margin:0 0 16px;padding-left:22px">{}</ul>', items)
    if len(lines) == 1 and (found := _BUTTON.fullmatch(lines[0].strip())) and _ours(found["url"]):
        return button(found["url"], found["words"])
    said = SafeString("<br>\n".join(linked(line) for line in lines))
    return format_html('<p style="margin:0 0 16px">{}</p>', said)


def button(url: str, words: str) -> SafeString:
    """The one thing to do in a mail, and its address in letters for who cannot press it."""
    return format_html(
        '<p style="margin:24px 0 8px"><a href="{0}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
        'background:#0c4a57;color:#ffffff;font-weight:700;text-decoration:none">{1}</a></p>'
        '<p style="margin:0 0 24px;font-size:15px;color:#4b6166">{2}<br><a href="{0}" style="color:#0b5768;'
        'word-break:break-all">{0}</a></p>',
        url,
        words,
        gettext("Werkt de knop niet? Ga dan naar:"),
    )


def shown(text: str) -> SafeString:
    """Plain text for a page of our own: its lines as they are, addresses of this Loket as links."""
    parts = [part.strip("\n").split("\n") for part in re.split(r"\n\s*\n", text.strip())]
    lines = (SafeString("<br>\n".join(linked(line, 'class="utrecht-link"') for line in part)) for part in parts)
    return SafeString("\n".join(format_html("<p>{}</p>", said) for said in lines))


def linked(line: str, look: str = _LINK) -> SafeString:
    """The line with addresses of this Loket as links."""
    made, end = "", 0
    for found in _URL.finditer(line):
        url = found[0].rstrip(".,;:!?)")
        if _ours(url):
            made += escape(line[end : found.start()])
            made += format_html('<a href="{0}" {1}>{0}</a>', url, SafeString(look))
            end = found.start() + len(url)
    return SafeString(made + escape(line[end:]))


def _ours(url: str) -> bool:
    return url == settings.LOKET_URL or url.startswith(f"{settings.LOKET_URL}/")
