"""`{% kaart %}` draws a map in a page; `{% plek_kiezer %}` is the place picker inside a form."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from loket.foundation.web.stored import translated
from loket.registers.plekken import kaart as kaarten
from loket.registers.plekken import kiezer, rules
from loket.registers.plekken.tekening import Beeld, Pin

register = template.Library()


@register.simple_tag(takes_context=True)
def kaart(
    context: template.Context,
    x: float,
    y: float,
    schaal: float = 1.6,
    breedte: float = 736,
    hoogte: float = 380,
    pins: Iterable[Any] = (),
    naam: str = "",
    percelen: Sequence[Any] = (),
) -> SafeString:
    """The map around a point as inline SVG in the colours of the theme.

    `pins`: `Pin`s, or pairs x, y (numbered from 1 if there are more than one). `naam` is read out loud: say what the
    map shows; without it the map is decoration. `percelen`: shapes to outline."""
    beeld = Beeld.rond(float(x), float(y), float(schaal), float(breedte), float(hoogte))
    lijst = _pins(pins)
    sleutel = "k" + hashlib.sha256(repr((beeld, lijst)).encode()).hexdigest()[:8]
    svg = kaarten.svg(beeld, lijst, naam=naam, sleutel=sleutel, percelen=percelen)
    if not context.render_context.get("plekken_stijl"):
        context.render_context["plekken_stijl"] = True
        svg = format_html('<link rel="stylesheet" href="{}">', static("plekken/kaart.css")) + svg
    return mark_safe(svg)  # noqa: S308 (drawn by ourselves; every text in it is escaped)


@register.simple_tag
def kaartbeeld(
    x: float, y: float, schaal: float = 1.6, breedte: int = 736, hoogte: int = 380, naam: str = ""
) -> SafeString:
    """The map around a point, with a pin, as an image that the browser fetches when it is seen and keeps: for a page
    that must be fast. `naam` is read out loud: say what the map shows."""
    beeld = Beeld.rond(float(x), float(y), float(schaal), float(breedte), float(hoogte))
    vraag = {"bbox": ",".join(f"{v:.2f}" for v in beeld.vak), "w": breedte, "h": hoogte, "speld": f"{x:.2f},{y:.2f}"}
    return format_html(
        '<img src="{}?{}" width="{}" height="{}" alt="{}" loading="lazy">',
        reverse("plekken:vlak"),
        urlencode(vraag, safe=",;"),
        breedte,
        hoogte,
        naam,
    )


def _pins(pins: Iterable[Any]) -> list[Pin]:
    lijst = list(pins)
    if all(isinstance(p, Pin) for p in lijst):
        return lijst
    return [Pin(float(p[0]), float(p[1]), str(n) if len(lijst) > 1 else "") for n, p in enumerate(lijst, 1)]


@register.inclusion_tag("plekken/kiezer.html", takes_context=True)
def plek_kiezer(
    context: template.Context, uitkomst: kiezer.Uitkomst, nabij: Iterable[Sequence[float]] = (), fout: str = ""
) -> dict[str, Any]:
    """The place picker, inside a form of the page. `uitkomst`: `queries.kies_plek(request.POST)`, or
    `kiezer.Uitkomst(kiezer.begin())`. `nabij`: pairs x, y of what was reported nearby, shown as circles 1, 2, …;
    `fout`: what the form found wrong with the place."""
    staat, punten = uitkomst.staat, [(float(x), float(y)) for x, y in nabij]
    vraag = {"bbox": ",".join(f"{v:.2f}" for v in staat.beeld.vak), "w": kiezer.BREEDTE, "h": kiezer.HOOGTE}
    if staat.pin:
        vraag["speld"] = f"{staat.pin[0]:.2f},{staat.pin[1]:.2f}"
    if punten:
        vraag["punten"] = ";".join(f"{x:.2f},{y:.2f}" for x, y in punten)
    alt = _("Kaart. Klik op de plek, of druk op Enter voor het midden.")
    if staat.tekst:
        alt = (
            _("Kaart. De speld staat hier: %(plek)s.") % {"plek": translated(staat.tekst)} + " " + alt.partition(" ")[2]
        )
    return {
        "s": staat,
        "uitkomst": uitkomst,
        "fout": fout or uitkomst.fout,
        "punten": vraag.get("punten", ""),
        "pin": vraag.get("speld", ""),
        "beeld": reverse("plekken:vlak") + "?" + urlencode(vraag, safe=",;"),
        "alt": alt,
        "breedte": kiezer.BREEDTE,
        "hoogte": kiezer.HOOGTE,
        "schalen": " ".join(str(k) for k in rules.SCHALEN),
        "csp_nonce": context.get("csp_nonce", ""),
        "pijlen": (
            ("west", _("Naar links"), "←"),
            ("noord", _("Omhoog"), "↑"),
            ("zuid", _("Omlaag"), "↓"),
            ("oost", _("Naar rechts"), "→"),
        ),
    }
