// Texts to tokens: the same as analysis.py, by the same rules, to the last token.

/**
 * @typedef {Folded} Letters
 * @typedef {{end: string, put: string, letters: number}} Plural
 * @typedef {FoldingRules & {
 *   plurals: Plural[], filler: {th: string[], en: string[]}, kedmanee: string, common_first: string,
 *   weights: Record<string, number> & {prior: Record<string, number>},
 * }} Rules
 */

const SHORT = "<";
const WHOLE = "=";
const PART = "~";

class Analysis extends Folding {
  /**
   * @param {Rules} rules
   * @param {Record<string, string>} misprints folded already
   */
  constructor(rules, misprints) {
    super(rules);
    this.rules = rules;
    this.read = /** @type {Map<string, Letters>} */ (new Map());
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
