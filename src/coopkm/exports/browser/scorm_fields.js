// What a learner answers with: fields of each type, the answer that `grade` takes, and short forms of it.

/**
 * @typedef {{id: string, text: string, weight?: string, fixed?: boolean, feedback?: string}} ScormOption
 * @typedef {{id: string, options?: ScormOption[], accept?: string[], answer?: string}} ScormGap
 * @typedef {{
 *   id: string, type: string, stem: string, situation?: string, shuffle?: boolean, options?: ScormOption[],
 *   pairs?: {id: string, left: string, right: string}[], others?: {id: string, text: string}[],
 *   pieces?: {id: string, text: string}[], text?: string, gaps?: ScormGap[], accept?: string[], answer?: string,
 *   unit?: string, wrong?: {feedback: string}[], if_true?: string, if_false?: string, model?: string, feedback?: string,
 *   objective?: string, hints?: string[], parts?: ScormItem[], points?: number, key: AnswerKey,
 * }} ScormItem
 * @typedef {{draw: (item: ScormItem, answer: any, words: Words, place: string, mix: ScormMix) => Element[],
 *   read: (item: ScormItem, holder: Element, place: string) => any, short: (item: ScormItem, answer: any) => any,
 *   long: (item: ScormItem, short: any) => any, kind: string, said: (item: ScormItem, answer: any) => string}} ScormType
 *   `read` gives null where nothing is answered; `short` is what is kept, `long` gives it back; `said` is the answer in
 *   the words of SCORM 1.2, and `kind` its type of interaction.
 * @typedef {<R>(rows: R[]) => R[]} ScormMix
 */

const SCORM_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const SCORM_ANSWER = 255; // characters of an answer in SCORM 1.2
const SCORM_WRITTEN = 300; // characters of a written answer that are kept

/** HTML that was made safe when the package was made. @param {string} tag @param {string} html @param {Record<string, string>} [marks] */
function scormHtml(tag, html, marks = {}) {
  const made = make(tag, marks);
  made.innerHTML = html;
  return made;
}

/** The place of an id as a letter. @param {{id: string}[] | undefined} rows @param {unknown} id */
function scormLetter(rows, id) {
  return SCORM_LETTERS[(rows ?? []).findIndex((row) => row.id === id)] ?? "";
}

/** @param {{id: string}[] | undefined} rows @param {unknown} id */
function scormPlace(rows, id) {
  return (rows ?? []).findIndex((row) => row.id === id);
}

/** Rows mixed, those that are fixed in their places. @template {{fixed?: boolean}} R @param {R[]} rows @param {ScormMix} mix */
function scormMixed(rows, mix) {
  const free = mix(rows.filter((row) => !row.fixed));
  return rows.map((row) => (row.fixed ? row : /** @type {R} */ (free.shift())));
}

/** @param {string} type @param {string} place @param {string} value @param {boolean} on @param {string} html */
function scormChoice(type, place, value, on, html) {
  return make("label", { class: "choice" }, make("input", { type, name: place, value, checked: on }), scormHtml("span", html));
}

/** @param {Element} holder @param {string} place */
function scormChecked(holder, place) {
  return [...holder.querySelectorAll("input:checked")]
    .map((input) => /** @type {HTMLInputElement} */ (input))
    .filter((input) => input.name === place)
    .map((input) => input.value);
}

/** @param {Element} holder @param {string} place @returns {string | null} */
function scormTyped(holder, place) {
  const found = [...holder.querySelectorAll("input, select, textarea")].find((field) => field.getAttribute("name") === place);
  return /** @type {HTMLInputElement | undefined} */ (found)?.value.trim() || null;
}

/** @param {[string, string][]} choices ids and texts @param {string} place @param {unknown} chosen @param {string} label @param {Words} words */
function scormSelect(choices, place, chosen, label, words) {
  const options = choices.map(([id, text]) => make("option", { value: id, selected: id === chosen }, text));
  return make("select", { name: place, "aria-label": label }, make("option", { value: "" }, words.choose ?? ""), ...options);
}

