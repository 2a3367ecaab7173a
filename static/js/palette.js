// The palette: Ctrl+K opens it (keyboard.js), arrows choose among what is found, Enter opens it, Escape closes.
// The focus stays in the field; the option that is chosen is told by aria-activedescendant.

const dialog = document.getElementById("palette");
const input = dialog.querySelector("[role=combobox]");

const options = () => [...dialog.querySelectorAll("[role=option]")];
const chosen = () => dialog.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

const moves = {
  ArrowDown: (all, place) => all[(place + 1) % all.length],
  ArrowUp: (all, place) => all[(place > 0 ? place : all.length) - 1],
};

input.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.isComposing) chosen()?.click();
    return;
  }
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  const all = options();
  choose(move(all, all.indexOf(chosen())));
});

// What was typed for someone else does not wait there for the next who opens it.
dialog.addEventListener("close", () => {
  input.value = "";
  dialog.querySelector("[role=listbox]").replaceChildren();
});

dialog.addEventListener("htmx:afterSwap", () => choose(options()[0]));

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (dialog.open) return input.focus();
  dialog.showModal();
  input.focus();
  dialog.querySelector("form").dispatchEvent(new CustomEvent("palette-open"));
});
