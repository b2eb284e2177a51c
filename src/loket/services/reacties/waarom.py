"""'Why this day?' in one sentence, for each last day that we show. Pure, but for the language in force."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.engines.termijnen import klachten, normen
from loket.engines.termijnen.kalender import werkdagen_tussen
from loket.foundation.web.dates import long_date


def waarom_deze_dag(soort: str, ontvangen: date, antwoord_voor: date, verlegd_op: date | None = None) -> str:
    """Why there is an answer by `antwoord_voor`: the law for a klacht, our own promise for the rest, or that we wrote
    on `verlegd_op` that it takes longer. Of a klacht that was adjourned the procedure knows more:
    `rules_klacht.plan`."""
    taal = get_language() or "nl"
    if soort == "klacht" and (wet := klachten.klacht(ontvangen)).laatste_dag == antwoord_voor:
        return wet.waarom(taal)
    if verlegd_op is not None:
        zin = _("Wij beloofden eerst een eerdere dag. Op %(op)s schreven wij u dat het langer duurt: tot %(dag)s.")
        return zin % {"op": long_date(verlegd_op, taal), "dag": long_date(antwoord_voor, taal)}
    norm = normen.servicenorm(ontvangen, max(werkdagen_tussen(ontvangen, antwoord_voor), 0))
    if norm.laatste_dag == antwoord_voor:
        return norm.waarom(taal)
    return _("Deze dag is onze eigen afspraak: %(dag)s.") % {"dag": long_date(antwoord_voor, taal)}


def waarom_heropenen_tot(einddatum: date) -> str:
    """Why one can say 'not solved' until that day."""
    return normen.heropenen(einddatum).waarom(get_language() or "nl")
