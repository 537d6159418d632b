// Where a query stands in a text: the same as matching.py.

const LEAST = 3;
const SHOWN = 180;
const BEFORE = 50;
const STRAY = 0.6;
const LEADING = "เแโใไ";
const FOLLOWING = "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎";

/** The longest stretches that both share, as pairs of start and end in `letters`. @param {string} letters @param {string} asked */
function stretches(letters, asked) {
  const least = Math.min(LEAST, asked.length) || 1;
  const places = placesOf(asked, least);
  /** @type {[number, number][]} */
  const found = [];
  for (let at = 0; at <= letters.length - least;) {
    let size = 0;
    for (const place of places.get(letters.slice(at, at + least)) ?? []) size = Math.max(size, shared(letters, at, asked, place));
    if (size) found.push([at, at + size]);
    at += size || 1;
  }
  return found;
}

/** @type {{asked: string, places: Map<string, number[]>}} where the parts of the last query stand in it */
const last = { asked: "", places: new Map() };

/** One query is looked for in hundreds of passages. @param {string} asked @param {number} least */
function placesOf(asked, least) {
  if (last.asked !== asked) {
    Object.assign(last, { asked, places: new Map() });
    for (let at = 0; at <= asked.length - least; at++) {
      const part = asked.slice(at, at + least);
      last.places.set(part, [...(last.places.get(part) ?? []), at]);
    }
  }
  return last.places;
}

/** @param {string} letters @param {number} at @param {string} asked @param {number} place */
function shared(letters, at, asked, place) {
  let size = 0;
  while (at + size < letters.length && place + size < asked.length && letters[at + size] === asked[place + size]) size++;
  return size;
}

/** How much of the query stands in one piece in the title and in any text: 0 to 1.5. @param {string[]} texts @param {string} asked @param {Analysis} analysis */
function closeness(texts, asked, analysis) {
  if (!asked) return 0;
  const longest = texts.map((text) =>
    stretches(analysis.lettersOf(text).text, asked).reduce((most, [start, end]) => Math.max(most, end - start), 0) / asked.length);
  return Math.max(0, ...longest) ** 2 + (longest[0] ?? 0) ** 2 / 2;
}

/** The passage that fits best, cut to what a result shows. @param {string[]} passages @param {string} asked @param {Analysis} analysis */
function snippetOf(passages, asked, analysis) {
  let best = passages[0] ?? "";
  /** @type {[number, number][]} */
  let found = [];
  let most = 0;
  for (const passage of passages) {
    const marks = marksOf(passage, asked, analysis);
    const weight = marks.reduce((sum, [start, end]) => sum + (end - start) ** 2, 0);
    if (weight > most) [best, found, most] = [passage, marks, weight];
  }
  return cut(best, found);
}

/** Ranges of the text that match, without stray pieces. @param {string} text @param {string} asked @param {Analysis} analysis */
function marksOf(text, asked, analysis) {
  const { text: letters, origin } = analysis.lettersOf(text);
  const found = stretches(letters, asked).flatMap((stretch) => words(letters, stretch));
  const enough = found.reduce((most, [start, end]) => Math.max(most, end - start), 0) * STRAY;
  const place = (/** @type {number} */ at) => origin[at] ?? 0;
  /** @type {[number, number][]} */
  const merged = [];
  for (const [start, end] of found) {
    if (end - start < enough) continue;
    const [from, to] = clusters(text, place(start), place(end - 1) + 1);
    const last = merged[merged.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(to, last[1]); else merged.push([from, to]);
  }
  return merged;
}

/** The parts of a stretch; of Latin words those that begin where the word does. @param {string} letters @param {[number, number]} stretch */
function words(letters, [start, end]) {
  /** @type {[number, number][]} */
  const parts = [];
  let at = start;
  for (const part of letters.slice(start, end).split(" ")) {
    if (part && !(at > 0 && isLatin(part[0] ?? "") && isLatin(letters[at - 1] ?? ""))) parts.push([at, at + part.length]);
    at += part.length + 1;
  }
  return parts;
}

/** The range widened to whole clusters or words. @param {string} text @param {number} start @param {number} end @returns {[number, number]} */
function clusters(text, start, end) {
  const splits = (/** @type {number} */ at) => {
    const [before = "", after = ""] = [text[at - 1], text[at]];
    return FOLLOWING.includes(after) || LEADING.includes(before) || (isLatin(before) && isLatin(after));
  };
  while (start > 0 && splits(start)) start--;
  while (end < text.length && splits(end)) end++;
  return [start, end];
}

/** @param {string} char */
function isLatin(char) {
  return /[A-Za-z\u00c0-\u024f]/.test(char);
}

/** A part of the text around its first mark. @param {string} text @param {[number, number][]} marks */
function cut(text, marks) {
  if (text.length <= SHOWN) return { text, marks };
  const first = marks[0]?.[0] ?? 0;
  let start = Math.max(0, Math.min(first - BEFORE, text.length - SHOWN));
  if (start) {
    const gap = text.lastIndexOf(" ", first);
    start = gap >= Math.max(0, start - BEFORE) ? gap + 1 : clusters(text, start, start + 1)[0];
  }
  let end = Math.min(text.length, start + SHOWN);
  if (end < text.length) {
    const gap = text.lastIndexOf(" ", end + BEFORE - 1);
    end = gap >= Math.max(first + 1, end - BEFORE) ? gap : clusters(text, end - 1, end)[1];
  }
  const [before, after] = [start ? "… " : "", end < text.length ? " …" : ""];
  const shift = before.length - start;
  const inside = marks.filter(([from, to]) => from < end && to > start)
    .map(([from, to]) => /** @type {[number, number]} */ ([Math.max(from, start) + shift, Math.min(to, end) + shift]));
  return { text: before + text.slice(start, end) + after, marks: inside };
}
