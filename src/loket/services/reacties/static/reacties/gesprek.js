// A conversation is kept at each pause. Without this file the buttons keep it; nothing else is lost.
const form = document.querySelector("form[data-gesprek]");
const told = document.querySelector("[data-bewaard]");
const PAUSE_MS = 700;
const AGAIN_MS = 5000;
const clean = () => new URLSearchParams(new FormData(form)).toString();

let kept = clean();
let waiting;
let busy = false;
let sent = false;

function say(words) {
  if (told.textContent !== words) told.textContent = words;
}

async function keep(leaving = false) {
  clearTimeout(waiting);
  if (sent || (busy && !leaving)) return;
  const now = clean();
  if (now === kept) return;
  busy = true;
  try {
    const answer = await fetch(form.dataset.gesprek, { method: "POST", body: new URLSearchParams(now), keepalive: leaving });
    if (answer.status === 409) {
      sent = true; // recorded in another window
    } else if (answer.ok) {
      kept = now;
      say(told.dataset.zin.replace("{op}", (await answer.json()).op));
    } else {
      throw new Error(String(answer.status));
    }
  } catch {
    say(told.dataset.fout);
    waiting = setTimeout(keep, AGAIN_MS);
  } finally {
    busy = false;
  }
  if (!sent && clean() !== kept && !waiting) waiting = setTimeout(keep, PAUSE_MS);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    waiting = undefined;
    keep();
  }, PAUSE_MS);
}

form.addEventListener("input", soon);
form.addEventListener("submit", () => {
  sent = true;
  clearTimeout(waiting);
});
document.addEventListener("visibilitychange", () => document.hidden && keep(true));
addEventListener("pagehide", () => keep(true));
addEventListener("pageshow", (event) => {
  if (event.persisted) sent = false;
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const open = event.target.closest("details[name=af]");
    (open?.querySelector("button[type=submit]") ?? form.querySelector("[data-klaar]")).click();
  } else if (event.key === "Enter" && event.target.matches("input[name=naam], input[name=telefoon], input[name=email]")) {
    event.preventDefault(); // the first button would search
  } else if (event.key === "Escape" && event.target.matches("textarea, input, select")) {
    event.target.blur();
  }
});

// a note that was begun goes on where it ended
const note = form.querySelector("textarea[autofocus]");
note?.setSelectionRange(note.value.length, note.value.length);

// what was opened with a key is where the hands go
for (const part of form.querySelectorAll("details[name=af]")) {
  part.addEventListener("toggle", () => part.open && part.querySelector("select, input, textarea")?.focus());
}
