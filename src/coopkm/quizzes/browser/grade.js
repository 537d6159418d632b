// What an answer is worth: the same as grading.py, to the last fraction. Keys are those of keys.py; answers are JSON values.

/**
 * @typedef {[numerator: number, denominator: number]} Share of the points, in lowest terms
 * @typedef {{share: Share, said: string[]}} Grade
 *   `said` names what may be said to the answer, the general last; a name without a text is passed over.
 * @typedef {{type: string, points: number} & Record<string, any>} AnswerKey
 * @typedef {{options: string[], right: string | null}} ChoiceKey
 * @typedef {{answer: string | null, tolerance: string}} NumberKey
 * @typedef {{accept: string[]}} WordsKey
 */

const LONGEST = 500; // characters of a typed answer that are looked at
const BEYOND = 1e12; // a number has at most twelve digits before the point, written or not
const PLACES = 330; // behind the point: the smallest float has 324
/** @type {Share} */
const NONE = [0, 1];
/** @type {Share} */
const ALL = [1, 1];
// No exponent follows, and no second number before the first letter of a unit. Before it, what Python calls spaces.
const NUMBER = new RegExp(
  "^[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*"
  + "([+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\\.[0-9]{1,9})?)"
  + "(?![eE][+-]?[0-9]|[^0-9A-Za-z\\u0e01-\\u0e5b]*[0-9])",
);

/**
 * Grades the answer to a question or to a part of a case.
 * @param {AnswerKey} key @param {unknown} answer @param {Folding} folding @returns {Grade}
 */
function grade(key, answer, folding) {
  const { share, said } = /** @type {Grader} */ (GRADERS[key.type])(key, answer, folding);
  return { share, said: [...said, "general"] };
}

/** What the question is worth. @param {AnswerKey} key */
function points(key) {
  return key.points;
}

/** @typedef {(key: any, answer: unknown, folding: Folding) => Grade} Grader */
/** @type {Record<string, Grader>} */
const GRADERS = {
  single: (key, answer) => gradeChoice(key, answer, "option."),
  multiple: gradeMultiple,
  truefalse: gradeTrueFalse,
  match: gradeMatch,
  order: gradeOrder,
  short: gradeShort,
  numeric: gradeNumeric,
  cloze: gradeCloze,
  case: gradeCase,
  reflect: () => ({ share: NONE, said: ["model"] }),
};

/** @param {ChoiceKey} key @param {unknown} answer @param {string} place begins the name of what is said @returns {Grade} */
function gradeChoice({ options, right }, answer, place) {
  if (typeof answer !== "string" || !options.includes(answer)) return { share: NONE, said: [] };
  return { share: answer === right ? ALL : NONE, said: [place + answer] };
}

/**
 * Each right one earns its share, each wrong one takes a share of the same size back.
 * @param {{options: string[], right: string[]}} key @param {unknown} answer @returns {Grade}
 */
function gradeMultiple({ options, right }, answer) {
  const given = new Set(Array.isArray(answer) ? answer : []);
  const chosen = options.filter((id) => given.has(id));
  const hits = chosen.reduce((sum, id) => sum + (right.includes(id) ? 1 : -1), 0);
  return { share: lowest(Math.max(0, hits), right.length), said: chosen.map((id) => `option.${id}`) };
}

/** @param {{right: boolean}} key @param {unknown} answer @returns {Grade} */
function gradeTrueFalse({ right }, answer) {
  if (typeof answer !== "boolean") return { share: NONE, said: [] };
  return { share: answer === right ? ALL : NONE, said: [String(answer)] };
}

/** @param {{pairs: string[]}} key @param {unknown} answer @returns {Grade} */
function gradeMatch({ pairs }, answer) {
  return { share: lowest(pairs.filter((id) => givenTo(id, answer) === id).length, pairs.length), said: [] };
}

/** The share of neighbours that follow one another as they should. @param {{items: string[]}} key @param {unknown} answer @returns {Grade} */
function gradeOrder({ items }, answer) {
  if (!Array.isArray(answer) || answer.length !== items.length) return { share: NONE, said: [] };
  const places = answer.map((id) => items.indexOf(id));
  if (places.includes(-1) || new Set(places).size !== items.length) return { share: NONE, said: [] };
  const follow = places.filter((place, at) => at > 0 && place === (places[at - 1] ?? NaN) + 1);
  return { share: lowest(follow.length, items.length - 1), said: [] };
}

/** @param {WordsKey & {wrong: string[][]}} key @param {unknown} answer @param {Folding} folding @returns {Grade} */
function gradeShort({ accept, wrong }, answer, folding) {
  const given = wordsIn(answer, folding);
  if (accept.includes(given)) return { share: ALL, said: [] };
  return { share: NONE, said: firstOf(wrong, (words) => words.includes(given)) };
}

