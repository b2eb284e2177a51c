// The workbench with the keyboard: J and K walk over the list, and every act of a zaak opens in its editor.
// Everything works without this file: then each act is a page of its own.

// -- the list ------------------------------------------------------------------------------------------------------------
const list = document.querySelector("[data-list]");

function rows() {
  return list ? [...list.querySelectorAll("tbody tr")] : [];
}

function stand(row) {
  for (const other of rows()) other.classList.toggle("at", other === row);
}

function walk(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("at"));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  stand(next);
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function openWith(key) {
  const link = (rows().find((row) => row.classList.contains("at")) ?? rows()[0])?.querySelector("a");
  if (!link) return false;
  const address = new URL(link.href);
  address.searchParams.set("toets", key.toUpperCase());
  location.assign(address);
  return true;
}

list?.addEventListener("focusin", (event) => stand(event.target.closest("tr")));

document.addEventListener("loket:key", (event) => {
  if (!list) return;
  const key = event.detail.key.toLowerCase();
  if (key === "j") walk(1);
  else if (key === "k") walk(-1);
  else if (!(list.dataset.list.toLowerCase().includes(key) && openWith(key))) return;
  event.preventDefault();
});

// -- the editor of a zaak: an act opens here, and its first field gets the focus when somebody asked for it ------------------
const form = document.getElementById("doen-vorm");
let wanted = form?.hasAttribute("data-focus") ?? false;

if (form) {
  new MutationObserver(() => {
    if (!wanted || !form.querySelector("form")) return;
    wanted = false;
    const field = form.querySelector("[data-summary], textarea, select, input:not([type=hidden], [type=search])");
    (field ?? form.querySelector("button"))?.focus();
    form.closest(".loket-editor").scrollIntoView({ block: "nearest" });
  }).observe(form, { childList: true, subtree: true });
}

document.addEventListener("click", (event) => {
  const act = event.target instanceof Element && event.target.closest("a[data-doe]");
  for (const menu of document.querySelectorAll("details[name=meer][open], details[name=filters][open]")) {
    if (!menu.contains(event.target) || act) menu.open = false;
  }
  if (!act || !form || !window.htmx || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (const tab of document.querySelectorAll(".loket-tabs a")) tab.toggleAttribute("aria-current", tab === act);
  const chosen = document.querySelector(".loket-tabs a[aria-current]");
  chosen?.setAttribute("aria-current", "true");
  wanted = true;
  window.htmx.ajax("GET", act.href, { target: "#doen-vorm", swap: "innerHTML" });
});

document.addEventListener("click", (event) => {
  const cancel = event.target instanceof Element && event.target.closest(".loket-act__cancel");
  const first = document.querySelector(".loket-tabs a");
  if (!cancel || !form || !first) return;
  event.preventDefault();
  first.click();
  wanted = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[name=meer][open], details[name=filters][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
