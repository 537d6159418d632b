// From a query to ranked entries: the same as ranking.py, number by number.

/**
 * @typedef {{count: number, numbers: number[], impacts: number[]}} List entries that hold a token, and how many in truth
 * @typedef {{text: string, joined: string, letters: string, tokens: Map<string, number>, names: string[]}} Query
 * @typedef {{number: number, score: number, share: number}} Hit
 * @typedef {(token: string) => List | undefined} Lists
 */

const MOST_TOKENS = 200;

/** @param {string} text @param {Analysis} analysis @returns {Query} */
function queryOf(text, analysis) {
  const folded = analysis.fold(text).text.replace(/^[ \n]+|[ \n]+$/g, "");
  const core = analysis.withoutFiller(folded);
  const joined = core.replace(/[ \n]+/g, "");
  const { latin_trigram: trigram = 0, number: figure = 0 } = analysis.rules.weights;
  const tokens = new Map(analysis.foldedTokens(core).slice(0, MOST_TOKENS).map((token) =>
    [token, token.startsWith(PART) ? trigram : isNumber(token) ? figure : 1]));
  const names = [...new Set([folded.replace(/[ \n]+/g, ""), joined])].filter(Boolean).map(whole);
  if (joined.length && joined.length <= 2) names.push(SHORT + joined);
  return { text: core, joined, letters: analysis.letters(core).text, tokens, names };
}

/** @param {string} token */
function isNumber(token) {
  return token >= "0" && token < ":";
}

/** Whether it has more letters of the other language than of this one. @param {Query} asked @param {string} lang */
function isForeign(asked, lang) {
  let thai = 0;
  let latin = 0;
  for (const char of asked.joined) {
    if (char >= "\u0e01" && char <= "\u0e4e") thai++;
    else if (char >= "a") latin++;
  }
  return lang === "th" ? latin > thai : thai > latin;
}

/** The share of the query's letters that stand anywhere in their order; 1 for a name. @param {Query} asked @param {Lists} lists */
function knownShare(asked, lists) {
  if (asked.names.some(lists)) return 1;
  const words = [...asked.tokens.keys()].filter((token) => !isNumber(token));
  const sum = (/** @type {string[]} */ tokens) => tokens.reduce((total, token) => total + token.length ** 2, 0);
  const counted = words.length ? words : [...asked.tokens.keys()];
  return sum(counted.filter(lists)) / (sum(counted) || 1);
}

/**
 * @param {Query} asked
 * @param {Lists} lists
 * @param {number} size how many entries there are
 * @param {(number: number) => number} prior
 * @param {Rules["weights"]} weights
 * @returns {Hit[]}
 */
function rank(asked, lists, size, prior, weights) {
  const { cover_power: power = 1, whole_name: wholeName = 0, first_letters: first = 0, tail = 0 } = weights;
  /** @type {Map<number, number>} */
  const sums = new Map();
  /** @type {Map<number, number>} */
  const covered = new Map();
  let total = 0;
  for (const [token, weight] of asked.tokens) {
    const list = lists(token);
    if (!list) continue;
    const idf = weight * Math.log(1 + (size - list.count + 0.5) / (list.count + 0.5));
    total += idf;
    list.numbers.forEach((number, at) => {
      sums.set(number, (sums.get(number) ?? 0) + idf * (list.impacts[at] ?? 0));
      covered.set(number, (covered.get(number) ?? 0) + idf);
    });
  }
  let best = 0;
  for (const [number, value] of sums) {
    const score = value * ((covered.get(number) ?? 0) / total) ** power;
    sums.set(number, score);
    best = Math.max(best, score);
  }
  for (const token of asked.names) {
    const bonus = (best || 1) * (token.startsWith(WHOLE) ? wholeName : first);
    lists(token)?.numbers.forEach((number) => sums.set(number, (sums.get(number) ?? 0) + bonus));
  }
  const hits = [...sums].map(([number, value]) =>
    ({ number, score: value * prior(number), share: (covered.get(number) ?? 0) / (total || 1) }));
  hits.sort((one, other) => other.score - one.score || one.number - other.number);
  const least = (hits[0]?.score ?? 0) * tail;
  return hits.filter((hit) => hit.score >= least);
}