/** A typed answer as it is compared; keys hold no empty text. @param {unknown} answer @param {Folding} folding */
function wordsIn(answer, folding) {
  if (typeof answer !== "string" || characters(answer, LONGEST + 1).length > LONGEST) return "";
  return folding.folded(answer).text.replace(/[ \n]/g, "");
}

/** At most so many first characters, as Python counts them. @param {string} text @param {number} most */
function characters(text, most) {
  return [...text.slice(0, 2 * most)].slice(0, most);
}

/** The name of the first row that fits, if one does. @template R @param {R[]} rows @param {(row: R) => boolean} fits */
function firstOf(rows, fits) {
  const place = rows.findIndex(fits);
  return place < 0 ? [] : [`wrong.${place}`];
}

/** @param {NumberKey & {wrong: (string | null)[]}} key @param {unknown} answer @returns {Grade} */
function gradeNumeric(key, answer) {
  const given = numberIn(answer);
  if (given === null) return { share: NONE, said: [] };
  if (isNear(given, key)) return { share: ALL, said: [] };
  return { share: NONE, said: firstOf(key.wrong, (value) => value !== null && decimal(value) === given) };
}

/** @param {bigint} given @param {NumberKey} key */
function isNear(given, { answer, tolerance }) {
  if (answer === null) return false;
  const right = decimal(answer);
  const within = decimal(tolerance);
  return right - within <= given && given <= right + within;
}

/** The number of a typed answer: Thai digits, thousands and a unit after it are understood; a range is none. @param {unknown} answer */
function numberIn(answer) {
  if (typeof answer === "number") return Math.abs(answer) < BEYOND ? decimal(String(answer)) : null;
  if (typeof answer !== "string") return null;
  const text = characters(answer, LONGEST).join("").replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
  const found = NUMBER.exec(text.replaceAll("\u2212", "-"))?.[1];
  return found === undefined ? null : decimal(found.replaceAll(",", ""));
}

/** A number as it is written, exactly: how many of the last of all places it is. @param {string} text */
function decimal(text) {
  const [digits = "", exponent = "0"] = text.split("e");
  const [whole = "", part = ""] = digits.split(".");
  return BigInt(whole + part) * 10n ** BigInt(PLACES - part.length + Number(exponent));
}

/** @param {{gaps: ({id: string} & Record<string, any>)[]}} key @param {unknown} answer @param {Folding} folding @returns {Grade} */
function gradeCloze({ gaps }, answer, folding) {
  const grades = gaps.map((gap) => gradeGap(gap, givenTo(gap.id, answer), folding));
  const right = grades.filter(({ share }) => share === ALL);
  return { share: lowest(right.length, gaps.length), said: grades.flatMap(({ said }) => said) };
}

/** @param {any} gap @param {unknown} answer @param {Folding} folding @returns {Grade} */
function gradeGap(gap, answer, folding) {
  if (gap.options) return gradeChoice(gap, answer, `gap.${gap.id}.`);
  if (gap.accept) return { share: gap.accept.includes(wordsIn(answer, folding)) ? ALL : NONE, said: [] };
  const given = numberIn(answer);
  return { share: given !== null && isNear(given, gap) ? ALL : NONE, said: [] };
}

/**
 * The points of its parts; what to say to each part is said there.
 * @param {{points: number, parts: ({id: string} & AnswerKey)[]}} key @param {unknown} answer @param {Folding} folding @returns {Grade}
 */
function gradeCase({ points, parts }, answer, folding) {
  let [earned, of] = NONE;
  for (const part of parts) {
    const [numerator, denominator] = grade(part, givenTo(part.id, answer), folding).share;
    [earned, of] = lowest(earned * denominator + numerator * part.points * of, of * denominator);
  }
  return { share: lowest(earned, of * points), said: [] };
}

/** What an answer with names gives to one of them: its own, never what every object has. @param {string} id @param {unknown} answer */
function givenTo(id, answer) {
  const isNamed = typeof answer === "object" && answer !== null && !Array.isArray(answer);
  return isNamed && Object.hasOwn(answer, id) ? /** @type {Record<string, unknown>} */ (answer)[id] : undefined;
}

/** @param {number} numerator @param {number} denominator @returns {Share} */
function lowest(numerator, denominator) {
  let [by, rest] = [denominator, numerator];
  while (rest) [by, rest] = [rest, by % rest];
  return by ? [numerator / by, denominator / by] : NONE;
}
