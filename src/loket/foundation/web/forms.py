"""Forms that speak plainly: the base of every form in the house, and fields that say what is wrong and what to do.

`class Melding(Form)` with fields from here; in the template `{% error_summary form %}` and `{% field form.naam %}` for
each field. The browser's own messages are off (`use_required_attribute = False`, `novalidate`): the server answers
with 422 and the words stand beside the field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Input
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from loket.foundation.errors import Refused
from loket.foundation.web.dates import size

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    type Text = str | Promise
    type File = UploadedFile[Any]

_NOT_A_TEXTBOX = {"hidden", "file", "checkbox", "radio"}
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "loket-select"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


@dataclass(frozen=True)
class Keuze:
    """The label of a choice with a line of explanation: `choices=[("nee", Keuze("Nee", "Mijn melding is nieuw"))]`."""

    label: "Text"
    uitleg: "Text" = ""

    def __str__(self) -> str:
        return str(self.label)


def _called(label: str) -> str:
    """The label inside a sentence: 'uw e-mailadres' for 'Uw e-mailadres'."""
    first, _, rest = label.partition(" ")
    return f"{first.lower()} {rest}" if first in ("Uw", "Your", "De", "Het", "Een") and rest else label


def words(field: forms.Field, label: str) -> dict[str, str]:
    """The messages of a field by code, each saying what is wrong and what to do."""
    said = {
        "invalid": gettext("Dit klopt nog niet. Kijk het nog een keer na."),
        "max_length": gettext("Uw tekst is te lang: %(show_value)d tekens. Er passen er %(limit_value)d."),
        "min_length": gettext("Uw tekst is te kort. Schrijf minstens %(limit_value)d tekens."),
        "null_characters_not_allowed": gettext(
            "In uw tekst zit een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."
        ),
        "invalid_choice": gettext("Deze keuze is er niet meer. Kies opnieuw."),
        "invalid_list": gettext("Deze keuze is er niet meer. Kies opnieuw."),
    }
    if label.endswith("?"):
        said["required"] = gettext("Geef antwoord op de vraag “%(label)s”") % {"label": label}
    elif isinstance(field, forms.BooleanField):
        said["required"] = gettext("Zet een vinkje bij “%(label)s”") % {"label": label}
    elif isinstance(field, forms.ChoiceField):
        said["required"] = gettext("Maak een keuze bij “%(label)s”") % {"label": label}
    elif isinstance(field, forms.FileField):
        said["required"] = gettext("Kies een bestand")
    elif _called(label) != label:
        said["required"] = gettext("Vul %(label)s in") % {"label": _called(label)}
    else:
        said["required"] = gettext("Vul in: %(label)s") % {"label": label}
    if isinstance(field, forms.DateField):
        said["invalid"] = gettext("Deze datum ken ik niet. Schrijf de dag zo: 27-11-2026.")
    elif isinstance(field, forms.EmailField):
        said["invalid"] = gettext("Dit e-mailadres klopt niet. Schrijf het zo: naam@voorbeeld.nl.")
    elif isinstance(field, forms.URLField):
        said["invalid"] = gettext("Dit adres klopt niet. Schrijf het zo: https://www.voorbeeld.nl.")
    elif isinstance(field, forms.IntegerField):
        said["invalid"] = gettext("Schrijf hier een getal, zonder letters.")
        said["max_value"] = gettext("Dit getal is te groot. Het mag hooguit %(limit_value)s zijn.")
        said["min_value"] = gettext("Dit getal is te klein. Het moet minstens %(limit_value)s zijn.")
    return said


class FormMixin(forms.BaseForm):
    """Plain words, the classes of the design system, and `refuse`. For a ModelForm: `class F(FormMixin, ModelForm)`."""

    use_required_attribute = False
    template_name = "web/deel/formulier.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            self._dress(field.widget)
            label = force_str(field.label) if field.label else name.replace("_", " ").capitalize()
            own = words(field, label)
            standard = _standard_messages(type(field))
            for code, message in own.items():
                # a message that a form gave itself stays
                if code not in field.error_messages or field.error_messages[code] is standard.get(code):
                    field.error_messages[code] = message

    @staticmethod
    def _dress(widget: forms.Widget) -> None:
        if getattr(widget, "input_type", "") in _NOT_A_TEXTBOX:
            return
        given = str(widget.attrs.get("class", ""))
        for kind, classes in _CLASSES:
            if isinstance(widget, kind) and "loket-select" not in given and "utrecht-" not in given:
                widget.attrs["class"] = f"{given} {classes}".strip()
                return

    def kies(self, naam: str, opties: Iterable[tuple[str, Any]]) -> None:
        """Give the choices of one field, or with groups: pairs of a title and its choices."""
        field = self.fields[naam]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(opties)

    def refuse(self, refused: Refused) -> None:
        """Show what a rule refused, at its field if this form has it, else above the form."""
        self.add_error(
            refused.field if refused.field in self.fields else None, ValidationError(refused.message, refused.code)
        )


class Form(FormMixin, forms.Form):
    """The base of every form."""


def _standard_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("django."):
            messages.update(getattr(base, "default_error_messages", {}))
    return messages


class CharField(forms.CharField):
    """Text on one line: spaces around it are removed, NUL is refused in words."""


class PreservingCharField(forms.CharField):
    """Text of a person, kept exactly: every Unicode character, every space. Only the CRLF that browsers make of a line
    end becomes LF. NUL is refused, for the database cannot hold it; only white space counts as nothing when something
    is required."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and isinstance(value, str) and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")


