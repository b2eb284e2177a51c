"""The DKIM keys of this installation, and whether DNS tells the world about them."""

import logging
from collections.abc import Callable
from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings

from loket.foundation.database.sealing import Unreadable, seal, unseal
from loket.foundation.database.sql import execute, rows
from loket.foundation.mail import dkim
from loket.foundation.mail.message import Envelope
from loket.foundation.mail.models import DkimSleutel
from loket.foundation.time.clock import now

log = logging.getLogger(__name__)

DNS_SECONDS = 5.0
_DOEL = "dkim"

type Lookup = Callable[[str], str | None]
"""The text of the TXT record at a name, or None when there is none. Raises OSError when nobody can say."""


def afzenderdomein() -> str:
    """The domain that our mail comes from."""
    return Envelope.of(settings.MAIL_FROM).domain.encode("idna").decode().lower()


def bewaar(domein: str, selector: str, algoritme: str) -> DkimSleutel:
    """Make a key and keep it, sealed. It does not sign yet."""
    pem = dkim.new_key(algoritme)
    return DkimSleutel.objects.create(
        domein=domein,
        selector=selector,
        algoritme=algoritme,
        prive=seal(_DOEL, f"{selector}.{domein}", pem),
        publiek=dkim.public(dkim.load(pem)),
        gemaakt_op=now(),
    )


def tekenaars(domein: str) -> list[dkim.Key]:
    """The keys with which mail of this domain is signed now. One that cannot be read is left out: a mail without a
    signature is better than none."""
    keys = []
    for rij in rows(
        "select domein, selector, prive from loket_mail_dkimsleutel where domein = %s and tekent_vanaf is not null"
        " and gestopt_op is null order by algoritme",
        (domein.lower(),),
    ):
        try:
            pem = unseal(_DOEL, f"{rij['selector']}.{rij['domein']}", bytes(rij["prive"]))
            keys.append(dkim.Key(rij["domein"], rij["selector"], dkim.load(pem)))
        except (Unreadable, ValueError) as fault:
            log.error("DKIM key %s of %s cannot be used: %s", rij["selector"], rij["domein"], fault)
    return keys


def zoek_op(naam: str) -> str | None:
    """Ask DNS."""
    try:
        answer = dns.resolver.resolve(naam, "TXT", lifetime=DNS_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return None
    except (dns.exception.DNSException, OSError) as fault:
        raise OSError(type(fault).__name__) from None
    return b"".join(next(iter(answer)).strings).decode("ascii", "replace")


def vergelijk(zoek: Lookup | None = None) -> int:
    """See of each key that is in use whether its DNS record is there and right; gives how many are. A key whose record
    is seen for the first time begins to sign, and the one before it stops."""
    goed = 0
    for sleutel in DkimSleutel.objects.filter(gestopt_op=None).order_by("gemaakt_op"):
        velden: dict[str, Any] = {"gekeken_op": now()}
        try:
            gevonden = (zoek or zoek_op)(f"{sleutel.selector}._domainkey.{sleutel.domein}")
        except OSError as fault:
            log.warning("DNS cannot be asked about %s: %s", sleutel.domein, fault)
            velden["dns"] = "onbekend"
        else:
            klopt = gevonden is not None and dkim.same_key(gevonden, sleutel.publiek)
            velden["dns"] = "klopt" if klopt else "afwezig" if gevonden is None else "anders"
        DkimSleutel.objects.filter(pk=sleutel.pk).update(**velden)
        if velden["dns"] == "klopt":
            goed += 1
            if sleutel.tekent_vanaf is None:
                laat_tekenen(sleutel)
    return goed


def laat_tekenen(sleutel: DkimSleutel) -> None:
    """From now on this key signs, in the place of the others of its kind."""
    execute(
        "update loket_mail_dkimsleutel set gestopt_op = %(nu)s where domein = %(domein)s and algoritme = %(soort)s"
        " and id <> %(id)s and gestopt_op is null and gemaakt_op <= %(gemaakt)s",
        {
            "nu": now(),
            "domein": sleutel.domein,
            "soort": sleutel.algoritme,
            "id": sleutel.pk,
            "gemaakt": sleutel.gemaakt_op,
        },
    )
    DkimSleutel.objects.filter(pk=sleutel.pk, tekent_vanaf=None).update(tekent_vanaf=now())
