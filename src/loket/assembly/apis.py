"""The APIs that this Loket serves, and who may call them."""

from wsgiref.types import WSGIApplication

from loket.foundation.api.lane import Lane
from loket.registers.autorisaties.api import API as AUTORISATIES
from loket.registers.autorisaties.toegang import authenticate
from loket.registers.besluiten.api import API as BESLUITEN
from loket.registers.catalogi.api import API as CATALOGI
from loket.registers.catalogi.selectielijst.api import API as SELECTIELIJST
from loket.registers.documenten.api import API as DOCUMENTEN
from loket.registers.notificaties.api import API as NOTIFICATIES
from loket.registers.zaken.api import API as ZAKEN

APIS = (AUTORISATIES, BESLUITEN, CATALOGI, DOCUMENTEN, NOTIFICATIES, SELECTIELIJST, ZAKEN)


def lane(pages: WSGIApplication) -> Lane:
    """The APIs before the pages."""
    return Lane(APIS, authenticate, pages)
