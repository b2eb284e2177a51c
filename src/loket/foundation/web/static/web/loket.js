// Loket: the few things that HTML cannot do. Every page works without this file. No eval, no inline handlers.

document.documentElement.classList.add("has-script");

// -- the list of what is not right yet: gets the focus when it appears, and the title says so ---------------------------
const plainTitle = document.title;

function showSummary(summary) {
  const prefix = summary.dataset.prefix ?? "";
  if (!document.title.startsWith(prefix)) document.title = prefix + plainTitle;
  summary.focus();
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (!(node instanceof Element)) continue;
      const summary = node.matches("[data-summary]") ? node : node.querySelector("[data-summary]");
      if (summary) showSummary(summary);
      for (const slot of node.querySelectorAll("[data-live-url]")) watch(slot);
    }
  }
}).observe(document.body, { childList: true, subtree: true });

// -- keys: a letter presses what carries data-key; they can be switched off (WCAG 2.1.4) --------------------------------
const OFF = "loket-toetsen-uit";
const keysOn = () => localStorage.getItem(OFF) === null;

function writing(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function openPalette() {
  const palette = document.querySelector("[data-palette][popover]");
  if (!palette) return false;
  palette.togglePopover();
  palette.querySelector("input")?.select();
  return true;
}

function fillKeyList(list) {
  for (const old of list.querySelectorAll("[data-made]")) old.remove();
  const known = new Set(["?"]);
  const add = (keys, label) => {
    const fresh = keys.filter((key) => !known.has(key));
    if (!fresh.length) return;
    const term = document.createElement("dt");
    const words = Object.assign(document.createElement("dd"), { textContent: label });
    for (const key of fresh) {
      known.add(key);
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    }
    term.dataset.made = words.dataset.made = "";
    list.append(term, words);
  };
  for (const thing of document.querySelectorAll("[data-key]")) {
    add([thing.dataset.key.toUpperCase()], thing.dataset.keyLabel ?? thing.textContent.trim());
  }
  // what the page itself listens to stands in its bar
  for (const line of document.querySelectorAll(".loket-keys > span")) {
    const keys = [...line.querySelectorAll("kbd")].map((key) => key.textContent);
    add(keys, [...line.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE).map((part) => part.data).join(" ").trim());
  }
}

function toggleKeyHelp() {
  const help = document.getElementById("toetsen");
  if (!help) return;
  const list = help.querySelector("[data-key-list]");
  if (list) fillKeyList(list);
  help.togglePopover();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    if (openPalette()) event.preventDefault();
    return;
  }
  const palette = event.target instanceof Element && event.target.closest("[data-palette]");
  if (palette && ["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
    walkPalette(palette, event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (event.key === "?") {
    toggleKeyHelp();
    event.preventDefault();
    return;
  }
  if (!keysOn() || event.key.length !== 1 || document.querySelector("[popover]:popover-open")) return;
  // a page that is a tool listens to this and answers with preventDefault()
  const asked = new CustomEvent("loket:key", { detail: { key: event.key }, cancelable: true, bubbles: true });
  if (!event.target.dispatchEvent(asked)) {
    event.preventDefault();
    return;
  }
  const thing = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toLowerCase() === event.key.toLowerCase());
  if (thing) {
    event.preventDefault();
    thing.click();
  }
});

const keySwitch = document.querySelector("[data-keys-on]");
if (keySwitch) {
  keySwitch.checked = keysOn();
  keySwitch.addEventListener("change", () => {
    if (keySwitch.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
  });
}

// -- code: copied with one press; without this file it is marked and copied by hand ------------------------------------
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
  });
}

// -- forms for people who write all day -----------------------------------------------------------------------------------
// data-send: Ctrl Enter sends. data-filter: a search field that hides the lines of a list that do not match.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target instanceof Element && event.target.closest("form[data-send]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

document.addEventListener("input", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("[data-filter]")) return;
  const words = event.target.value.toLowerCase();
  for (const line of event.target.closest("[data-filter-in]").querySelectorAll("li")) {
    line.hidden = !line.textContent.toLowerCase().includes(words);
  }
});

// -- help while typing: what helpers find for the text of a field, asked at each pause. Never touches the field, and
// never replaces what somebody stands in or has open. No network: the list stays as it is, and the form just works.
const HELP_MS = 400;
const helping = new WeakMap();

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function post(address, fields, signal) {
  const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers, signal });
  return answer.ok ? answer.text() : null;
}

async function findHelp(slot, field) {
  helping.get(slot)?.abort();
  const round = new AbortController();
  helping.set(slot, round);
  try {
    const fields = { tekst: field.value.slice(0, 5000), over: slot.dataset.helpAbout ?? "" };
    const found = await post(slot.dataset.helpUrl, fields, round.signal);
    const place = slot.querySelector("[data-help-found]");
    if (found === null || found === place.made || place.contains(document.activeElement)) return;
    if (place.querySelector("details[open]")) return;
    place.innerHTML = place.made = found;
    sayHelp(slot, place.querySelectorAll("[data-help-hit]").length);
  } catch {
    // a later text, or no network
  }
}

