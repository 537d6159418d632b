// One way of writing each thing: what texts, queries and answers are compared by. The same as folding.py, by the same rules.

/**
 * @typedef {{text: string, origin: number[]}} Folded
 *   A text as it is compared, and for each of its characters the place in the text that it comes from.
 * @typedef {{
 *   nothing: number[][], thai: number[][], accented: number[][], latin: number[][], digits: number[][],
 *   same: Record<string, string>, upper: string, tones: string, after_tone: string,
 * }} FoldingRules
 */

const BREAK = "\n";

class Folding {
  /** @param {FoldingRules} rules those of folding.yml */
  constructor({ same, nothing, thai, latin, digits, accented, upper, tones, after_tone: afterTone }) {
    this.plains = /** @type {Map<string, string[]>} */ (new Map());
    this.kinds = /** @type {Map<string, string>} */ (new Map());
    this.same = /** @type {Record<string, string>} */ ({ ...same });
    for (let code = 65; code < 91; code++) this.same[String.fromCharCode(code)] = String.fromCharCode(code + 32);
    this.nothing = classOf(nothing);
    this.thai = classOf(thai);
    this.latin = classOf(latin);
    this.digit = classOf(digits);
    this.accented = classOf(accented);
    this.upper = upper;
    this.tones = tones;
    this.afterTone = afterTone;
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
    const { upper, tones, afterTone } = this;
    const last = out[out.length - 1] ?? "";
    const isTone = tones.includes(char);
    const behindTone = last !== "" && tones.includes(last);
    if (char === last && (isTone || upper.includes(char))) return;
    if (char === "เ" && last === "เ") {
      out[out.length - 1] = "แ";
      return;
    }
    let put = char;
    if (char === "า" && (last === "ํ" || (behindTone && out[out.length - 2] === "ํ"))) {
      const gone = out.length - (last === "ํ" ? 1 : 2);
      out.splice(gone, 1);
      origin.splice(gone, 1);
      put = "ำ";
    }
    const before = upper.includes(put) ? tones : isTone ? afterTone : "";
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
}

/** @param {number[][]} ranges */
function classOf(ranges) {
  const hex = (/** @type {number} */ code) => `\\u${code.toString(16).padStart(4, "0")}`;
  return new RegExp(`[${ranges.map(([first = 0, last = 0]) => `${hex(first)}-${hex(last)}`).join("")}]`);
}
