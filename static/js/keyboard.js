// What each key does; `?` shows them, in the words of desk/acts.py.

// One-key shortcuts trouble people who dictate: the account menu turns them off, a cookie remembers it.

let isOn = !document.cookie.split("; ").includes("shortcuts=off");

const onOff = document.querySelector("[data-shortcuts-switch]");
if (onOff) {
  onOff.checked = isOn;
  onOff.closest("[data-shortcuts-item]").hidden = false;
  onOff.addEventListener("change", () => {
    isOn = onOff.checked;
    document.cookie = `shortcuts=${isOn ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
  });
}

const isTyping = (element) =>
  element.isContentEditable ||
  element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

const place = () => document.querySelector("dialog[open]") ?? document;

function chooseKind(number) {
  const radios = place().querySelectorAll("[data-quick-log] input[type=radio][name=kind]");
  const radio = radios[number - 1];
  if (!radio) return false;
  radio.click();
  radio.focus();
  return true;
}

function logContact() {
  const form = document.querySelector("[data-quick-log]");
  const target = form?.querySelector("input[name=kind]:checked, input[type=search], input[type=radio], textarea");
  if (target && target.checkVisibility()) {
    target.focus();
    target.scrollIntoView({ block: "center" });
    return true;
  }
  const link = document.querySelector("[data-shortcut=n]");
  link?.click();
  return Boolean(link);
}

function search() {
  const input = document.querySelector("[data-shortcut='/']");
  input?.focus();
  input?.select();
  return Boolean(input);
}

function submit(event) {
  const form = event.target.closest("form");
  form?.requestSubmit();
  return Boolean(form);
}

function find() {
  if (document.querySelector("dialog[open]:not(#palette)")) return false;
  const opener = document.querySelector("[data-palette]");
  opener?.click();
  return Boolean(opener);
}

function showShortcuts() {
  const dialog = document.getElementById("shortcuts");
  dialog?.showModal();
  return Boolean(dialog);
}

const bound = {};
const bind = (keys, act) => (bound[keys] = act);

bind("Ctrl+K", find);
bind("/", search);
bind("N", logContact);
bind("1–9", (event) => chooseKind(Number(event.key)));
bind("Ctrl+Enter", submit);
bind("?", showShortcuts);

function keysOf(event) {
  if (/^[1-9]$/.test(event.key)) return "1–9";
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

document.addEventListener("keydown", (event) => {
  const keys = keysOf(event);
  if (!Object.hasOwn(bound, keys) || event.altKey || event.repeat) return;
  const isOfOneKey = !keys.startsWith("Ctrl+");
  if (isOfOneKey && (!isOn || isTyping(event.target))) return;
  if (isOfOneKey && keys !== "1–9" && place() !== document) return;
  if (bound[keys](event)) event.preventDefault();
});
