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
  for (const thing of document.querySelectorAll("[data-key]")) {
    const term = document.createElement("dt");
    const key = Object.assign(document.createElement("kbd"), { textContent: thing.dataset.key.toUpperCase() });
    const words = Object.assign(document.createElement("dd"), { textContent: thing.dataset.keyLabel ?? thing.textContent.trim() });
    term.append(key);
    term.dataset.made = words.dataset.made = "";
    list.append(term, words);
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
const POLL_MS = 20000;
const watched = new WeakSet();

function say(slot, count) {
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

function poll(slot) {
  const url = slot.dataset.pollUrl;
  if (!url || slot.pollTimer) return;
  slot.pollTimer = setInterval(async () => {
    if (!slot.isConnected) return clearInterval(slot.pollTimer);
    if (document.hidden) return;
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (answer.ok) say(slot, (await answer.json()).nieuw ?? 0);
    } catch {
      // no network: the next round tries again
    }
  }, POLL_MS);
}

function watch(slot) {
  if (watched.has(slot)) return;
  watched.add(slot);
  const url = slot.dataset.liveUrl;
  if (!url || !("EventSource" in window)) return poll(slot);
  const source = new EventSource(url, { withCredentials: true });
  const seen = new Set();
  source.addEventListener(slot.dataset.liveEvent || "message", (event) => {
    if (!slot.isConnected) return source.close();
    if (event.lastEventId && seen.has(event.lastEventId)) return;
    seen.add(event.lastEventId);
    const heard = new CustomEvent("loket:live", { detail: event.data, cancelable: true, bubbles: true });
    if (slot.dispatchEvent(heard)) say(slot, Number(slot.dataset.count ?? 0) + 1);
  });
  source.addEventListener("open", () => {
    clearInterval(slot.pollTimer);
    slot.pollTimer = undefined;
  });
  source.addEventListener("error", () => poll(slot));
}

for (const slot of document.querySelectorAll("[data-live-url]")) watch(slot);