/** @type {Record<string, ScormType>} */
const SCORM_TYPES = {
  single: {
    kind: "choice",
    draw: (item, answer, _, place, mix) => drawScormOptions("radio", item, [answer], place, mix),
    read: (_, holder, place) => scormChecked(holder, place)[0] ?? null,
    short: (item, answer) => scormPlace(item.options, answer),
    long: (item, short) => item.options?.[short]?.id ?? null,
    said: (item, answer) => scormLetter(item.options, answer),
  },
  multiple: {
    kind: "choice",
    draw: (item, answer, _, place, mix) => drawScormOptions("checkbox", item, answer ?? [], place, mix),
    read: (_, holder, place) => (scormChecked(holder, place).length ? scormChecked(holder, place) : null),
    short: (item, answer) => answer.map((/** @type {string} */ id) => scormPlace(item.options, id)),
    long: (item, short) => short.map((/** @type {number} */ at) => item.options?.[at]?.id),
    said: (item, answer) => answer.map((/** @type {string} */ id) => scormLetter(item.options, id)).join(","),
  },
  truefalse: {
    kind: "true-false",
    draw: (_, answer, words, place) => [
      scormChoice("radio", place, "true", answer === true, words.is_true ?? ""),
      scormChoice("radio", place, "false", answer === false, words.is_false ?? ""),
    ],
    read: (_, holder, place) => {
      const [value] = scormChecked(holder, place);
      return value === undefined ? null : value === "true";
    },
    short: (_, answer) => Number(answer),
    long: (_, short) => short === 1,
    said: (_, answer) => (answer ? "t" : "f"),
  },
  match: {
    kind: "matching",
    draw: drawScormPairs,
    read: (item, holder, place) => readScormNamed(item.pairs ?? [], holder, place),
    short: (item, answer) => (item.pairs ?? []).map(({ id }) => scormPlace(scormSides(item), answer[id])),
    long: (item, short) => scormNamed(item.pairs ?? [], (_, at) => scormSides(item)[short[at]]?.id),
    said: (item, answer) => (item.pairs ?? []).flatMap(({ id }, at) => (answer[id] ? [`${SCORM_LETTERS[at]}.${scormLetter(scormSides(item), answer[id])}`] : [])).join(","),
  },
  order: {
    kind: "sequencing",
    draw: drawScormOrder,
    read: (_, holder) => {
      const list = holder.querySelector("ol.order");
      const ids = [...(list?.children ?? [])].map((row) => row.getAttribute("data-id") ?? "");
      return list?.hasAttribute("data-moved") ? ids : null;
    },
    short: (item, answer) => answer.map((/** @type {string} */ id) => scormPlace(item.pieces, id)),
    long: (item, short) => short.map((/** @type {number} */ at) => item.pieces?.[at]?.id),
    said: (item, answer) => answer.map((/** @type {string} */ id) => scormLetter(item.pieces, id)).join(","),
  },
  short: scormTypedType("fill-in", "text"),
  numeric: scormTypedType("fill-in", "decimal"), // as it was typed: with thousands or a unit it is no SCORM number
  cloze: {
    kind: "fill-in",
    draw: drawScormGaps,
    read: (item, holder, place) => readScormNamed(item.gaps ?? [], holder, place),
    short: (item, answer) => (item.gaps ?? []).map((gap) => (gap.options ? scormPlace(gap.options, answer[gap.id]) : answer[gap.id] ?? "")),
    long: (item, short) => scormNamed(item.gaps ?? [], (gap, at) => (gap.options ? gap.options[short[at]]?.id : short[at] || undefined)),
    said: (item, answer) => (item.gaps ?? []).map((gap) => (gap.options ? scormLetter(gap.options, answer[gap.id]) : answer[gap.id] ?? "")).join(","),
  },
  case: {
    kind: "performance",
    draw: (item, answer, words, place, mix) =>
      (item.parts ?? []).map((part) => {
        const fields = scormType(part).draw(part, answer?.[part.id] ?? null, words, `${place}.${part.id}`, mix);
        return make("div", { class: "part", "data-part": part.id }, scormHtml("div", part.stem, { class: "stem" }), ...fields);
      }),
    read: (item, holder, place) => {
      const parts = (item.parts ?? []).map((part) => {
        const inside = [...holder.querySelectorAll(".part")].find((one) => one.getAttribute("data-part") === part.id);
        return [part.id, inside ? scormType(part).read(part, inside, `${place}.${part.id}`) : null];
      });
      const given = parts.filter(([, answer]) => answer !== null);
      return given.length ? Object.fromEntries(given) : null;
    },
    short: (item, answer) => (item.parts ?? []).map((part) => (answer[part.id] == null ? null : scormType(part).short(part, answer[part.id]))),
    long: (item, short) => scormNamed(item.parts ?? [], (part, at) => (short[at] == null ? undefined : scormType(part).long(part, short[at]))),
    said: (item, answer) => (item.parts ?? []).map((part) => (answer[part.id] == null ? "" : scormType(part).said(part, answer[part.id]))).join(";"),
  },
  reflect: {
    kind: "fill-in",
    draw: (_, answer, words, place) => {
      const area = make("textarea", { name: place, rows: "6", "aria-label": words.typed ?? "" }, answer ?? "");
      return [area];
    },
    read: (_, holder, place) => scormTyped(holder, place),
    short: (_, answer) => answer.slice(0, SCORM_WRITTEN),
    long: (_, short) => short,
    said: (_, answer) => answer,
  },
};

/** @param {ScormItem} item */
function scormType(item) {
  return /** @type {ScormType} */ (SCORM_TYPES[item.type]);
}

