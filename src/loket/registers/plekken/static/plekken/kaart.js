/* Maakt van de plekkiezer een kaart die met muis, vinger en toetsen werkt. Zonder dit script doet de server hetzelfde.
   De kaart komt als SVG van /kaart/vlak.svg, iets groter dan te zien is; de speld ligt er los overheen. */
const NS = "http://www.w3.org/2000/svg";
const RUIM = 0.35; // zoveel kaart extra aan elke kant, als deel van het venster

function maak(naam, attributen, ...kinderen) {
  const el = document.createElementNS(NS, naam);
  for (const [sleutel, waarde] of Object.entries(attributen)) el.setAttribute(sleutel, waarde);
  el.append(...kinderen);
  return el;
}

class Kiezer {
  constructor(wortel) {
    this.wortel = wortel;
    this.kaart = wortel.querySelector(".loket-kiezer__kaart");
    this.velden = Object.fromEntries(["x", "y", "stap", "pin"].map((n) => [n, wortel.querySelector(`[name=kaart_${n}]`)]));
    this.schalen = wortel.dataset.schalen.split(" ").map(Number);
    this.punten = wortel.dataset.punten.split(";").filter(Boolean).map((p) => p.split(",").map(Number));
    this.stap = Number(this.velden.stap.value);
    this.midden = [Number(this.velden.x.value), Number(this.velden.y.value)];
    this.pin = this.velden.pin.value ? this.velden.pin.value.split(",").map(Number) : null;
    this.doek = document.createElement("div");
    this.doek.className = "loket-kiezer__doek";
    this.doek.tabIndex = 0;
    this.doek.setAttribute("role", "application");
    this.doek.setAttribute("aria-label", wortel.dataset.naam);
    this.pins = maak("svg", { class: "loket-kiezer__pins", "aria-hidden": "true" });
    this.doek.append(this.pins);
    this.kaart.prepend(this.doek);
    this.kaart.querySelector(".loket-kiezer__beeld").disabled = true;
    wortel.classList.add("loket-kiezer--js");
    this.vingers = new Map();
    this.luister();
    new ResizeObserver(() => this.teken()).observe(this.doek);
  }

  get schaal() { return this.schalen[this.stap]; }
  get maat() { return [this.doek.clientWidth, this.doek.clientHeight]; }
  naarPixel([x, y]) { const [w, h] = this.maat; return [w / 2 + (x - this.midden[0]) * this.schaal, h / 2 - (y - this.midden[1]) * this.schaal]; }
  naarWereld([px, py]) { const [w, h] = this.maat; return [this.midden[0] + (px - w / 2) / this.schaal, this.midden[1] - (py - h / 2) / this.schaal]; }

  luister() {
    const d = this.doek;
    d.addEventListener("pointerdown", (e) => this.neer(e));
    d.addEventListener("pointermove", (e) => this.sleep(e));
    for (const soort of ["pointerup", "pointercancel"]) d.addEventListener(soort, (e) => this.los(e));
    d.addEventListener("wheel", (e) => { e.preventDefault(); this.zoom(Math.sign(-e.deltaY), this.bij(e)); }, { passive: false });
    d.addEventListener("keydown", (e) => this.toets(e));
    const [dichter, verder] = this.kaart.querySelectorAll("[name=kiezer]");
    for (const [knop, kant] of [[dichter, 1], [verder, -1]]) {
      knop.addEventListener("click", (e) => { e.preventDefault(); this.zoom(kant, this.pinInBeeld()); });
    }
    const plek = this.kaart.querySelector("[data-plek]");
    if (navigator.geolocation) { plek.hidden = false; plek.addEventListener("click", () => this.mijnPlek()); }
    const zoek = this.wortel.querySelector("[name=kiezer][value=zoek]"), adres = this.wortel.querySelector("[name=adres]");
    zoek.addEventListener("click", (e) => { if (adres.value.trim() && !this.ruw) { e.preventDefault(); this.zoek(adres.value, zoek); } });
  }

  bij(e) { const r = this.doek.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; }
  pinInBeeld() {
    if (!this.pin) return null;
    const [px, py] = this.naarPixel(this.pin), [w, h] = this.maat;
    return px > 0 && px < w && py > 0 && py < h ? [px, py] : null;
  }

