// `/` goes to the search, `n` to "log a contact", 1 to 9 choose the kind of contact, Ctrl+Enter submits.

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

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  let done = false;
  if (/^[1-9]$/.test(event.key)) done = chooseKind(Number(event.key));
  else if (place() !== document) return;
  else if (event.key === "/") done = search();
  else if (event.key === "n" || event.key === "N") done = logContact();
  if (done) event.preventDefault();
});
