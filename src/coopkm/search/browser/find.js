// Search over all languages of a site: the same as finder.py.

/**
 * @typedef {{id: number, score: number, lang: string, number: number, kind: string}} Match
 *   `id` is the entry's number in the reader's language, or comes after all of them; `lang` and `number` tell where the query stands.
 * @typedef {{asked: Query, matches: Match[], known: number, near: boolean, reading: string, suggestion: string}} Answer
 * @typedef {{row: Row, lang: string, snippet: {text: string, marks: [number, number][]}, snippetLang: string}} Result
 */

class Finder {
  /** @param {string} base URL of the index @param {string} lang of the page */
  constructor(base, lang) {
    this.files = new Files(base);
    this.lang = lang;
    /** @type {Map<string, Promise<Corpus>>} */
    this.corpora = new Map();
  }

  /** @param {string} lang */
  corpus(lang) {
    const earlier = this.corpora.get(lang);
    if (earlier) return earlier;
    const begun = Corpus.begin(this.files, lang, this.again);
    this.corpora.set(lang, begun);
    return begun;
  }

  again = "";

  /** Begin anew past the browser's cache: the site may have been replaced since the page was loaded. */
  restart() {
    this.again = `?${Date.now()}`;
    this.files = new Files(this.files.base);
    this.corpora.clear();
    this.made = undefined;
  }

  /** @returns {Promise<Analysis>} */
  async analysis() {
    const { rules, misprints } = (await this.corpus(this.lang)).start;
    return (this.made ??= new Analysis(rules, misprints));
  }

  /** @type {Analysis | undefined} */
  made;

  /** @param {string} text @returns {Promise<Answer>} */
  async find(text) {
    const analysis = await this.analysis();
    const { hardly_known: hardly = 0, better_known: better = 0 } = analysis.rules.weights;
    this.files.left = (await this.corpus(this.lang)).start.most[2] - this.corpora.size;
    const answer = await this.read(text, analysis);
    const other = answer.known < hardly && answer.asked.joined.length > 2 ? otherLayout(text, analysis.rules) : "";
    if (other) {
      const read = await this.read(other, analysis);
      if (read.asked.joined.length > 2 && read.known >= answer.known + better) return { ...read, reading: other };
    }
    return answer;
  }

  /** @param {string} text @param {Analysis} analysis @returns {Promise<Answer>} */
  async read(text, analysis) {
    const asked = queryOf(text, analysis);
    const own = await this.corpus(this.lang);
    const langs = [this.lang, ...(isForeign(asked, this.lang) ? Object.keys(own.start.twins) : [])];
    const corpora = await Promise.all(langs.map((lang) => this.corpus(lang)));
    const [files, rows] = own.start.most;
    const most = Math.min(files, this.files.left - Math.min(rows, 4)) / corpora.length;
    await Promise.all(corpora.map((corpus) => corpus.prepare(asked, Math.ceil(most))));
    /** @type {Map<number, Match>} */
    const best = new Map();
    let [top, known] = [0, 0];
    const { weights } = analysis.rules;
    for (const corpus of corpora) {
      const lists = (/** @type {string} */ token) => corpus.list(token);
      const prior = (/** @type {number} */ number) => weights.prior[corpus.kinds[number] ?? ""] ?? 1;
      known = Math.max(known, knownShare(asked, lists));
      for (const hit of rank(asked, lists, corpus.start.size, prior, weights)) {
        const id = ownNumber(own, corpus.lang, hit.number);
        top = Math.max(top, hit.share);
        if (hit.score > (best.get(id)?.score ?? -1)) {
          best.set(id, { id, score: hit.score, lang: corpus.lang, number: hit.number, kind: corpus.kinds[hit.number] ?? "" });
        }
      }
    }
    const matches = [...best.values()].sort((one, other) => other.score - one.score || one.id - other.id);
    const suggestion = known === 1 || this.files.left < 5 ? "" : nearestName(asked.joined, await own.suggestible(), analysis);
    return { asked, matches, known, near: asked.joined.length > 2 && top * known < (weights.near ?? 0), reading: "", suggestion };
  }

  /**
   * Matches as they are shown, as many as the files hold that may be loaded for them; the closest first.
   * @param {Answer} answer @param {Match[]} matches of it @param {number} most
   * @returns {Promise<Result[]>}
   */
  async show(answer, matches, most) {
    const [analysis, own] = [await this.analysis(), await this.corpus(this.lang)];
    /** @type {Map<string, Promise<void>>} */
    const loading = new Map();
    let budget = Math.max(1, Math.min(own.start.most[1], this.files.left));
    const ask = (/** @type {Corpus} */ corpus, /** @type {number} */ number) => {
      const block = corpus.block(number);
      const name = `${corpus.lang} ${block}`;
      if (!corpus.rows.has(block) && !loading.has(name)) {
        if (!budget) return false;
        budget--;
        loading.set(name, corpus.loadBlock(block));
      }
      return true;
    };
    // First what is shown; then, while files may be asked for, the passages in the other language that match.
    let ready = 0;
    for (const match of matches.slice(0, most)) {
      if (!(match.id < own.start.size ? ask(own, match.id) : ask(await this.corpus(match.lang), match.number))) break;
      ready++;
    }
    const shown = matches.slice(0, ready);
    for (const match of shown) if (match.lang !== own.lang) ask(await this.corpus(match.lang), match.number);
    await Promise.all(loading.values());
    return Promise.all((await this.closestFirst(answer, shown, analysis)).map((match) => this.result(own, answer, match, analysis)));
  }

  /** @param {Answer} answer @param {Match[]} matches @param {Analysis} analysis */
  async closestFirst(answer, matches, analysis) {
    const { window = 0, close = 0 } = analysis.rules.weights;
    const bonus = (answer.matches[0]?.score ?? 0) * close;
    const first = await Promise.all(matches.slice(0, window).map(async (match) => {
      const row = (await this.corpus(match.lang)).row(match.number);
      const texts = row ? [row[1], ...row[4]] : [];
      return { match, score: match.score + bonus * closeness(texts, answer.asked.letters, analysis) };
    }));
    first.sort((one, other) => other.score - one.score);
    return [...first.map(({ match }) => match), ...matches.slice(window)];
  }

  /** @param {Corpus} own @param {Answer} answer @param {Match} match @param {Analysis} analysis @returns {Promise<Result>} */
  async result(own, answer, match, analysis) {
    const matched = await this.corpus(match.lang);
    const from = match.id < own.start.size ? own : matched;
    const row = from.row(from === own && from !== matched ? match.id : match.number);
    const text = matched.row(match.number);
    if (!row) throw new Error("an entry is missing");
    return {
      row,
      lang: from.lang,
      snippet: snippetOf((text ?? row)[4], answer.asked.letters, analysis),
      snippetLang: (text ? matched : from).lang,
    };
  }
}

/** @param {Corpus} own @param {string} lang @param {number} number */
function ownNumber(own, lang, number) {
  if (lang === own.lang) return number;
  for (const [theirs, ours, count] of own.start.twins[lang] ?? []) {
    if (number >= theirs && number < theirs + count) return ours + number - theirs;
  }
  return own.start.size + number;
}