  neer(e) {
    if (e.button) return;
    this.doek.setPointerCapture(e.pointerId);
    this.vingers.set(e.pointerId, this.bij(e));
    this.weg = this.vingers.size > 1 ? Infinity : 0;
    this.spreiding = this.afstand();
  }
  afstand() { const [a, b] = this.vingers.values(); return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0; }
  sleep(e) {
    const oud = this.vingers.get(e.pointerId);
    if (!oud) return;
    const nieuw = this.bij(e), n = this.vingers.size, dx = (nieuw[0] - oud[0]) / n, dy = (nieuw[1] - oud[1]) / n;
    this.vingers.set(e.pointerId, nieuw);
    this.weg += Math.hypot(dx, dy);
    if (this.weg < 6) return;
    this.schuif(-dx, -dy);
    if (n === 2) {
      const [a, b] = this.vingers.values(), factor = this.afstand() / this.spreiding;
      if (factor > 1.5 || factor < 0.67) { this.zoom(factor > 1 ? 1 : -1, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]); this.spreiding = this.afstand(); }
    }
  }
  los(e) {
    if (!this.vingers.delete(e.pointerId)) return;
    if (this.weg < 6 && e.type === "pointerup") this.zet(this.naarWereld(this.bij(e)));
    else if (!this.vingers.size) this.teken();
  }

  schuif(px, py) {
    this.midden = [this.midden[0] + px / this.schaal, this.midden[1] - py / this.schaal];
    this.plaats();
  }
  zoom(kant, rond) {
    const stap = Math.min(Math.max(this.stap + kant, 0), this.schalen.length - 1), [w, h] = this.maat;
    if (stap === this.stap) return;
    const [px, py] = rond ?? [w / 2, h / 2], vast = this.naarWereld([px, py]);
    this.stap = stap;
    this.midden = [vast[0] - (px - w / 2) / this.schaal, vast[1] + (py - h / 2) / this.schaal];
    this.plaats();
    this.teken();
  }

  toets(e) {
    const kant = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (kant) {
      const m = e.shiftKey ? 60 : this.pin ? 8 : 60;
      const [px, py] = this.pin ? this.naarPixel(this.pin) : [0, 0], [w, h] = this.maat;
      if (!this.pin) { this.schuif(kant[0] * m, kant[1] * m); this.straks(() => this.teken()); }
      else {
        const doel = [px + kant[0] * m, py + kant[1] * m];
        this.pin = this.naarWereld(doel);
        if (doel[0] < 50 || doel[0] > w - 50 || doel[1] < 70 || doel[1] > h - 30) this.midden = [...this.pin];
        this.plaats();
        this.straks(() => { this.teken(); this.zet(this.pin); });
      }
    } else if (e.key === "Enter" || e.key === " ") this.zet(this.pin ?? this.midden);
    else if (e.key === "+" || e.key === "=") this.zoom(1, this.pinInBeeld());
    else if (e.key === "-") this.zoom(-1, this.pinInBeeld());
    else return;
    e.preventDefault();
  }
  straks(doe) { clearTimeout(this.klok); this.klok = setTimeout(doe, 350); }

  /** Zet de speld, en zeg in woorden waar dat is. */
  async zet(punt) {
    await this.vraagHier(new URLSearchParams({ x: punt[0].toFixed(2), y: punt[1].toFixed(2) }));
  }
  async vraagHier(vraag, midden = false) {
    const beurt = (this.beurt = (this.beurt ?? 0) + 1);
    let plek;
    try {
      const antwoord = await fetch(`${this.wortel.dataset.hier}?${vraag}`);
      plek = await antwoord.json();
    } catch { plek = { fout: this.wortel.dataset.fout }; }
    if (beurt !== this.beurt) return;
    if (plek.fout) return this.zeg(plek.fout, "");
    this.pin = [plek.x, plek.y];
    if (midden) { this.midden = [plek.x, plek.y]; this.stap = Math.max(this.stap, 4); }
    this.zeg(plek.tekst, plek.detail);
    this.plaats();
    if (midden) this.teken();
    this.wortel.dispatchEvent(new CustomEvent("plek", { bubbles: true, detail: plek }));
  }
  zeg(tekst, detail) {
    const p = this.kaart.querySelector("[data-gekozen]"), b = document.createElement("b");
    b.textContent = tekst;
    p.replaceChildren(b);
    if (detail) {
      const span = document.createElement("span");
      span.className = "sub";
      span.textContent = detail;
      p.append(document.createElement("br"), span);
    }
    p.hidden = false;
  }

  mijnPlek() {
    this.zeg(this.wortel.dataset.bezig, "");
    const mis = () => this.zeg(this.wortel.dataset.geen, "");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.vraagHier(new URLSearchParams({ lat: coords.latitude, lon: coords.longitude }), true),
      mis, { enableHighAccuracy: true, timeout: 15000 });
  }

  async zoek(tekst, knop) {
    let treffers = [];
    try {
      const antwoord = await fetch(`${this.wortel.dataset.zoek}?${new URLSearchParams({ q: tekst })}`, { headers: { Accept: "application/json" } });
      ({ treffers } = await antwoord.json());
    } catch { /* de server zegt het zo zelf */ }
    if (!treffers.length) { this.ruw = true; return knop.click(); }
    // de speld staat er meteen: wie doorgaat voordat de woorden er zijn, houdt zijn keus
    const ga = ({ x, y }) => {
      this.pin = [x, y];
      this.plaats();
      return this.vraagHier(new URLSearchParams({ x, y }), true);
    };
    const lijst = document.createElement("ul");
    lijst.className = "loket-kiezer__treffers";
    for (const treffer of treffers) {
      const li = document.createElement("li"), b = document.createElement("button");
      b.type = "button";
      b.className = "utrecht-button utrecht-button--subtle";
      b.textContent = treffer.tekst;
      b.addEventListener("click", () => ga(treffer));
      li.append(b);
      lijst.append(li);
    }
    this.wortel.querySelector("[data-treffers]").replaceChildren(...(treffers.length > 1 ? [lijst] : []));
    this.wortel.querySelector("#adres_f")?.remove();
    this.wortel.querySelector(".loket-field--error")?.classList.remove("loket-field--error");
    await ga(treffers[0]);
  }

  /** Haal de kaart voor wat te zien is. Wat er ligt blijft liggen tot de nieuwe er is. */
  async teken() {
    const [w, h] = this.maat;
    if (!w) return;
    const schaal = this.schaal, midden = [...this.midden], W = Math.round(w * (1 + 2 * RUIM)), H = Math.round(h * (1 + 2 * RUIM));
    const hx = W / 2 / schaal, hy = H / 2 / schaal;
    const bbox = [midden[0] - hx, midden[1] - hy, midden[0] + hx, midden[1] + hy].map((v) => v.toFixed(2)).join();
    const vrij = new URLSearchParams({ kaal: 1, bbox, w: W, h: H, punten: this.wortel.dataset.punten, speld: this.pin?.map((v) => v.toFixed(2)).join() ?? "" });
    this.afbreken?.abort();
    this.afbreken = new AbortController();
    try {
      const antwoord = await fetch(`${this.wortel.dataset.vlak}?${vrij}`, { signal: this.afbreken.signal });
      if (!antwoord.ok) throw new Error(antwoord.status);
      const svg = new DOMParser().parseFromString(await antwoord.text(), "text/html").querySelector("svg");
      svg.setAttribute("aria-hidden", "true");
      svg.removeAttribute("role");
      svg.removeAttribute("aria-label");
      this.ligt?.svg.remove();
      this.ligt = { svg, schaal, midden, W, H };
      this.pins.before(svg);
      this.plaats();
    } catch (fout) { if (fout.name !== "AbortError") this.zeg(this.wortel.dataset.fout, ""); }
  }

  /** Leg kaart, speld en cirkels waar ze horen, en schrijf de velden die het formulier verstuurt. */
  plaats() {
    if (this.ligt) {
      const { svg, schaal, midden, W, H } = this.ligt, k = this.schaal / schaal, [px, py] = this.naarPixel(midden);
      svg.style.width = `${W * k}px`;
      svg.style.height = `${H * k}px`;
      svg.style.left = `${px - (W * k) / 2}px`;
      svg.style.top = `${py - (H * k) / 2}px`;
    }
    this.pins.replaceChildren(...this.punten.map((p, i) => this.cirkel(p, i + 1)), ...(this.pin ? [this.speld(this.pin)] : []));
    this.velden.x.value = this.midden[0].toFixed(2);
    this.velden.y.value = this.midden[1].toFixed(2);
    this.velden.stap.value = this.stap;
    this.velden.pin.value = this.pin ? this.pin.map((v) => v.toFixed(2)).join() : "";
  }
  cirkel(punt, nummer) {
    const [x, y] = this.naarPixel(punt), tekst = maak("text", { class: "m-dot-t", "font-size": 15, x, y: y + 0.8 }, String(nummer));
    return maak("g", {}, maak("circle", { class: "m-dot", cx: x, cy: y, r: 14, "stroke-width": 3.5 }), tekst);
  }
  speld(punt) {
    const [x, y] = this.naarPixel(punt);
    return maak("g", { class: "m-speld", transform: `translate(${x} ${y})scale(1.15)` },
      maak("ellipse", { cx: 0, cy: 1, rx: 9, ry: 3.5, opacity: 0.25 }),
      maak("path", { class: "m-pin", d: "M0 0C-4-9-17-17-17-30a17 17 0 0 1 34 0C17-17 4-9 0 0z" }),
      maak("circle", { class: "m-pin-in", cx: 0, cy: -30, r: 6.5 }));
  }
}

for (const wortel of document.querySelectorAll("[data-kiezer]")) new Kiezer(wortel);
