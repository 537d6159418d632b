// Texts to tokens: the same as folding.py and analysis.py, by the same rules, to the last token.

/**
 * @typedef {{text: string, origin: number[]}} Folded
 *   A text as it is compared, and for each of its characters the place in the text that it comes from.
 * @typedef {Folded} Letters
 * @typedef {{end: string, put: string, letters: number}} Plural
 * @typedef {{
 *   nothing: number[][], thai: number[][], accented: number[][], latin: number[][], digits: number[][],
 *   same: Record<string, string>, upper: string, tones: string, after_tone: string, plurals: Plural[],
 *   filler: {th: string[], en: string[]}, kedmanee: string, common_first: string,
 *   weights: Record<string, number> & {prior: Record<string, number>},
 * }} Rules
 */

const BREAK = "\n";
const SHORT = "<";
const WHOLE = "=";
const PART = "~";

class Analysis {
  /**
   * @param {Rules} rules
   * @param {Record<string, string>} misprints folded already
   */
  constructor(rules, misprints) {
    const { same, nothing, thai, latin, digits, accented } = rules;
    this.rules = rules;
    this.plains = /** @type {Map<string, string[]>} */ (new Map());
    this.kinds = /** @type {Map<string, string>} */ (new Map());
    this.read = /** @type {Map<string, Letters>} */ (new Map());
    this.same = /** @type {Record<string, string>} */ ({ ...same });
    for (let code = 65; code < 91; code++) this.same[String.fromCharCode(code)] = String.fromCharCode(code + 32);
    this.nothing = classOf(nothing);
    this.thai = classOf(thai);
    this.latin = classOf(latin);
    this.digit = classOf(digits);
    this.accented = classOf(accented);
    const [t, l, d] = [this.thai, this.latin, this.digit].map((found) => found.source);
    this.runs = new RegExp(`(${t}+(?: ${t}+)*)|(${l}+)|(${d}+(?:\\.${d}+)*)`, "g");
    this.misprints = misprints;
    const wrong = longestFirst(Object.keys(misprints));
    this.wrong = wrong.length ? new RegExp(wrong.map(escaped).join("|"), "g") : null;
    const plain = rules.filler.th.map((word) => this.folded(word).text.trim());
    this.thaiFiller = new RegExp(longestFirst(plain).map(escaped).join("|"), "g");
    this.englishFiller = new RegExp(`(?<!${l})(?:${longestFirst(rules.filler.en).join("|")})(?!${l})`, "g");
  }

  /** @param {string} text */
  fold(text) {
    const folded = this.folded(text);
    return this.wrong ? this.mended(folded, this.wrong) : folded;
  }

  /** @param {string} text @returns {Folded} */
  folded(text) {
    /** @type {string[]} */
    const out = [];
    /** @type {number[]} */
    const origin = [];
    let letters = 0; // Latin letters since the last dot or gap
    let at = 0;
    for (const char of text) {
      for (const one of this.plain(char)) {
        const kind = this.kind(one);
        if (kind === "t") {
          this.putThai(one, at, out, origin);
          letters = 0;
        } else if (kind) {
          out.push(one);
          origin.push(at);
          letters = kind === "l" ? letters + 1 : 0;
        } else if (one === "." && out.length && (letters === 1 || this.kind(out[out.length - 1] ?? "") === "t")) {
          letters = 0; // of an abbreviation
        } else {
          letters = 0;
          this.putGap(one, at, text, out, origin);
        }
      }
      at += char.length;
    }
    return { text: out.join(""), origin };
  }

  /** What stands for a character; kept, since texts have few different ones. @param {string} char */
  plain(char) {
    let parts = this.plains.get(char);
    if (!parts) {
      const decomposed = this.accented.test(char) ? [...char.normalize("NFD").toLowerCase()] : [this.same[char] ?? char];
      parts = decomposed.filter((part) => !this.nothing.test(part));
      this.plains.set(char, parts);
    }
    return parts;
  }

  /** `t` for Thai, `l` for Latin, `d` for a digit, else nothing. @param {string} char */
  kind(char) {
    let kind = this.kinds.get(char);
    if (kind === undefined) {
      kind = this.thai.test(char) ? "t" : this.latin.test(char) ? "l" : this.digit.test(char) ? "d" : "";
      this.kinds.set(char, kind);
    }
    return kind;
  }

  /** @param {string} char @param {number} at @param {string[]} out @param {number[]} origin */
  putThai(char, at, out, origin) {
    const { upper, tones, after_tone: after } = this.rules;
    const last = out[out.length - 1] ?? "";
    const isTone = tones.includes(char);
    const afterTone = last !== "" && tones.includes(last);
    if (char === last && (isTone || upper.includes(char))) return;
    if (char === "เ" && last === "เ") {
      out[out.length - 1] = "แ";
      return;
    }
    let put = char;
    if (char === "า" && (last === "ํ" || (afterTone && out[out.length - 2] === "ํ"))) {
      const gone = out.length - (last === "ํ" ? 1 : 2);
      out.splice(gone, 1);
      origin.splice(gone, 1);
      put = "ำ";
    }
    const before = upper.includes(put) ? tones : isTone ? after : "";
    let place = out.length;
    while (place > 0 && before.includes(out[place - 1] ?? "?")) place--;
    out.splice(place, 0, put);
    origin.splice(place, 0, at);
  }

