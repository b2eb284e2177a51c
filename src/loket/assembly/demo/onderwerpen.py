"""Which choice of the form a subject of the demo's texts is: what the resident chose, or an employee at the end."""

_PER_KEUZE = {
    "stoep": ("losse-stoeptegel",),
    "weg": ("gat-in-de-weg", "verzakking", "gladheid"),
    "afval": ("container-vol", "bijplaatsing", "niet-opgehaald", "zwerfafval", "grofvuil", "kerstbomen"),
    "lamp": ("lamp-uit", "lantaarnpaal-scheef"),
    "groen": ("tak-boom", "bladeren", "hoog-gras", "onkruid", "haag-zicht", "processierups"),
    "speelplek": ("speeltoestel",),
    "water": (
        *("duiker-verstopt", "waterpeil", "sloot-maaien", "dijk", "muskusrat", "waterkwaliteit"),
        *("natte-kelder", "steiger-vergunning"),
    ),
    "riool": ("put-verstopt", "riool-loopt-over", "straat-blank", "wolkbreuk"),
    "verkeer": ("paaltje-fietspad", "verkeersbord", "te-hard-rijden"),
    "voertuig": ("foutparkeren", "wrakfietsen"),
    "overlast": (
        *("ratten", "hondenpoep", "terras-geluid", "jongeren", "vuurwerk", "graffiti", "hond-los", "bouwoverlast"),
        "warmtepomp",
    ),
    "burgerzaken": ("paspoort", "verhuizing", "rijbewijs", "huwelijk", "stemmen"),
    "belasting": ("woz", "kwijtschelding", "waterschapsbelasting"),
    "bouwen": ("vergunning-bouwen", "bouwtekening", "groen-dak", "boom-kappen"),
    "zorg": ("wmo-hulp", "deeltaxi", "geldzorgen"),
    "parkeren": ("parkeervergunning", "laadpaal"),
    "anders": ("sport", "te-donker"),
}
KEUZE = {tekst: keuze for keuze, teksten in _PER_KEUZE.items() for tekst in teksten}
"""The category of the form, by the code of the text (`teksten.categorieen`)."""
