"""The reference pages say what is served, and every link in them leads somewhere."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils.translation import override

from loket.assembly.apis import APIS
from loket.foundation.api import markdown
from loket.foundation.api.lane import Api
from loket.foundation.api.pages import sample
from loket.foundation.api.reference import Reference

pytestmark = pytest.mark.django_db


class Anchors(HTMLParser):
    """The ids of a page, and the places in it that are linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.to: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [each for each in [given.get("id")] if each]
        if (href := given.get("href") or "").startswith("#"):
            self.to.add(href[1:])


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.root)
def test_a_page_names_every_operation_that_is_served_and_links_only_to_what_is_there(api: Api) -> None:
    answer = Client().get(f"/api/{api.root.split('/')[1]}/")
    assert answer.status_code == 200
    page = Anchors(answer.text)
    assert {each.id for each in api.operations} <= set(page.ids)
    assert not [each for each in set(page.ids) if page.ids.count(each) > 1], "an id stands there once"
    assert page.to - {"contact"} <= set(page.ids)
    for each in api.operations:
        assert all(f"<code>{scope}</code>" in answer.text for scope in each.scopes)
    assert "<script>" not in answer.text and " style=" not in answer.text


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.root)
def test_every_operation_is_told_with_its_parameters_and_what_goes_in_and_out(api: Api) -> None:
    reference = Reference(api, f"https://loket.example{api.root}")
    told = {each.anchor: each for group in reference.groups for each in group.operations}
    assert told.keys() == {each.id for each in api.operations}
    named = {each.name for each in reference.objects}
    for each in api.operations:
        one = told[each.id]
        assert {field.name for field in one.parameters if field.where == "query"} == each.query
        assert [str(each.status)] == [shape.status for shape in one.answers][:1]
        assert (one.body is not None) == (each.body is not None)
        for shape in [*one.answers, *([one.body] if one.body else [])]:
            assert set(shape.kind.names) <= named
            assert not shape.media or shape.kind.names or shape.kind.words, f"{each.id} does not say what goes"


def test_the_fields_of_an_object_say_what_they_take() -> None:
    catalogi = next(api for api in APIS if api.root == "/catalogi/api/v1")
    objects = {each.name: each for each in Reference(catalogi, "https://loket.example/catalogi/api/v1").objects}
    fields = {each.name: each for each in objects["ZaakType"].fields}
    assert fields["url"].read_only and fields["url"].kind.words == "string (uri)"
    assert "zeer_geheim" in fields["vertrouwelijkheidaanduiding"].kind.choices
    with override("nl"):
        assert fields["omschrijving"].limits == "hoogstens 80 tekens"
    assert fields["statustypen"].kind.words.endswith("string (uri)")
    assert {name for name in fields if "." in name} or fields["referentieproces"].kind.names


def test_the_index_names_every_api_with_its_address_as_the_reader_knows_it() -> None:
    text = Client().get("/api/", headers={"host": "localhost"}).text
    for api in APIS:
        assert f"http://localhost{api.root}/openapi.json" in text and api.contract.version in text
    assert Client().get("/api/bestaat-niet/").status_code == 404
    assert Client().get("/api/aansluiten/voorbeeld.exe").status_code == 404


def test_the_example_has_this_address_and_is_what_one_downloads() -> None:
    page = Client().get("/api/aansluiten/", headers={"host": "localhost"})
    for kind in ("sh", "py"):
        file = Client().get(f"/api/aansluiten/voorbeeld.{kind}", headers={"host": "localhost"})
        assert file.text == sample("http://localhost", kind)
        assert "http://localhost" in file.text and "{{" not in file.text
        assert page.context["samples"][kind] == file.text
    compile(sample("http://localhost", "py"), "voorbeeld.py", "exec")


@pytest.mark.parametrize(
    ("given", "html"),
    [
        ("Een `x` en **y**.", "<p>Een <code>x</code> en <b>y</b>.</p>"),
        ("een\ntwee\n\ndrie", "<p>een twee</p><p>drie</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ('[x](https://a.nl/"onclick)', '<p><a class="utrecht-link" href="https://a.nl/&quot;onclick"'),
        ("```\n<b>\n```", '<pre class="loket-code" tabindex="0">&lt;b&gt;</pre>'),
        ("### Kop\ntekst", "<p><b>Kop</b></p><p>tekst</p>"),
        ("[JWT's][jwt]\n\n[jwt]: https://jwt.io", 'href="https://jwt.io" rel="noreferrer">JWT&#x27;s</a></p>'),
        ("snake_case_name blijft", "<p>snake_case_name blijft</p>"),
    ],
)
def test_descriptions_become_safe_html(given: str, html: str) -> None:
    assert html in markdown.html(given)


def test_a_list_in_a_description() -> None:
    made = markdown.html("Waarden:\n\n* `a` - Eerste\n* `b` - Tweede\n  gaat door")
    assert re.findall(r"<li>(.*?)</li>", made) == ["<code>a</code> - Eerste", "<code>b</code> - Tweede gaat door"]
