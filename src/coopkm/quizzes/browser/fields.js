// The fields of a question as its answer, and an answer put into the fields. One row a type; answers are those of grade.js.

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** The id of what a field stands for: the last part of its name. @param {Field} field */
const subject = (field) => field.name.slice(field.name.lastIndexOf(".") + 1);

/** @param {HTMLElement} box @returns {Field[]} */
const fieldsIn = (box) => /** @type {Field[]} */ ([...box.querySelectorAll(":scope > .fields :is(input, select, textarea)")]);

/** @param {HTMLElement} box @returns {HTMLInputElement[]} */
const ticks = (box) => /** @type {HTMLInputElement[]} */ (fieldsIn(box));

/** What is written, as it is written: grading knows what to leave out of it. @param {Field | undefined} field */
const written = (field) => (field?.value.trim() ? field.value : null);

/** @param {string[]} values */
const orNull = (values) => (values.length ? values : null);

const chosenOne = {
  /** @param {HTMLElement} box */
  read: (box) => ticks(box).find((field) => field.checked)?.value ?? null,
  /** @param {HTMLElement} box @param {any} answer */
  write: (box, answer) => ticks(box).forEach((field) => { field.checked = field.value === answer; }),
};
const typed = {
  /** @param {HTMLElement} box */
  read: (box) => written(fieldsIn(box)[0]),
  /** @param {HTMLElement} box @param {any} answer */
  write: (box, answer) => fieldsIn(box).forEach((field) => { field.value = typeof answer === "string" ? answer : ""; }),
};
const named = {
  /** @param {HTMLElement} box */
  read: (box) => {
    const given = fieldsIn(box).map((field) => [subject(field), written(field)]).filter(([, value]) => value !== null);
    return given.length ? Object.fromEntries(given) : null;
  },
  /** @param {HTMLElement} box @param {any} answer */
  write: (box, answer) => fieldsIn(box).forEach((field) => {
    const value = answer && Object.hasOwn(answer, subject(field)) ? answer[subject(field)] : "";
    field.value = typeof value === "string" ? value : "";
    if (field.value !== value) field.value = ""; // of a choice that is no longer there
  }),
};

/** @type {Record<string, {read: (box: HTMLElement) => any, write: (box: HTMLElement, answer: any) => void}>} */
const FIELDS = {
  single: chosenOne,
  multiple: {
    read: (box) => orNull(ticks(box).filter((field) => field.checked).map((field) => field.value)),
    write: (box, answer) => ticks(box).forEach((field) => { field.checked = Array.isArray(answer) && answer.includes(field.value); }),
  },
  truefalse: {
    read: (box) => ({ true: true, false: false })[chosenOne.read(box) ?? ""] ?? null,
    write: (box, answer) => chosenOne.write(box, String(answer)),
  },
  match: named,
  order: {
    read: (box) => (box.dataset.moved === undefined ? null : itemsIn(box).map((item) => item.dataset.item ?? "")),
    write: (box, answer) => {
      const list = box.querySelector(":scope > .fields > ul");
      const items = new Map(itemsIn(box).map((item) => [item.dataset.item, item]));
      delete box.dataset.moved;
      if (!Array.isArray(answer) || answer.length !== items.size || !answer.every((id) => items.has(id))) return;
      list?.append(...answer.map((id) => /** @type {HTMLElement} */ (items.get(id))));
      box.dataset.moved = "";
    },
  },
  short: typed,
  numeric: typed,
  cloze: named,
  reflect: typed,
};

/** @param {HTMLElement} box @returns {HTMLElement[]} */
function itemsIn(box) {
  return [...box.querySelectorAll(":scope > .fields > ul > li")].map((item) => /** @type {HTMLElement} */ (item));
}

/**
 * Puts choices into the order of an attempt; those that are fixed keep their places.
 * @param {HTMLElement} box @param {string} type @param {string[]} right the right order of items, which is never the one to begin with @param {string} seed
 */
function mix(box, type, right, seed) {
  if (type === "order" && box.dataset.moved === undefined) {
    const ids = mixed(right, seed);
    if (ids.every((id, at) => id === right[at])) ids.reverse();
    FIELDS.order?.write(box, ids);
    delete box.dataset.moved;
  } else if (type === "single" || type === "multiple") {
    const list = box.querySelector(":scope > .fields > ul");
    if (!list || box.dataset.shuffle === "no") return;
    const items = [...list.children].map((item) => /** @type {HTMLElement} */ (item)).sort((one, other) => Number(one.dataset.place) - Number(other.dataset.place));
    const free = items.filter((item) => item.dataset.fixed === undefined);
    const byId = new Map(free.map((item) => [item.querySelector("input")?.value ?? "", item]));
    const order = mixed([...byId.keys()], seed);
    list.append(...items.map((item) => (item.dataset.fixed === undefined ? /** @type {HTMLElement} */ (byId.get(order.shift() ?? "")) : item)));
  } else if (type === "match") {
    for (const select of box.querySelectorAll(":scope > .fields select")) {
      const options = [...select.querySelectorAll("option")];
      const byId = new Map(options.slice(1).map((option) => [option.value, option]));
      select.append(...mixed([...byId.keys()], seed).map((id) => /** @type {HTMLElement} */ (byId.get(id))));
    }
  }
}

/**
 * Instead of a field with a number for each thing to put in order: two buttons that move it.
 * @param {HTMLElement} box @param {Words} words @param {(text: string) => void} say
 */
function movable(box, words, say) {
  for (const item of itemsIn(box)) {
    const select = item.querySelector("select");
    if (!select) continue;
    item.dataset.item = subject(select);
    const text = item.querySelector("label > span")?.textContent?.trim() ?? "";
    const move = (/** @type {-1 | 1} */ step) => (/** @type {Event} */ event) => {
      const items = itemsIn(box);
      const place = items.indexOf(item) + step;
      const beside = items[place];
      if (beside) step < 0 ? beside.before(item) : beside.after(item);
      box.dataset.moved = "";
      /** @type {HTMLElement} */ (event.currentTarget).focus();
      say(filled(words.place, Math.min(Math.max(place, 0), items.length - 1) + 1, items.length));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const content = item.querySelector("label > span");
    item.replaceChildren(make("span", { class: "moves" },
      arrow("↑", filled(words.up, text), move(-1)), arrow("↓", filled(words.down, text), move(1))), content ?? "");
  }
}

/** @param {string} sign @param {string} name @param {(event: Event) => void} act */
function arrow(sign, name, act) {
  const made = button(sign, act, "move");
  made.setAttribute("aria-label", name);
  return made;
}
