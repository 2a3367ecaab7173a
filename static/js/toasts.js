// Success fades, errors stay until they are closed. A toast under the pointer or the focus waits.

const SHOWN = 6000;
const SHOWN_WITH_ACTION = 10000;

function remove(toast) {
  toast.classList.add("toast-leaving");
  setTimeout(() => toast.remove(), 400);
}

function fadeLater(toast) {
  const delay = toast.querySelector("form, a") ? SHOWN_WITH_ACTION : SHOWN;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? fadeLater(toast) : remove(toast)), delay);
}

function start(toast) {
  const close = toast.querySelector("[data-dismiss]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  if (toast.hasAttribute("data-fades")) fadeLater(toast);
}

const toasts = document.getElementById("toasts");

function say(name) {
  toasts?.append(document.getElementById(name).content.cloneNode(true));
}

if (toasts) {
  toasts.querySelectorAll(".toast").forEach(start);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.classList?.contains("toast")) start(node);
  }).observe(toasts, { childList: true });
}

document.addEventListener("htmx:responseError", () => say("toast-refused"));
document.addEventListener("htmx:sendError", () => say("toast-offline"));
