// The workbench with the keyboard: J and K walk over the lines, X chooses one, and every act opens where one is.
// Everything works without this file: then each act is a page of its own.

// -- lists: the work and the tasks ---------------------------------------------------------------------------------------
const lists = [...document.querySelectorAll("[data-list]")];

function rows() {
  return lists.flatMap((list) => [...list.querySelectorAll("tbody tr:not([data-vorm])")]);
}

function current() {
  return rows().find((row) => row.classList.contains("at"));
}

function stand(row) {
  for (const other of rows()) other.classList.toggle("at", other === row);
}

function walk(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  stand(next);
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function openWith(key) {
  const link = (current() ?? rows()[0])?.querySelector("a");
  if (!link) return false;
  const address = new URL(link.href);
  address.searchParams.set("toets", key.toUpperCase());
  location.assign(address);
  return true;
}

for (const list of lists) {
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("tbody tr:not([data-vorm])");
    if (row) stand(row);
  });
}

document.addEventListener("loket:key", (event) => {
  if (!lists.length) return;
  const key = event.detail.key.toLowerCase();
  const does = lists.some((list) => list.dataset.list.toLowerCase().includes(key));
  if (key === "j") walk(1);
  else if (key === "k") walk(-1);
  else if (key === "x" && bar) choose();
  else if (!(togetherWith(key) || (does && openWith(key)))) return;
  event.preventDefault();
});

// -- several zaken at once: without this file the buttons always stand there, and the link chooses all --------------------
const bar = document.querySelector("[data-samen]");
const boxes = () => [...document.querySelectorAll("[data-list] input[name=zaak]")];

function tellChosen() {
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  bar.querySelector("[data-samen-doen]").hidden = count === 0;
  bar.querySelector("[data-samen-uitleg]").hidden = count > 0;
  const said = bar.querySelector("[data-samen-aantal]");
  const words = count ? (count === 1 ? said.dataset.een : said.dataset.meer).replace("{n}", String(count)) : "";
  if (said.textContent !== words) said.textContent = words;
  const link = bar.querySelector("[data-samen-alles]");
  link.textContent = count && count === all.length ? link.dataset.niets : link.dataset.alles;
}

function choose() {
  const row = current() ?? rows()[0];
  const box = row?.querySelector("input[name=zaak]");
  if (!box) return;
  stand(row);
  box.checked = !box.checked;
  tellChosen();
}

function togetherWith(key) {
  if (!bar || !boxes().some((box) => box.checked)) return false;
  const button = [...bar.querySelectorAll("[data-samen-toets]")].find((one) => one.dataset.samenToets.toLowerCase() === key);
  button?.click();
  return Boolean(button);
}

if (bar) {
  bar.closest("form").addEventListener("change", tellChosen);
  bar.querySelector("[data-samen-alles]").addEventListener("click", (event) => {
    event.preventDefault();
    const all = boxes();
    const on = all.some((box) => !box.checked);
    for (const box of all) box.checked = on;
    tellChosen();
  });
  addEventListener("pageshow", tellChosen); // going back keeps what was chosen
  tellChosen();
}

// -- forms of acts: opened in the editor of a zaak, or below the line of a task; their first field gets the focus when
// somebody asked for it, and of a text with a blank in it the blank is chosen ----------------------------------------------
const form = document.getElementById("doen-vorm");
const wanted = new WeakSet();

function attend(place) {
  new MutationObserver(() => {
    if (!wanted.has(place) || !place.querySelector("form")) return;
    wanted.delete(place);
    const field = place.querySelector("[data-summary], [autofocus], textarea, select, input:not([type=hidden], [type=search])");
    (field ?? place.querySelector("button"))?.focus();
    if (field?.matches("textarea[autofocus]")) chooseBlank(field);
    place.closest(".loket-editor").scrollIntoView({ block: "nearest" });
  }).observe(place, { childList: true, subtree: true });
}

function chooseBlank(field) {
  const blank = /\{[a-z][a-z _-]*\}/.exec(field.value);
  const from = blank ? blank.index : field.value.length;
  field.setSelectionRange(from, from + (blank ? blank[0].length : 0));
}

// what was chosen last is what one gets, also when an earlier form comes later
function load(place, address) {
  wanted.add(place);
  window.htmx.ajax("GET", address, { source: place, target: place, swap: "innerHTML" });
}

if (form) {
  attend(form);
  if (form.hasAttribute("data-focus")) wanted.add(form);
}

function openBelow(act) {
  const row = act.closest("tr");
  closeBelow();
  const under = Object.assign(document.createElement("tr"), { className: "loket-onder" });
  const cell = Object.assign(document.createElement("td"), { colSpan: row.cells.length });
  const place = Object.assign(document.createElement("div"), { className: "loket-editor" });
  under.dataset.vorm = "";
  cell.append(place);
  under.append(cell);
  row.after(under);
  attend(place);
  load(place, act.href);
  under.back = act;
}

function closeBelow() {
  for (const open of document.querySelectorAll("tr[data-vorm]")) {
    open.remove();
    open.back?.focus();
  }
}

document.addEventListener("click", (event) => {
  const act = event.target instanceof Element && event.target.closest("a[data-doe]");
  for (const menu of document.querySelectorAll("details[name=meer][open], details[name=filters][open]")) {
    if (!menu.contains(event.target) || act) menu.open = false;
  }
  if (!act || !window.htmx || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (act.closest("[data-list]")) {
    event.preventDefault();
    openBelow(act);
    return;
  }
  if (!form) return;
  event.preventDefault();
  for (const tab of document.querySelectorAll(".loket-tabs a")) tab.toggleAttribute("aria-current", tab === act);
  const chosen = document.querySelector(".loket-tabs a[aria-current]");
  chosen?.setAttribute("aria-current", "true");
  load(form, act.href);
});

document.addEventListener("submit", (event) => {
  const place = event.target.closest("#doen-vorm, [data-vorm] .loket-editor");
  if (place && event.submitter?.name === "invoegen") wanted.add(place);
});

document.addEventListener("click", (event) => {
  const cancel = event.target instanceof Element && event.target.closest(".loket-act__cancel");
  if (cancel?.closest("tr[data-vorm]")) {
    event.preventDefault();
    closeBelow();
    return;
  }
  const first = document.querySelector(".loket-tabs a");
  if (!cancel || !form || !first) return;
  event.preventDefault();
  first.click();
  wanted.delete(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.target instanceof Element && event.target.closest("tr[data-vorm]")) {
    closeBelow();
    return;
  }
  const open = document.querySelector("details[name=meer][open], details[name=filters][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
