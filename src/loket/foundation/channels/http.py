"""Calling a service over HTTP, for adapters: with a time limit, without following anybody elsewhere, and no more bytes
than asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

import requests

from loket.foundation.channels.adapters import Later, Never

BUSY = frozenset({408, 409, 425, 429})


@dataclass(frozen=True)
class Answer:
    """What the service said."""

    status: int
    body: bytes


def call(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = 10.0,
    max_bytes: int = 1_000_000,
) -> Answer:
    """One call. Raises Later when there is no answer, or one that says 'not now' (408, 409, 425, 429, 5xx), and Never
    for every other that is no success, or an answer of more than `max_bytes`."""
    try:
        with requests.request(
            method,
            url,
            data=body or None,
            headers=dict(headers or {}),
            timeout=seconds,
            allow_redirects=False,
            stream=True,
        ) as response:
            content = b""
            for piece in response.iter_content(1 << 16):
                content += piece
                if len(content) > max_bytes:
                    raise Never(f"The answer is larger than {max_bytes} bytes.")
    except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema) as no:
        raise Later(f"This is no address: {no}"[:300]) from None  # a setting that somebody will correct
    except requests.RequestException as away:
        raise Later(f"{type(away).__name__}: {away}"[:300]) from None
    said = f"{response.status_code} {content[:200].decode('utf-8', 'replace')}".strip()
    if response.status_code in BUSY or response.status_code >= 500:
        raise Later(said)
    if not 200 <= response.status_code < 300:
        raise Never(said)
    return Answer(response.status_code, content)
