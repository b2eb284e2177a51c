"""The words in which a zaak came in, as a part of other questions."""


def eerste_bericht(zaak: str, tekens: str = "") -> str:
    """SQL for the text of the first message that came in about a zaak, null when there is none. `zaak`: the column with
    its key; `tekens`: SQL for how many characters of it, '' for all."""
    inhoud = f"left(k.inhoud, {tekens})" if tekens else "k.inhoud"
    return f"""(select {inhoud} from klanten_onderwerpobject o
     join klanten_klantcontact k on k.id = o.klantcontact_id and k.richting = 'in'
     where o.zaak_id = {zaak} order by k.plaatsgevonden_op, k.id limit 1)"""