/** @param {string} kind @param {string} mode @returns {ScormType} */
function scormTypedType(kind, mode) {
  return {
    kind,
    draw: (item, answer, words, place) => {
      const field = make("input", { type: "text", name: place, value: answer ?? "", inputmode: mode, autocomplete: "off", maxlength: "200", "aria-label": words.typed ?? "" });
      return [make("p", {}, field, item.unit ? ` ${item.unit}` : "")];
    },
    read: (_, holder, place) => scormTyped(holder, place),
    short: (_, answer) => answer,
    long: (_, short) => short,
    said: (_, answer) => answer,
  };
}

/** @param {string} type @param {ScormItem} item @param {unknown[]} chosen @param {string} place @param {ScormMix} mix */
function drawScormOptions(type, item, chosen, place, mix) {
  const options = item.shuffle === false ? item.options ?? [] : scormMixed(item.options ?? [], mix);
  return options.map((option) => scormChoice(type, place, option.id, chosen.includes(option.id), option.text));
}

/** What the right-hand sides are. @param {ScormItem} item */
function scormSides(item) {
  return [...(item.pairs ?? []).map(({ id, right }) => ({ id, text: right })), ...(item.others ?? [])];
}

/** @param {ScormItem} item @param {any} answer @param {Words} words @param {string} place @param {ScormMix} mix */
function drawScormPairs(item, answer, words, place, mix) {
  const sides = item.shuffle === false ? scormSides(item) : mix(scormSides(item));
  const choices = sides.map(({ id, text }) => /** @type {[string, string]} */ ([id, text]));
  return (item.pairs ?? []).map((pair) => {
    const left = scormHtml("span", pair.left);
    const select = scormSelect(choices, `${place}.${pair.id}`, answer?.[pair.id], left.textContent ?? "", words);
    return make("div", { class: "pair" }, make("label", {}, left, " ", select));
  });
}

/** Answers to things with ids, or null where there is none. @param {{id: string}[]} rows @param {Element} holder @param {string} place */
function readScormNamed(rows, holder, place) {
  const given = rows.map(({ id }) => [id, scormTyped(holder, `${place}.${id}`)]).filter(([, value]) => value !== null);
  return given.length ? Object.fromEntries(given) : null;
}

/** An answer by ids; what is undefined is left out. @template {{id: string}} R @param {R[]} rows @param {(row: R, at: number) => any} answerOf */
function scormNamed(rows, answerOf) {
  return Object.fromEntries(rows.map((row, at) => [row.id, answerOf(row, at)]).filter(([, answer]) => answer !== undefined));
}

/** @param {ScormItem} item @param {any} answer @param {Words} words @param {string} _ @param {ScormMix} mix */
function drawScormOrder(item, answer, words, _, mix) {
  const pieces = item.pieces ?? [];
  const shown = answer ? [...pieces].sort((a, b) => answer.indexOf(a.id) - answer.indexOf(b.id)) : mix(pieces);
  const list = make("ol", { class: "order", "data-moved": Boolean(answer) });
  for (const piece of shown) {
    const text = scormHtml("span", piece.text);
    const row = make("li", { "data-id": piece.id }, text);
    for (const [sign, word] of [["↑", words.up], ["↓", words.down]]) {
      const move = button(sign ?? "", () => moveScormPiece(list, row, sign === "↑", move));
      move.setAttribute("aria-label", filled(word, text.textContent ?? ""));
      row.append(move);
    }
    list.append(row);
  }
  return [list];
}

/** @param {Element} list @param {Element} row @param {boolean} up @param {HTMLElement} pressed */
function moveScormPiece(list, row, up, pressed) {
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  list.setAttribute("data-moved", "");
  if (!other) return;
  list.insertBefore(up ? row : other, up ? other : row);
  pressed.focus();
}

/** @param {ScormItem} item @param {any} answer @param {Words} words @param {string} place @param {ScormMix} mix */
function drawScormGaps(item, answer, words, place, mix) {
  const text = scormHtml("div", (item.text ?? "").replace(/\{\{([a-z0-9-]+)\}\}/g, '<span data-gap="$1"></span>'), { class: "cloze" });
  (item.gaps ?? []).forEach((gap, at) => {
    const name = `${place}.${gap.id}`;
    const label = filled(words.gap, at + 1);
    const options = gap.options && (item.shuffle === false ? gap.options : scormMixed(gap.options, mix));
    const field = options
      ? scormSelect(options.map(({ id, text: said }) => [id, said]), name, answer?.[gap.id], label, words)
      : make("input", { type: "text", name, value: answer?.[gap.id] ?? "", size: "12", autocomplete: "off", maxlength: "100", "aria-label": label });
    text.querySelector(`[data-gap="${gap.id}"]`)?.replaceWith(field);
  });
  return [text];
}
