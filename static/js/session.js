// A session ends some time after the last thing that was done. The page says so before; afterwards it is covered,
// for computers are shared, and what was typed waits beneath until the same person has signed in again.

const SECOND = 1000;
const WARNING = 120 * SECOND; // before the end
const SIGN_OF_LIFE = 300 * SECOND; // who writes a long text asks nothing of the server meanwhile
const LOOK_AGAIN = 10 * SECOND;

const ended = document.getElementById("session-ended");
const ends = document.getElementById("session-ends");
const { session: address, member, signIn } = ended.dataset;

let endsAt = Date.now() + ended.dataset.left * SECOND;
let heardAt = Date.now();
let isActive = false;
let isAsking = false;
let isInDoubt = false; // who is signed in now; asked again each second until the server has said so

const token = () => JSON.parse(document.body.dataset.hxHeaders)["x-csrftoken"];

function renewTokens(value) {
  document.body.dataset.hxHeaders = JSON.stringify({ "x-csrftoken": value });
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = value;
}

function cover() {
  ends.close();
  if (!ended.open) ended.showModal();
}

function hear(state) {
  heardAt = Date.now();
  if (state.member && state.member !== member) return location.reload(); // somebody else: neither theirs to see nor to send
  endsAt = Date.now() + state.left * SECOND;
  if (!state.member) return cover();
  renewTokens(state.token);
  ended.close();
  if (endsAt - Date.now() > WARNING) ends.close();
  else if (!ends.open) ends.showModal();
}

async function ask(method) {
  if (isAsking) return;
  isAsking = true;
  isActive = isInDoubt = false;
  const headers = method === "POST" ? { "X-CSRFToken": token() } : { "X-Asked-By-Page": "1" };
  try {
    const answer = await fetch(address, { method, headers, cache: "no-store" });
    if (answer.ok) hear(await answer.json());
    else isInDoubt = true;
  } catch {
    isInDoubt = true;
    if (Date.now() > endsAt) cover(); // no answer: nobody may read on
  } finally {
    isAsking = false;
  }
}

function look() {
  if (isInDoubt) return ask("GET");
  if (ended.open) return;
  const left = endsAt - Date.now();
  const isDue = left < WARNING && Date.now() - heardAt > Math.min(LOOK_AGAIN, Math.max(left, SECOND));
  if (isActive && !ends.open && (isDue || Date.now() - heardAt > SIGN_OF_LIFE)) ask("POST");
  else if (isDue) ask("GET");
}

setInterval(look, SECOND);
for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, () => (isActive = true), { passive: true });
ends.querySelector("[data-session-stay]").addEventListener("click", () => ask("POST"));
for (const dialog of [ends, ended]) dialog.addEventListener("cancel", (event) => event.preventDefault());

// Back from another tab: signed in again, signed out, or somebody else.
window.addEventListener("focus", () => {
  isInDoubt ||= ended.open || Date.now() - heardAt > LOOK_AGAIN;
  look();
});

// Whatever was asked in place led to the sign-in page: it does not belong inside a list.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { pathname } = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (pathname !== signIn) return;
  event.preventDefault();
  cover();
});
