// The secret of a personal link stands after the #: no server, log or Referer has it. It leaves the address bar first.

const form = document.querySelector("[data-link-form]");

function open() {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  form.elements.secret.value = secret;
  form.requestSubmit();
}

window.addEventListener("hashchange", open); // copied into the address bar of this very page
open();
