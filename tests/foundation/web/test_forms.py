"""Forms say what is wrong and what to do, and keep what people wrote."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.errors import Refused
from loket.foundation.web.forms import CharField, EmailField, FilesField, Form, Keuze, PreservingCharField


class Proef(Form):
    naam = CharField(label="Uw naam", max_length=10)
    email = EmailField(label="Uw e-mailadres")
    bericht = PreservingCharField(label="Wat wilt u ons vertellen?")
    soort = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", Keuze("Ja", "Dat wil ik"))])
    eigen = CharField(label="Eigen", error_messages={"required": "Schrijf iets moois."})
    fotos = FilesField(label="Foto’s", required=False, max_files=2, suffixes=(".jpg",), soort="foto")


def draw(template: str, **context: object) -> str:
    return Template("{% load loket %}" + template).render(Context(context))


def test_what_is_missing_is_said_with_the_name_of_the_field() -> None:
    with override("nl"):
        errors = {name: list(messages) for name, messages in Proef({}).errors.items()}
    assert errors == {
        "naam": ["Vul uw naam in"],
        "email": ["Vul uw e-mailadres in"],
        "bericht": ["Geef antwoord op de vraag “Wat wilt u ons vertellen?”"],
        "soort": ["Maak een keuze bij “Soort”"],
        "eigen": ["Schrijf iets moois."],
    }


def test_what_is_wrong_is_said_with_what_to_do() -> None:
    with override("nl"):
        errors = Proef({"naam": "a" * 11, "email": "hazelhoff.nl", "bericht": "x\x00", "soort": "z"}).errors
    assert errors["naam"] == ["Uw tekst is te lang: 11 tekens. Er passen er 10."]
    assert errors["email"] == ["In uw e-mailadres staat geen @. Schrijf het zo: naam@voorbeeld.nl."]
    assert errors["bericht"] == ["In uw tekst zit een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."]
    assert errors["soort"] == ["Deze keuze is er niet meer. Kies opnieuw."]


@given(st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), min_size=1))
def test_text_of_people_is_kept_exactly(text: str) -> None:
    field = PreservingCharField(required=False)
    assert field.clean(text) == text
    assert field.clean(text.replace("\n", "\r\n")) == text


def test_only_white_space_is_nothing_when_something_is_required() -> None:
    assert "bericht" in Proef({"bericht": " \r\n "}).errors
    assert PreservingCharField(required=False).clean(" \r\n ") == " \n "


def files(*given: SimpleUploadedFile) -> "list[str]":
    form = Proef({}, MultiValueDict({"fotos": list(given)}))
    return [str(error) for error in form.errors.get("fotos", [])]


def test_files_are_refused_by_name_in_words() -> None:
    good = SimpleUploadedFile("stoep.JPG", b"x")
    with override("nl"):
        assert files(good, good) == []
        assert files(good, SimpleUploadedFile("bon.docx", b"x"), good) == ["U koos 3 bestanden. Het mogen er 2 zijn."]
        assert files(SimpleUploadedFile("bon.docx", b"x")) == [
            "‘bon.docx’ is geen foto. Kies een bestand dat eindigt op .jpg."
        ]
        assert files(SimpleUploadedFile("leeg.jpg", b"")) == ["‘leeg.jpg’ is leeg. Kies een ander bestand."]
        assert FilesField(required=False).clean([SimpleUploadedFile("a", b"x")])[0].name == "a"


def test_what_a_rule_refuses_stands_at_its_field_or_above_the_form() -> None:
    form = Proef({})
    form.refuse(Refused("te_laat", "De termijn is voorbij.", "naam"))
    form.refuse(Refused("dicht", "Deze zaak is al gesloten."))
    form.refuse(Refused("anders", "Dat veld is er niet.", "onbekend"))
    assert "De termijn is voorbij." in form.errors["naam"]
    assert list(form.non_field_errors()) == ["Deze zaak is al gesloten.", "Dat veld is er niet."]


def test_a_field_has_label_hint_error_and_control_in_that_order_and_joins_them() -> None:
    with override("nl"):
        html = draw("{% field form.email hint='Voor het antwoord' %}", form=Proef({"email": "x"}))
    order = [html.index(part) for part in ("<label", "id_email_h", "id_email_f", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_email_h id_email_f"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="utrecht-textbox utrecht-textbox--html-input"' in html


def test_choices_are_a_group_with_its_words() -> None:
    html = draw("{% field form.soort %}", form=Proef({}))
    assert '<fieldset class="loket-choices loket-field--error" id="id_soort" aria-describedby="id_soort_f">' in html
    assert "Dat wil ik" in html
    assert "aria-invalid" not in html  # the role radio does not know it


def test_optional_is_written() -> None:
    with override("nl"):
        html = draw("{% field form.fotos %}{% field form.naam %}", form=Proef())
    assert html.count("(mag, hoeft niet)") == 1


def test_the_summary_counts_links_and_says_the_same() -> None:
    form = Proef({"naam": "Ada"})
    form.refuse(Refused("dicht", "Deze zaak is al gesloten."))
    with override("nl"):
        html = draw("{% error_summary form %}", form=form)
    assert "Er kloppen 5 dingen nog niet" in html
    assert '<a href="#id_email">Vul uw e-mailadres in</a>' in html
    assert 'href="#id_soort_0"' in html
    assert "<li>Deze zaak is al gesloten.</li>" in html
    assert "autofocus" in html
    assert draw("{% error_summary form %}", form=Proef()).strip() == ""