  /** @param {string} char @param {number} at @param {string} text @param {string[]} out @param {number[]} origin */
  putGap(char, at, text, out, origin) {
    const last = out[out.length - 1];
    if (last === undefined || last === BREAK) return;
    const next = text[at + 1] ?? "";
    if ((char === "." || char === ",") && this.digit.test(last) && this.digit.test(this.same[next] ?? next)) {
      if (char === ".") {
        out.push(char);
        origin.push(at);
      }
    } else if (char === BREAK && last === " ") {
      out[out.length - 1] = BREAK;
    } else if (last !== " ") {
      out.push(char === BREAK ? BREAK : " ");
      origin.push(at);
    }
  }

  /** @param {Folded} folded @param {RegExp} wrong @returns {Folded} */
  mended(folded, wrong) {
    let text = "";
    /** @type {number[]} */
    const origin = [];
    let at = 0;
    for (const match of folded.text.matchAll(wrong)) {
      const right = this.misprints[match[0]] ?? "";
      const last = match.index + match[0].length - 1;
      text += folded.text.slice(at, match.index) + right;
      origin.push(...folded.origin.slice(at, match.index));
      for (let step = 0; step < right.length; step++) origin.push(folded.origin[Math.min(match.index + step, last)] ?? 0);
      at = last + 1;
    }
    return at ? { text: text + folded.text.slice(at), origin: [...origin, ...folded.origin.slice(at)] } : folded;
  }

  /** @param {string} text */
  tokens(text) {
    return this.foldedTokens(this.fold(text).text);
  }

  /** @param {string} folded */
  foldedTokens(folded) {
    /** @type {string[]} */
    const found = [];
    for (const [, thai, latin, number] of folded.matchAll(this.runs)) {
      if (thai) {
        const letters = thai.replaceAll(" ", "");
        found.push(...(letters.length > 2 ? trigrams(letters) : [letters]));
      } else if (latin) {
        const word = this.singular(latin);
        found.push(word);
        if (word.length > 3) found.push(...trigrams(word).map((part) => PART + part));
      } else if (number) found.push(number);
    }
    return found;
  }

  /** A folded text without spaces but those between Latin words, and where each character stands. @param {string} folded */
  letters(folded) {
    /** @type {number[]} */
    const kept = [];
    let text = "";
    for (let at = 0; at < folded.length; at++) {
      const char = folded[at] ?? "";
      if (char === " " && (this.kind(folded[at - 1] ?? "") !== "l" || this.kind(folded[at + 1] ?? "") !== "l")) continue;
      text += char;
      kept.push(at);
    }
    return { text, kept };
  }

  /** Letters of a passage with their places in it; the same passages are read again at every key. @param {string} text */
  lettersOf(text) {
    let found = this.read.get(text);
    if (!found) {
      const folded = this.fold(text);
      const { text: letters, kept } = this.letters(folded.text);
      found = { text: letters, origin: kept.map((at) => folded.origin[at] ?? 0) };
      if (this.read.size > 5000) this.read.clear();
      this.read.set(text, found);
    }
    return found;
  }

  /** @param {string} word */
  singular(word) {
    const row = this.rules.plurals.find(({ end, letters }) => word.endsWith(end) && word.length >= letters);
    return row ? word.slice(0, word.length - row.end.length) + row.put : word;
  }

  /** @param {string} folded the words that say what is asked; all where nothing would be left */
  withoutFiller(folded) {
    const left = folded.replace(this.thaiFiller, " ").replace(this.englishFiller, " ").replace(/ +/g, " ").replace(/^[ \n]+|[ \n]+$/g, "");
    return left.replaceAll(" ", "").length > 2 ? left : folded;
  }
}

/** @param {number[][]} ranges */
function classOf(ranges) {
  const hex = (/** @type {number} */ code) => `\\u${code.toString(16).padStart(4, "0")}`;
  return new RegExp(`[${ranges.map(([first = 0, last = 0]) => `${hex(first)}-${hex(last)}`).join("")}]`);
}

/** @param {string[]} words */
function longestFirst(words) {
  return [...words].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** @param {string} letters */
function trigrams(letters) {
  return Array.from({ length: Math.max(0, letters.length - 2) }, (_, at) => letters.slice(at, at + 3));
}

/** The token of a whole name by its joined letters: FNV-1a over its UTF-16 code units, low byte first. @param {string} joined */
function whole(joined) {
  let state = 0x811c9dc5;
  for (let at = 0; at < joined.length; at++) {
    const code = joined.charCodeAt(at);
    for (const byte of [code & 255, code >> 8]) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  }
  return WHOLE + joined.slice(0, 3) + state.toString(16).padStart(8, "0");
}