class EmailField(forms.EmailField):
    """An e-mail address; the most common slip has its own sentence."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and "@" not in value:
            raise ValidationError(
                gettext("In uw e-mailadres staat geen @. Schrijf het zo: naam@voorbeeld.nl."), code="geen_apenstaart"
            )
        return super().clean(value)


class FilesInput(forms.ClearableFileInput):
    """A real file input for several files; it works without JavaScript."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class FilesField(forms.FileField):
    """Several files: at most `max_files` of `max_bytes` each, with one of the `suffixes` ('.jpg'; none: all kinds).

    `soort`: what a file should be, for the message: "‘bon.docx’ is geen foto". The cleaned value is a list of uploaded
    files. The name is only a first sieve: what a file really is, the storage looks at.
    """

    widget = FilesInput

    def __init__(
        self,
        *,
        max_files: int = 5,
        max_bytes: int = 20_000_000,
        suffixes: Sequence[str] = (),
        soort: "Text" = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.max_files, self.max_bytes = max_files, max_bytes
        self.suffixes = tuple(suffix.lower() for suffix in suffixes)
        self.soort = soort or gettext_lazy("bestand dat wij kunnen lezen")
        if suffixes:
            self.widget.attrs.setdefault("accept", ",".join(self.suffixes))

    def clean(self, data: Any, initial: Any = None) -> "list[File]":
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [file for file in given if file]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.max_files:
            raise ValidationError(_TOO_MANY % {"max": self.max_files, "aantal": len(files)}, code="te_veel")
        problems = [problem for file in files if (problem := self._problem(file))]
        if problems:
            raise ValidationError(problems)
        return files

    def _problem(self, file: "File") -> ValidationError | None:
        name, count = file.name or "", file.size or 0
        if self.suffixes and PurePath(name.lower()).suffix not in self.suffixes:
            kinds = ", ".join(self.suffixes)
            return ValidationError(
                gettext("‘%(naam)s’ is geen %(soort)s. Kies een bestand dat eindigt op %(einde)s.")
                % {"naam": name, "soort": self.soort, "einde": kinds},
                code="soort",
            )
        if count > self.max_bytes:
            return ValidationError(
                gettext("‘%(naam)s’ is te groot: %(is)s. Een bestand mag %(max)s zijn.")
                % {"naam": name, "is": size(count), "max": size(self.max_bytes)},
                code="te_groot",
            )
        if count == 0:
            return ValidationError(gettext("‘%(naam)s’ is leeg. Kies een ander bestand.") % {"naam": name}, code="leeg")
        return None


_TOO_MANY = ngettext_lazy(
    "U koos %(aantal)d bestanden. Het mag er %(max)d zijn.",
    "U koos %(aantal)d bestanden. Het mogen er %(max)d zijn.",
    "max",
)
