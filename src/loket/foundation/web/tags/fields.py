"""The fields of a form, in the order label, hint, error, control; and the list of what is not right yet."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import Context

register = template.Library()


@register.inclusion_tag("web/deel/veld.html")
def field(
    bound: BoundField, style: str = "", hint: str = "", label: str = "", icon: str = "", needed: bool = False
) -> dict[str, Any]:
    """One field of a form in the fixed order: label, hint, error, control.

    `style`: 'pills' for short choices beside each other; 'hidden-label' when the page says it already.
    `hint`, `label`: instead of those of the form. `icon`: of a file field. `needed`: asked for where it is shown,
    though the form also does without it: not marked as optional.
    """
    widget = bound.field.widget
    ident = bound.auto_id
    help_text, errors = hint or bound.help_text, list(bound.errors)
    described = " ".join([f"{ident}_h"] * bool(help_text) + [f"{ident}_f"] * bool(errors))
    result = {
        "bound": bound,
        "id": ident,
        "label": label or bound.label,
        "hint": help_text,
        "errors": errors,
        "described": described,
        "style": style,
        "required": bound.field.required or needed,
        "icon": icon or "clip",
        "hidden": bound.is_hidden,
    }
    if isinstance(widget, forms.RadioSelect):
        made = widget.subwidgets(bound.html_name, bound.value(), attrs={"id": ident})
        result |= {"kind": "choices", "options": [BoundWidget(widget, data, bound.form.renderer) for data in made]}
        return result
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    shape = (
        "check"
        if isinstance(widget, forms.CheckboxInput)
        else "upload"
        if isinstance(widget, forms.FileInput)
        else "text"
    )
    return result | {"kind": shape, "control": bound.as_widget(attrs=attrs)}


@register.inclusion_tag("web/deel/foutlijst.html", takes_context=True)
def error_summary(context: Context, *given: forms.BaseForm | None, focus: bool = True) -> dict[str, Any]:
    """What is not right yet, first in the content: counts, gets the focus, links to the fields, in the same words."""
    problems: list[tuple[str, str]] = []
    for form in given:
        if form is None or not form.is_bound:
            continue
        for bound in form:
            target = f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else bound.id_for_label
            problems += [("" if bound.is_hidden else target, str(error)) for error in bound.errors]
        problems += [("", str(error)) for error in form.non_field_errors()]
    request = context.get("request")
    swapped = request is not None and request.headers.get("HX-Request") == "true"
    return {"problems": problems, "number": len(problems), "focus": focus, "autofocus": focus and not swapped}
