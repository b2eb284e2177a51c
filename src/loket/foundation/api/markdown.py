"""The little Markdown that descriptions in OpenAPI files hold, as HTML: paragraphs, lists, code, bold, links.

All text is escaped first; only what is made here becomes a tag, and only http(s) becomes a link. What it does not know
(tables, HTML) stays readable as text. A heading becomes a bold line, because the page has headings of its own.
"""

import re
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

_REFERENCE = re.compile(r"^\[([^\]\n]+)\]:\s*(https?://\S+)\s*$", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[*+-]|\d+[.)])\s+")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<text>[^\[\]]+)\](?:\((?P<url>https?://[^\s()]+)\)|\[(?P<ref>[^\]\n]*)\])"
    r"|\*\*(?P<bold>[^*\n]+)\*\*"
    r"|(?<![\w*])[*_](?P<soft>[^*_\n]+)[*_](?![\w*])"
    r"|(?P<bare>https?://[^\s<>()\"']*[\w/])"
)
_LIST = '<ul class="utrecht-unordered-list utrecht-unordered-list--html-content">'


def html(text: str) -> SafeString:
    """The HTML of a description; empty for nothing."""
    links = {name.lower(): url for name, url in _REFERENCE.findall(text)}
    blocks = _blocks(_REFERENCE.sub("", text).replace("\r\n", "\n").split("\n"))
    return mark_safe("".join(_html(kind, lines, links) for kind, lines in blocks))  # noqa: S308 (escaped below)


def plain(text: str) -> str:
    """The first paragraph as bare words, for one line in a list."""
    first = next((lines for kind, lines in _blocks(text.split("\n")) if kind == "p"), [])
    return re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(first))


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Kind (p, ul, pre, h) and the lines of each block."""
    kind, held = "", list[str]()
    for line in lines:
        if line.lstrip().startswith("```"):
            if kind == "pre":
                yield kind, held
                kind, held = "", []
            else:
                if held:
                    yield kind, held
                kind, held = "pre", []
        elif kind == "pre":
            held.append(line)
        elif heading := _HEADING.match(line):
            if held:
                yield kind, held
            yield "h", [heading[1]]
            kind, held = "", []
        elif _ITEM.match(line):
            if held and kind != "ul":
                yield kind, held
                held = []
            kind = "ul"
            held.append(_ITEM.sub("", line).strip())
        elif not line.strip():
            if held and kind == "p":
                yield kind, held
                kind, held = "", []
        elif kind == "ul" and line[:1].isspace() and held:
            held[-1] += " " + line.strip()
        else:
            if held and kind != "p":
                yield kind, held
                held = []
            kind = "p"
            held.append(line.strip())
    if held:
        yield kind, held


def _html(kind: str, lines: list[str], links: dict[str, str]) -> str:
    if kind == "pre":
        return f'<pre class="loket-code" tabindex="0">{escape(chr(10).join(lines))}</pre>'
    if kind == "ul":
        return _LIST + "".join(f"<li>{_inline(each, links)}</li>" for each in lines) + "</ul>"
    words = _inline(" ".join(lines), links)
    return f"<p><b>{words}</b></p>" if kind == "h" else f"<p>{words}</p>"


def _inline(text: str, links: dict[str, str]) -> str:
    made, at = [], 0
    for found in _INLINE.finditer(text):
        made.append(escape(text[at : found.start()]) + _part(found, links))
        at = found.end()
    return "".join(made) + escape(text[at:])


def _part(found: re.Match[str], links: dict[str, str]) -> str:
    if found["code"]:
        return f"<code>{escape(found['code'])}</code>"
    if found["bold"]:
        return f"<b>{_inline(found['bold'], links)}</b>"
    if found["soft"]:
        return f"<em>{_inline(found['soft'], links)}</em>"
    url = found["bare"] or found["url"] or links.get((found["ref"] or found["text"]).lower())
    words = escape(found["text"] or found["bare"])
    return f'<a class="utrecht-link" href="{escape(url)}" rel="noreferrer">{words}</a>' if url else escape(found[0])
