// A double click sends a form once. The server refuses the second one anyway. Afterwards the keyboard goes on from where
// it was, or from what is to be corrected.

const WAIT = 8000; // an answer may be a download, which leaves the page as it is

const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

function setBusy(form, busy) {
  if (busy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  for (const button of buttonsOf(form)) button.disabled = busy;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.role === "search" || form.target === "_blank") return;
  // After the browser has collected the fields: a disabled button would not send its name.
  setTimeout(() => {
    if (event.defaultPrevented) return; // htmx sends it, and knows when it is done
    setBusy(form, true);
    setTimeout(() => setBusy(form, false), WAIT);
  });
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) setBusy(form, false);
});

let placeId = ""; // what had the focus before a disabled button lost it, or the nearest around it that has a name

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const active = document.activeElement;
  placeId = target.contains(active) ? (active.closest("[id]")?.id ?? "") : "";
  if (target.matches("form[method=post]:not([role=search])")) setBusy(target, true);
});

document.addEventListener("htmx:afterRequest", ({ target }) => {
  if (target.matches("form[method=post]:not([role=search])")) setBusy(target, false);
});

const toCorrect = (place) => place.querySelector(".error-summary");

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (document.activeElement !== document.body) return;
  const next = toCorrect(target) ?? document.getElementById(placeId);
  if (next?.tabIndex < 0) next.tabIndex = -1; // a section takes the focus only when told so
  next?.focus();
});

toCorrect(document)?.focus();
