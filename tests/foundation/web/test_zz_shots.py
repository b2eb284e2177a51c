import os,sys,pathlib
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import pytest
from playwright.sync_api import sync_playwright
OUT=pathlib.Path("/tmp/shots"); OUT.mkdir(exist_ok=True)
AXE=pathlib.Path("/work/main/tests/vendor/axe.min.js").read_text()
@pytest.mark.django_db(transaction=True)
def test_shots(live_server, settings):
    from loket.foundation.identity.models import Organisatie
    Organisatie.objects.create(naam="Gemeente Lindewaard",soort="gemeente",rsin="000000001",afkorting="LW",hoofd=True,telefoon="14 0199",email="loket@lindewaard.voorbeeld.nl",adres="Stadhuis, Lindeplein 1",openingstijden={"telefoon":{d:["08:00","20:00"] for d in ("ma","di","wo","do","vr")},"balie":{d:["09:00","17:00"] for d in ("ma","di","wo","do","vr")}})
    bad=[]
    settings.ROOT_URLCONF="tests.foundation.web.proefpaginas"
    from loket.foundation.web import extensions as ext
    from loket.foundation.access.actor import Actor
    from loket.foundation.access import middleware as mw
    import contextlib
    if os.environ.get("STAFF"):
        o=Organisatie.objects.get()
        mw._find=lambda r: Actor("medewerker",naam="Fenna Wierda",organisatie=o.id)
    stack=contextlib.ExitStack(); stack.enter_context(ext.offering(ext.NavItem("werk","Werk","/werk","werkplek",1),ext.NavItem("z","Zoeken","/zoek","werkplek",2),ext.NavItem("zz","Zoeken","/zoek","zoeken"),ext.NavItem("g","Nieuw gesprek","/gesprek","gesprek",icon="phone",key="g"),ext.NavItem("m","Mijn Loket","/mijn","kop",icon="person"),ext.NavItem("pr","Privacy","/privacy","voet"),ext.PaletteItem("p","Plan een terugbelafspraak","/b",icon="callback",key="b")))
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for path,name in [x.split("=") for x in os.environ["PAGES"].split(",")]:
            for w,scheme in ((1280,"light"),(360,"light"),(320,"light"),(1280,"dark"),(360,"dark")):
                ctx=b.new_context(viewport={"width":w,"height":800},color_scheme=scheme,locale="nl-NL")
                pg=ctx.new_page(); msgs=[]
                pg.on("console",lambda m: msgs.append(m.text))
                pg.on("pageerror",lambda e: msgs.append(str(e)))
                pg.goto(live_server.url+path); 
                if name.startswith("post"): pg.get_by_role("button",name="Verstuur melding").click()
                if name=="menu" : pg.click(".loket-user")
                if name=="palet": pg.keyboard.press("Control+k")
                if name=="help": pg.keyboard.press("?")
                pg.wait_for_load_state("networkidle")
                pg.screenshot(path=str(OUT/f"{name}-{w}-{scheme}.png"),full_page=True)
                pg.evaluate(AXE)
                r=pg.evaluate("axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})")
                for v in r["violations"]: bad.append((name,w,scheme,v["id"],[n["html"][:200]+" || "+n["failureSummary"][:200] for n in v["nodes"][:4]]))
                sw=pg.evaluate("document.documentElement.scrollWidth")
                if sw>w: bad.append((name,w,"scroll",sw,pg.evaluate("[...document.querySelectorAll('body *')].filter(e=>e.getBoundingClientRect().right>innerWidth+1 && !e.closest('.loket-worktable')).slice(0,8).map(e=>e.outerHTML.slice(0,120))")))
                if msgs: bad.append((name,w,"console",msgs))
                ctx.close()
        b.close()
    for x in bad: print(x)
