"""The first walk through the house, as its users do it in a browser: a test runs it, and the pictures are made of it.

A resident reports a loose paving stone with a photo and a blocked culvert; the first line answers one and passes one
on; the second line asks a specialist and answers with a standard text; the culvert goes to the water board; the
resident sees it all in one place and rates it. Each step asserts what its user would look for.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.chromium import PATIENCE

PASSWORD = "loket-demo"
MAIL = "t.hazelhoff@voorbeeld.nl"

type Snap = Callable[[Page, str], None]


@dataclass
class Reported:
    """What the resident holds after sending: the number, and the address of the status page."""

    number: str
    status: str


def no_picture(page: Page, name: str) -> None:
    """Where no pictures are wanted."""


def photo() -> bytes:
    """A drawn photo of loose paving stones."""
    image = Image.new("RGB", (1200, 900), "#9b9a94")
    draw = ImageDraw.Draw(image)
    for row in range(6):
        for column in range(5):
            x, y = column * 250 + (row % 2) * 120 - 100, row * 160
            draw.rectangle((x, y, x + 235, y + 145), fill="#b4b2a9", outline="#7d7b73", width=6)
    draw.polygon(((480, 380), (720, 330), (760, 470), (515, 520)), fill="#d8d5c8", outline="#5d5b55")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


@dataclass
class Walk:
    """The walk against a running Loket with the demo at `base`."""

    browser: Browser
    base: str
    snap: Snap = no_picture

    def fresh(self) -> Page:
        """A new visitor: no cookies, Dutch."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def employee(self, name: str) -> Page:
        """An employee who has logged in."""
        page = self.fresh()
        page.goto(f"{self.base}/medewerkers/inloggen")
        page.get_by_label("naam", exact=False).first.fill(name)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".loket-bar")).to_be_visible()
        return page

    def resident(self, person: str) -> Page:
        """A resident who has logged in with the stand-in for DigiD."""
        page = self.fresh()
        page.goto(f"{self.base}/mijn/")
        page.locator("main button").first.click()
        page.get_by_text(person).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Goede")
        return page

    def report(
        self, page: Page, text: str, category: str, address: str, with_photo: bool, names: tuple[str, ...]
    ) -> Reported:
        """A resident reports something in four steps."""
        page.goto(self.base)
        if names:
            self.snap(page, names[0])
        page.get_by_role("link", name="Iets melden").click()
        page.locator("textarea[name=tekst]").fill(text)
        page.get_by_text(category, exact=True).click()
        self.next(page)
        expect(page.get_by_role("heading", name="Waar is het?")).to_be_visible()
        page.get_by_label("Zoek een straat of adres").fill(address)
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.locator("main")).to_contain_text(address.rsplit(" ", 1)[0])
        if page.get_by_role("button", name=re.compile(f"^{address}")).count():
            page.get_by_role("button", name=re.compile(f"^{address}")).first.click()
            expect(page.get_by_text(re.compile("bij nummer")).first).to_be_visible()  # before the next click
        if with_photo:
            page.locator("input[type=file]").set_input_files(
                {"name": "stoep.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            )
            page.get_by_role("button", name="Voeg de gekozen bestanden toe").click()
            expect(page.get_by_text("stoep.jpg")).to_be_visible()
        if len(names) > 1:
            self.snap(page, names[1])
        self.next(page)
        if page.get_by_text("Nee, mijn melding is nieuw").count():
            page.get_by_text("Nee, mijn melding is nieuw").click()
            self.next(page)
        expect(page.get_by_role("heading", name="Uw gegevens")).to_be_visible()
        page.get_by_text("Ja", exact=False).first.click()
        page.locator("input[name=email]").fill(MAIL)
        page.locator("input[name=naam]").fill("Tessa Hazelhoff")
        self.next(page)
        page.get_by_role("button", name=re.compile("^Verstuur")).click()
        expect(page.get_by_role("heading", name=re.compile("Bedankt"))).to_be_visible()
        if len(names) > 2:
            self.snap(page, names[2])
        found = re.search(r"LW-\d{4}-\d{5,}", page.locator("main").inner_text())
        assert found, "the confirmation shows the number"
        page.get_by_role("link", name=re.compile("^Volg uw")).click()
        expect(page.locator("main")).to_contain_text(found.group())
        return Reported(found.group(), page.url)

    @staticmethod
    def next(page: Page) -> None:
        """The one full button of a step."""
        page.locator("main button.utrecht-button--primary-action").last.click()

    def case(self, page: Page, number: str) -> None:
        """Open a zaak by its number, as an employee does: with the search of the workbench."""
        page.goto(f"{self.base}/werk/zoeken/?q={number}")
        page.locator("td.subject a").first.click()
        expect(page.locator(".loket-casehead")).to_contain_text(number)

    def act(self, page: Page, tab: str) -> None:
        """Choose what to do under the chain of a zaak."""
        page.locator(".loket-tabs").get_by_role("link", name=re.compile(f"^{tab}")).click()

    def send(self, page: Page, button: str) -> None:
        """Press the button of the form, and read that it was done."""
        page.locator(".loket-editor, main").last.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".loket-notice--ok")).to_be_visible()

    def pass_on(self, page: Page, number: str, team: str, question: str) -> None:
        """The first line passes a reactie on to a team, with a question."""
        self.case(page, number)
        self.act(page, "Doorzetten")
        page.locator("select[name=bij]").select_option(label=team)
        page.locator("textarea[name=vraag]").fill(question)
        self.send(page, "Zet door")

    def take_up(self, page: Page, number: str) -> None:
        """Whoever was asked takes the task up."""
        self.case(page, number)
        page.get_by_role("link", name="Pak op").first.click()
        page.get_by_role("button", name="Pak op", exact=True).click()
        expect(page.locator(".loket-notice--ok")).to_be_visible()

    def ask_specialist(self, page: Page, number: str, who: str, question: str, name: str) -> None:
        """The second line asks the third for knowledge and keeps the reactie."""
        self.case(page, number)
        self.act(page, "Specialist")
        expect(page.locator("select[name=bij]")).to_be_visible()
        page.locator("select[name=bij]").select_option(label=who)
        page.locator("textarea[name=vraag]").fill(question)
        self.snap(page, name)
        self.send(page, "Stel de vraag")

    def specialist_answers(self, page: Page, number: str, answer: str) -> None:
        """The third line answers inside the file."""
        self.take_up(page, number)
        page.get_by_role("link", name="Beantwoord").first.click()
        page.locator("textarea[name=antwoord]").fill(answer)
        page.get_by_role("button", name="Bewaar antwoord").click()
        expect(page.locator(".loket-notice--ok")).to_be_visible()

    def answer_and_close(self, page: Page, number: str, text: str, result: str, why: str, name: str = "") -> None:
        """Answer, starting from a standard text, and close in the same act."""
        self.case(page, number)
        expect(page.locator("textarea[name=tekst]")).to_be_visible()
        page.locator("textarea[name=tekst]").fill(text)
        page.locator("select[name=resultaat]").select_option(label=result)
        page.locator("textarea[name=waarom]").fill(why)
        if name:
            self.snap(page, name)
        self.send(page, "Verstuur antwoord")

    def forward(self, page: Page, number: str, organisation: str, why: str, name: str) -> None:
        """What belongs to another government goes there, under the same number (Awb 2:3)."""
        self.case(page, number)
        page.locator("summary", has_text="Meer").click()
        page.get_by_role("link", name=re.compile("^Zend door")).click()
        page.locator("select[name=naar]").select_option(label=organisation)
        page.locator("textarea[name=waarom]").fill(why)
        self.snap(page, name)
        self.send(page, "Zend door")

    def resident_sees(self, status: str, words: tuple[str, ...], name: str = "") -> Page:
        """The resident follows a reactie by its link."""
        page = self.fresh()
        page.goto(status)
        for word in words:
            expect(page.locator("main")).to_contain_text(word)
        if name:
            self.snap(page, name)
        return page

    def rate(self, page: Page, mark: str, why: str) -> None:
        """One question after closing: a mark and why."""
        page.get_by_label(mark, exact=True).check()
        page.get_by_label("Waarom?").first.fill(why)
        page.get_by_role("button", name="Geef dit cijfer").click()
        expect(page.locator("main")).to_contain_text(re.compile("Bedankt|Dank|gaf"))

    def mijn(self, page: Page, subjects: tuple[str, ...], name: str) -> None:
        """The resident sees everything of every organisation in one place."""
        page.goto(f"{self.base}/mijn/")
        for subject in subjects:
            expect(page.locator("main")).to_contain_text(subject)
        self.snap(page, name)

    def everything(self) -> None:
        """The whole walk, in the order of the story."""
        tessa = self.resident("T. Hazelhoff")
        stone = self.report(
            tessa,
            "Bij de boom steekt een tegel omhoog. Mijn buurvrouw is er met haar rollator over gevallen.",
            "Losse tegel of kapotte stoep",
            "Kastanjelaan 12",
            True,
            ("01-home", "02-melden", "03-bevestiging"),
        )
        culvert = self.report(
            tessa,
            "De duiker bij de sloot zit dicht. Het water staat al bijna op de weg.",
            "Sloot, duiker of waterkant",
            "Polderweg 7",
            False,
            (),
        )
        lamp = self.report(
            self.fresh(), "De lantaarnpaal is al een week uit.", "Kapotte lamp", "Kerkstraat 10", False, ()
        )
        fenna = self.employee("fenna.wierda")
        fenna.goto(f"{self.base}/werk/lijst/triage/")
        self.snap(fenna, "04-triage")
        self.answer_and_close(
            fenna, lamp.number, "De monteur komt morgen.", "Beantwoord", "De monteur vervangt de lamp morgen."
        )
        self.pass_on(fenna, stone.number, "Wijkbeheer Noord", "Willen jullie kijken en de bewoner antwoorden?")

        idris = self.employee("idris.boukhari")
        self.take_up(idris, stone.number)
        self.ask_specialist(
            idris,
            stone.number,
            "Specialisten constructie, geluid en recht",
            "Zijn wij aansprakelijk voor de val?",
            "06-specialist",
        )
        self.specialist_answers(
            self.employee("rienk.terpstee"), stone.number, "Ja, als het gebrek bekend was. Leg vast wanneer."
        )
        self.answer_and_close(
            idris,
            stone.number,
            "Beste mevrouw Hazelhoff,\n\nDe tegel ligt weer recht. Bedankt dat u het meldde.",
            "Opgelost",
            "De stoep is gemaakt en gecontroleerd.",
            "05-zaak",
        )

        self.forward(
            fenna,
            culvert.number,
            "Waterschap Het Groene Tij",
            "Het waterschap zorgt voor sloten en duikers.",
            "07-doorzenden",
        )
        self.case(self.employee("carmelita.jagdewsing"), culvert.number)
        self.resident_sees(culvert.status, ("Waterschap Het Groene Tij", culvert.number), "08-status")

        page = self.resident_sees(stone.status, ("De stoep is gemaakt", "Idris Boukhari"))
        self.rate(page, "5", "Snel geholpen")
        self.mijn(tessa, ("Losse tegel of kapotte stoep", "Sloot, duiker of waterkant"), "09-mijn")
