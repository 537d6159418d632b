// Small parts of pages, made by scripts. Every word comes from the page.

/** @typedef {Record<string, string>} Words */

/**
 * @param {string} tag
 * @param {Record<string, string | boolean>} [marks] attributes; `false` leaves one out
 * @param {...(Node | string)} children
 */
function make(tag, marks = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(marks)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

/** @param {string} word @param {(event: Event) => void} act @param {string} [kind] classes */
function button(word, act, kind = "button") {
  const made = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: kind }, word));
  made.addEventListener("click", act);
  return made;
}

/** A word of the page with `{}` filled in, one after the other. @param {string | undefined} word @param {...(string | number)} values */
function filled(word = "", ...values) {
  let at = 0;
  return word.replace(/\{\}/g, () => String(values[at++] ?? ""));
}

/** At most two decimals. @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** A day as the page's language writes it; in Thai of the Buddhist era. @param {number} time @param {string} lang */
function dayOf(time, lang) {
  const tag = lang === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB";
  return new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric" }).format(time).replace(/ (?:พ\.ศ\.|BE)$/, "");
}

/** Saves a text as a file of the reader's. @param {string} name @param {unknown} value */
function saved(name, value) {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
