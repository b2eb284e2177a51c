"""Fills the database of a running Loket with two organisations and a few employees: `python -m tests.faults.inrichten`.

Prints what the tests must know as one JSON object. Runs in a process of its own, with the environment of that Loket.
"""

import json

import django

WACHTWOORD = "alleen voor proeven, nergens anders"


def main() -> None:
    """Make everything."""
    django.setup()
    from django.contrib.auth.hashers import make_password

    from loket.assembly.functies import zorg_voor_functies
    from loket.foundation.identity.models import Gebruiker, Lidmaatschap
    from loket.foundation.storage.files import store
    from loket.registers.zaken.models import ZaakInformatieobject
    from loket.services.reacties.inzending import Foto
    from tests.services.reacties.wereld import Wereld

    functies = zorg_voor_functies()
    lw, gt = Wereld("LW", "Gemeente Lindewaard"), Wereld("GT", "Waterschap Het Groene Tij", "waterschap")
    wachtwoord = make_password(WACHTWOORD)
    for wereld, functie in ((lw, "eerste_lijn"), (gt, "eerste_lijn"), (lw, "beheerder")):
        wie = wereld.mens(functie)
        naam = f"{wereld.afkorting.lower()}.{functie}"
        Gebruiker.objects.filter(id=wie.id).update(gebruikersnaam=naam, password=wachtwoord)
        Lidmaatschap.objects.create(gebruiker=wie, team=wereld.een, functie=functies[functie])
    foto = store(b"geen echte foto")
    een = lw.ontvang(fotos=(Foto("f", "stoep.jpg", foto.sha256, foto.size, "image/jpeg", foto.sha256),))
    ander = gt.ontvang(email="een.ander@voorbeeld.nl")
    print(
        json.dumps(
            {
                "nummer": een.identificatie,
                "zaak": str(een.zaak),
                "sleutel": een.sleutel,
                "document": str(ZaakInformatieobject.objects.get(zaak_id=een.zaak).informatieobject_id),
                "nummer_gt": ander.identificatie,
                "zaak_gt": str(ander.zaak),
                "sleutel_gt": ander.sleutel,
                "water": str(gt.water.id),
            }
        )
    )


if __name__ == "__main__":
    main()