function sayHelp(slot, count) {
  const said = slot.querySelector("[data-help-said]");
  const words = count === 0 ? said.dataset.none : count === 1 ? said.dataset.one : said.dataset.more.replace("{n}", String(count));
  if (said.textContent !== words) said.textContent = words;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  const slot = field instanceof Element && field.id && document.querySelector(`[data-help-for="${CSS.escape(field.id)}"]`);
  if (!slot) return;
  clearTimeout(slot.pause);
  slot.pause = setTimeout(() => findHelp(slot, field), HELP_MS);
});

// yes or no, without leaving the form: the button alone would open the answer in a new tab
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-help-vote]");
  if (!button) return;
  event.preventDefault();
  const thanks = await post(button.formAction, { geholpen: button.value }).catch(() => null);
  if (thanks === null) return;
  const place = button.closest("[data-help-answer]");
  place.innerHTML = thanks;
  place.querySelector("[tabindex]")?.focus();
});

// -- the palette: arrows walk over the lines, Enter opens the one that is marked -----------------------------------------
function walkPalette(palette, event) {
  const lines = [...palette.querySelectorAll("li")];
  const at = lines.findIndex((line) => line.classList.contains("at"));
  if (event.key === "Enter") {
    if (event.target.matches("input") && at >= 0) {
      event.preventDefault();
      lines[at].querySelector("a")?.click();
    }
    return;
  }
  event.preventDefault();
  const next = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), lines.length - 1);
  lines[at]?.classList.remove("at");
  lines[next]?.classList.add("at");
  lines[next]?.scrollIntoView({ block: "nearest" });
}

// -- live: says how many are new; never moves a row ----------------------------------------------------------------------
// The stream only says that something of a type happened to a subject. How many are new, the page asks (data-poll-url:
// {"nieuw": 2, "live": "a new address of the stream"}), because there rights are checked. Without a stream it asks regularly.
const POLL_MS = 20000;
const SETTLE_MS = 400;

function say(slot, count) {
  if (slot.dataset.count === String(count)) return;
  slot.dataset.count = String(count);
  if (!count) {
    slot.replaceChildren();
    return;
  }
  const words = (count === 1 ? slot.dataset.one : slot.dataset.more).replace("{n}", String(count));
  const box = Object.assign(document.createElement("p"), { className: "loket-live" });
  const show = Object.assign(document.createElement("a"), {
    className: "utrecht-link",
    href: slot.dataset.showUrl || location.href,
    textContent: slot.dataset.show,
  });
  box.append(words, " ", show);
  slot.replaceChildren(box);
}

class Live {
  constructor(slot) {
    this.slot = slot;
    this.subjects = new Set();
    this.types = (slot.dataset.liveTypes ?? "").split(" ").filter(Boolean);
    this.listen(slot.dataset.liveUrl);
  }

  listen(url) {
    if (!url || !("EventSource" in window)) return this.startPolling();
    this.source = new EventSource(url, { withCredentials: true });
    this.source.addEventListener("message", (event) => this.heard(JSON.parse(event.data)));
    this.source.addEventListener("open", () => {
      this.stopPolling();
      if (this.slot.dataset.pollUrl) this.ask(); // what came between the making of the page and the stream
    });
    this.source.addEventListener("error", () => this.startPolling());
  }

  heard(event) {
    if (!this.slot.isConnected) return this.source.close();
    if (this.types.length && !this.types.includes(event.type)) return;
    const told = new CustomEvent("loket:live", { detail: event, cancelable: true, bubbles: true });
    if (!this.slot.dispatchEvent(told)) return;
    if (this.slot.dataset.pollUrl) {
      clearTimeout(this.settle);
      this.settle = setTimeout(() => this.ask(), SETTLE_MS);
    } else {
      this.subjects.add(event.subject);
      say(this.slot, this.subjects.size);
    }
  }

  startPolling() {
    if (!this.slot.dataset.pollUrl || this.timer) return;
    this.timer = setInterval(() => this.ask(), POLL_MS);
    this.ask();
  }

  stopPolling() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  async ask() {
    if (!this.slot.isConnected) return this.stopPolling();
    if (document.hidden) return;
    try {
      const answer = await fetch(this.slot.dataset.pollUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const said = await answer.json();
      say(this.slot, said.nieuw ?? 0);
      if (said.live && this.source?.readyState === EventSource.CLOSED) this.listen(said.live);
    } catch {
      // no network: the next round asks again
    }
  }
}

const watched = new WeakSet();

function watch(slot) {
  if (watched.has(slot)) return;
  watched.add(slot);
  new Live(slot);
}

for (const slot of document.querySelectorAll("[data-live-url]")) watch(slot);
