// Files of the index: classic scripts that call `coopkmSearch(name, value)`, so that a folder serves them too.

/**
 * @typedef {{
 *   folder: string, size: number, letters: number, pieces: string[], common: string, blocks: number[],
 *   most: [number, number, number], kinds: [string, number][], names: Record<string, string>,
 *   twins: Record<string, [number, number, number][]>, rules: Rules, misprints: Record<string, string>,
 * }} Start the beginning of a language's index, as static.py writes it
 * @typedef {[key: string, title: string, place: string, url: string, passages: string[]]} Row
 */

/** Loads files of one folder, each once. */
class Files {
  /** @param {string} base URL of the folder, with a slash at its end */
  constructor(base) {
    this.base = base;
    /** @type {Map<string, unknown>} */
    this.values = new Map();
    /** @type {Map<string, Promise<unknown>>} */
    this.asked = new Map();
    this.left = 99; // how many files a search may still ask for
    Object.assign(globalThis, { coopkmSearch: (/** @type {string} */ name, /** @type {unknown} */ value) => this.values.set(name, value) });
  }

  /** @param {string} name as the file calls itself @param {string} path of the file in the folder */
  load(name, path) {
    const earlier = this.asked.get(name);
    if (earlier) return earlier;
    this.left--;
    const asked = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.base + path;
      script.onload = () => { script.remove(); resolve(this.values.get(name)); };
      script.onerror = () => { script.remove(); this.asked.delete(name); reject(new Error(path)); };
      document.head.append(script);
    });
    this.asked.set(name, asked);
    return asked;
  }
}

/** The index of one language, as far as it is loaded. */
class Corpus {
  /** @param {Files} files @param {string} lang @param {Start} start */
  constructor(files, lang, start) {
    this.files = files;
    this.lang = lang;
    this.start = start;
    this.pieces = new Map(start.pieces.map((piece, at) => [piece, at]));
    let first = 0;
    this.firsts = start.blocks.map((count) => (first += count) - count);
    this.rank = new Map([...start.rules.common_first].map((letter, at) => [letter, at]));
    this.kinds = start.kinds.flatMap(([kind, count]) => Array(count).fill(kind));
    /** @type {Map<number, Record<string, string>>} */
    this.shards = new Map();
    /** @type {Map<number, Row[]>} */
    this.rows = new Map();
    /** @type {Map<string, List>} */
    this.decoded = new Map();
  }

  /** @param {Files} files @param {string} lang @param {string} [again] a query that passes over the browser's cache */
  static async begin(files, lang, again = "") {
    return new Corpus(files, lang, /** @type {Start} */ (await files.load(lang, `${lang}.js${again}`)));
  }

  /** Loads what says most about a query. @param {Query} asked @param {number} most files */
  async prepare(asked, most) {
    /** @type {Map<number, number>} */
    const worth = new Map();
    const add = (/** @type {string} */ token, /** @type {number} */ weight) => {
      const file = this.pieces.get(this.piece(token));
      if (file === undefined || this.shards.has(file)) return;
      const rare = Math.log2(this.start.size) - parseInt(this.start.common[file] ?? "0", 16);
      worth.set(file, (worth.get(file) ?? 0) + weight * Math.max(0.5, rare));
    };
    for (const [token, weight] of asked.tokens) add(token, weight);
    for (const token of asked.names) add(token, token.startsWith(SHORT) ? 100 : 0.1);
    const chosen = [...worth].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, Math.max(1, Math.min(most, this.files.left)));
    await Promise.all(chosen.map(async ([file]) => {
      this.shards.set(file, /** @type {Record<string, string>} */ (await this.part(`t${file}`)));
    }));
  }

  /** The piece that a token goes by, as shards.py has it. @param {string} token */
  piece(token) {
    const size = this.start.letters;
    if (isNumber(token)) return size === 1 ? "#" : `#${token.slice(-3)}`;
    if (token.startsWith(SHORT)) return size === 1 ? SHORT : token.slice(0, 2);
    const letters = token.startsWith(WHOLE) ? token.slice(1, 4) : token.startsWith(PART) ? token.slice(1) : token;
    let best = "";
    let most = -1;
    for (let at = 0; at <= Math.max(0, letters.length - size); at++) {
      const part = letters.slice(at, at + size);
      const rarity = [...part].reduce((sum, letter) => sum + (this.rank.get(letter) ?? this.rank.size), 0);
      if (rarity > most || (rarity === most && part > best)) [best, most] = [part, rarity];
    }
    return best;
  }

  /** @param {string} token */
  list(token) {
    const earlier = this.decoded.get(token);
    if (earlier) return earlier;
    const shard = this.shards.get(this.pieces.get(this.piece(token)) ?? -1);
    const text = shard && Object.hasOwn(shard, token) ? shard[token] : undefined;
    if (text === undefined) return undefined;
    const list = decode(text);
    this.decoded.set(token, list);
    return list;
  }

  /** The file that an entry stands in. @param {number} number */
  block(number) {
    let [low, high] = [0, this.firsts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.firsts[middle] ?? 0) <= number) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** @param {number} block */
  async loadBlock(block) {
    if (!this.rows.has(block)) this.rows.set(block, /** @type {Row[]} */ (await this.part(`d${block}`)));
  }

  /** @param {number} number @returns {Row | undefined} */
  row(number) {
    const block = this.block(number);
    return this.rows.get(block)?.[number - (this.firsts[block] ?? 0)];
  }

  /** @returns {Promise<string[]>} names that may be suggested */
  async suggestible() {
    return /** @type {string[]} */ (await this.part("n"));
  }

  /** @param {string} name */
  part(name) {
    return this.files.load(`${this.lang}/${name}`, `${this.start.folder}/${name}.js`);
  }
}

/** A list as coding.py writes it. @param {string} text @returns {List} */
function decode(text) {
  const numbers = [];
  const impacts = [];
  let at = text[0] === " " ? 1 : 0;
  const digit = () => {
    const code = text.charCodeAt(at++) - 35;
    return code > 57 ? code - 1 : code; // the backslash is left out
  };
  const number = () => {
    let value = 0;
    for (;;) {
      const next = digit();
      if (next < 45) return value * 45 + next;
      value = value * 45 + next - 45;
    }
  };
  const cut = at ? number() : 0;
  for (let entry = 0; at < text.length;) {
    entry += number();
    numbers.push(entry);
    impacts.push(digit());
  }
  return { count: cut || numbers.length, numbers, impacts };
}
