import os, io, time, cProfile
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright
from loket.foundation.mail.rendering import render_mail
from loket.foundation.mail.outbox import send, send_many, Mail
from loket.foundation.mail.sender import deliver_all
from loket.foundation.storage.images import clean_photo
from loket.foundation.mail import sender

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
from .smtpd import free_port, server

AXE = open("tests/vendor/axe.min.js").read()


@pytest.mark.django_db(transaction=True)
def test_shots(live_server, settings, lindewaard, beheerder, monkeypatch, tmp_path):
    settings.DEMO = True
    settings.MAIL_URL = ""
    settings.DATA_DIR = tmp_path
    settings.LOKET_URL = live_server.url
    from django.template import Template
    from loket.foundation.mail.rendering import html_of
    from django.template.loader import render_to_string
    from loket.foundation.web.context import kop

    text = (
        "Beste Tess Hazelhoff,\n\nDank u wel voor uw melding. Uw nummer is LW-2026-04817.\n\n- Een medewerker leest uw melding uiterlijk maandag 23 november 2026.\n- Wij maken de stoep, of leggen uit waarom dat niet kan.\n\nVolg uw melding: %s/postbus\n"
        % live_server.url
    )
    html = render_to_string(
        "mail/basis.html",
        {
            "organisatie": kop(lindewaard),
            "taal": "nl",
            "onderwerp": "Uw melding is binnen",
            "alineas": html_of(text),
            "demo": True,
        },
    )
    ids = [
        send(
            to=f"t.hazelhoff{n}@voorbeeld.nl",
            subject=f"Uw melding LW-2026-0481{n} is binnen",
            text=text,
            html=html,
            key=str(n),
            organisatie=lindewaard,
        )
        for n in range(4)
    ]
    deliver_all()
    monkeypatch.setattr(
        "loket.foundation.access.middleware._find",
        lambda request: (
            beheerder
            if request.path.startswith("/beheer")
            else __import__("loket.foundation.access.actor", fromlist=["x"]).ANONYMOUS
        ),
    )
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pg = b.new_page(viewport={"width": 1280, "height": 900}, locale="nl-NL")

        def shot(url, name, w=1280):
            pg.set_viewport_size({"width": w, "height": 900})
            pg.goto(live_server.url + url)
            pg.wait_for_timeout(300)
            pg.evaluate(AXE)
            v = pg.evaluate(
                "axe.run().then(r=>r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.target.join(' ')).join(', ')))"
            )
            print(name, v, pg.evaluate("document.documentElement.scrollWidth"))
            pg.screenshot(path=f"/tmp/shot-{name}.png", full_page=True)

        pg.on("console", lambda m: print("CONSOLE", m.text))
        shot("/postbus", "postbus")
        shot("/postbus", "postbus360", 360)
        shot(f"/postbus/{ids[0]}", "bericht")
        shot(f"/postbus/{ids[0]}", "bericht360", 360)
        fr = pg.frame_locator("iframe")
        fr.get_by_role("link", name="Volg uw melding").click()
        pg.wait_for_url("**/postbus")
        print("link ok", pg.url)
        settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}"
        for n in range(5, 9):
            send(
                to=f"t.hazelhoff{n}@voorbeeld.nl",
                subject=f"Uw melding LW-2026-0481{n} is binnen",
                text=text,
                html=html,
                key=str(n),
                organisatie=lindewaard,
            )
        deliver_all()
        shot("/beheer/mail", "beheer")
        shot("/beheer/mail", "beheer360", 360)
        pg.set_viewport_size({"width": 1280, "height": 900})
        pg.goto(live_server.url + "/beheer/mail")
        pg.get_by_role("button", name="Houd tegen").first.click()
        pg.wait_for_timeout(300)
        pg.screenshot(path="/tmp/shot-beheer2.png")
        b.close()
    from loket.foundation.mail.models import Bericht

    Bericht.objects.all().delete()
    with server() as box:
        settings.MAIL_URL = box.url
        t = time.time()
        send_many(
            [
                Mail(
                    to=f"a{n}@b.nl",
                    subject="Uw melding is binnen",
                    text=text,
                    html=html,
                    key=f"x{n}",
                    organisatie=lindewaard,
                )
                for n in range(1000)
            ]
        )
        print("send_many 5000", time.time() - t)
        t = time.time()
        c = time.thread_time()
        deliver_all()
        print("deliver", time.time() - t, "cpu of sender", time.thread_time() - c, len(box.mails), box.connections)
    settings.MAIL_URL = ""
    send_many(
        [
            Mail(
                to=f"a{n}@b.nl",
                subject="Uw melding is binnen",
                text=text,
                html=html,
                key=f"z{n}",
                organisatie=lindewaard,
            )
            for n in range(1000)
        ]
    )
    t = time.time()
    c = time.thread_time()
    deliver_all()
    print("postbus 1000", time.time() - t, "cpu", time.thread_time() - c)
    t = time.time()
    for n in range(300):
        send(to="a@b.nl", subject="x", text=text, html=html, key=f"y{n}", organisatie=lindewaard)
    print("send each ms", (time.time() - t) / 300 * 1000)
    for size in ((4000, 3000), (8900, 8900)):
        im = Image.effect_noise(size, 60).convert("RGB")
        o = io.BytesIO()
        im.save(o, "JPEG", quality=60)
        t = time.time()
        c = clean_photo(o.getvalue())
        print(size, len(o.getvalue()), "jpeg", time.time() - t, len(c.data))
    im = Image.new("RGB", (8900, 8900), "red")
    o = io.BytesIO()
    im.save(o, "PNG")
    t = time.time()
    c = clean_photo(o.getvalue())
    print("png 79MP", time.time() - t, len(c.data))
    import resource

    print("maxrss MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
