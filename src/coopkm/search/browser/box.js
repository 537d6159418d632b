// The search box: a combobox over results as they are found. Every word it shows stands in the page.

const KEPT = 8;
const PAGE_OF_RESULTS = 10;
const STORE = "coopkm-searches";

class SearchBox extends HTMLElement {
  /** @template {HTMLElement} T @param {string} name @returns {T} */
  at(name) {
    return /** @type {T} */ (this.querySelector(`[data-part="${name}"]`));
  }

  connectedCallback() {
    if (this.input) return;
    this.words = /** @type {Record<string, string>} */ (JSON.parse(this.dataset.words ?? "{}"));
    this.base = this.dataset.base ?? "";
    this.finder = new Finder(`${this.base}assets/coopkm/search/`, this.dataset.lang ?? "th");
    this.input = /** @type {HTMLInputElement} */ (this.at("input"));
    this.list = this.at("results");
    this.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("focus", () => { if (!this.input?.value) this.showPast(); });
    this.list.addEventListener("click", (event) => this.choose(event));
    this.at("more").addEventListener("click", () => { this.shown += PAGE_OF_RESULTS; this.ask(true); });
    this.at("forget").addEventListener("click", () => { keep([]); this.showPast(); this.input?.focus(); });
    this.querySelector("form")?.addEventListener("submit", () => remember(this.input?.value ?? ""));
    if (this.hasAttribute("data-page")) this.input.value ||= new URLSearchParams(location.search).get("q") ?? "";
    // The reader may have come, and written, before this script did.
    if (this.input.value) this.ask(); else if (this.input === document.activeElement) this.showPast();
    void this.finder.corpus(this.finder.lang).catch(() => {});
  }

  /** @type {HTMLInputElement | undefined} */ input;
  /** @type {HTMLElement | undefined} */ list;
  /** @type {Finder | undefined} */ finder;
  /** @type {Record<string, string>} */ words = {};
  base = "";
  asking = 0;
  shown = PAGE_OF_RESULTS;
  kind = "";

  /** @param {boolean} [more] of the same */
  ask(more = false) {
    const text = this.input?.value.trim() ?? "";
    if (!more) [this.shown, this.kind] = [PAGE_OF_RESULTS, ""];
    this.toAddress(text);
    const turn = ++this.asking;
    if (!text) {
      this.showPast();
      return;
    }
    this.at("past").hidden = true;
    this.select(this.rows, -1);
    void this.attempt(text, turn).catch(() => {
      this.finder?.restart();
      return this.attempt(text, turn);
    }).catch(() => {
      if (turn !== this.asking) return;
      this.bare(this.words.failed ?? "", []);
      this.at("nothing").hidden = false; // the list by topic needs no index
    });
  }

  /** Fills the box in and gives notice when its results stand there. @param {string} text @param {number} [most] */
  search(text, most = PAGE_OF_RESULTS) {
    if (this.input) this.input.value = text;
    [this.shown, this.kind] = [most, ""];
    return this.attempt(text, ++this.asking);
  }

  /** @param {string} text @param {number} turn */
  async attempt(text, turn) {
    const finder = /** @type {Finder} */ (this.finder);
    await new Promise((resume) => setTimeout(resume, 15)); // the next key may be on its way
    if (turn !== this.asking) return;
    const answer = await finder.find(text);
    if (turn !== this.asking) return;
    const matches = answer.matches.filter((match) => !this.kind || match.kind === this.kind);
    const results = await finder.show(answer, matches, this.shown);
    const kinds = (await finder.corpus(finder.lang)).start.names;
    if (turn !== this.asking) return;
    this.drawKinds(answer, kinds);
    this.draw(results);
    const more = this.at("more");
    const last = results.length >= matches.length;
    if (last && more === document.activeElement) this.input?.focus();
    more.hidden = last;
    this.tell(answer, matches.length);
  }

  /** @param {string} text */
  toAddress(text) {
    if (!this.hasAttribute("data-page")) return;
    try {
      history.replaceState(history.state, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
    } catch {
      // A browser may refuse it for a file.
    }
  }

  /** @param {Result[]} results */
  draw(results) {
    this.options(results.map((result) => {
      const [key, title, place, url] = result.row;
      const [sort, id] = key.split(/:(.*)/);
      const link = /** @type {HTMLAnchorElement} */ (element("a", "result"));
      link.href = this.base + (result.lang === "th" ? "" : `${result.lang}/`) + url;
      link.dataset[sort === "unit" ? "unit" : sort === "term" ? "term" : "page"] = id;
      if (result.lang !== this.dataset.lang) link.lang = result.lang;
      const text = element("span", "result-text");
      text.lang = result.snippetLang;
      marked(text, result.snippet);
      link.append(element("span", "result-title", title), element("span", "result-place", place), text);
      return link;
    }));
  }

  /** @param {HTMLElement[]} options */
  options(options) {
    options.forEach((option, at) => {
      option.id = `_option_${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
    });
    this.list?.replaceChildren(...options);
    this.input?.setAttribute("aria-expanded", String(options.length > 0));
    this.input?.removeAttribute("aria-activedescendant");
  }

  /** @param {Answer} answer @param {Record<string, string>} names */
  drawKinds(answer, names) {
    const counts = new Map();
    for (const { kind } of answer.matches) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const group = this.at("kinds");
    group.hidden = counts.size < 2;
    group.replaceChildren(...["", ...counts.keys()].map((kind) => {
      const name = kind ? `${names[kind] ?? kind} ${counts.get(kind)}` : this.words.all ?? "";
      const button = /** @type {HTMLButtonElement} */ (element("button", "chip", name));
      button.type = "button";
      button.setAttribute("aria-pressed", String(kind === this.kind));
      button.addEventListener("click", () => { [this.kind, this.shown] = [kind, PAGE_OF_RESULTS]; this.ask(true); this.input?.focus(); });
      return button;
    }));
  }

  /** @param {Answer} answer @param {number} count */
  tell(answer, count) {
    const { words } = this;
    const read = answer.reading && `${fill(words.reading, answer.reading)} `;
    const found = answer.near ? words.near : fill(words.found, String(count));
    this.say(read + (count ? found : fill(words.none, this.input?.value ?? "")));
    this.at("nothing").hidden = count > 0 && !answer.near;
    const meant = /** @type {HTMLButtonElement} */ (this.at("meant"));
    meant.hidden = !answer.suggestion;
    meant.textContent = fill(words.meant, answer.suggestion);
    meant.onclick = () => { if (this.input) this.input.value = answer.suggestion; this.ask(); this.input?.focus(); };
  }

  /** @param {string} text */
  say(text) {
    const status = this.at("status");
    if (status.textContent !== text) status.textContent = text;
  }

  /** Shows nothing of an answer. @param {string} text @param {HTMLElement[]} options */
  bare(text, options) {
    for (const name of ["kinds", "more", "meant", "nothing"]) this.at(name).hidden = true;
    this.say(text);
    this.options(options);
  }

  /** Own last queries, while nothing is typed. */
  showPast() {
    const past = kept();
    this.at("past").hidden = !past.length;
    this.bare("", past.map((query) => {
      const option = element("div", "result past", query);
      option.dataset.query = query;
      return option;
    }));
  }

  /** The options that stand there. */
  get rows() {
    return /** @type {HTMLElement[]} */ ([...(this.list?.children ?? [])]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.target !== this.input || event.isComposing) return;
    const options = this.rows;
    const now = options.findIndex((option) => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      this.select(options, now < 0 && step < 0 ? options.length - 1 : (now + step + options.length) % options.length);
    } else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      options[now]?.click();
    }
  }

  /** @param {HTMLElement[]} options @param {number} chosen */
  select(options, chosen) {
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen]?.scrollIntoView({ block: "nearest" });
    this.input?.setAttribute("aria-activedescendant", options[chosen]?.id ?? "");
  }

  /** @param {Event} event */
  choose(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (!(option instanceof HTMLElement) || !this.input) return;
    if (option.dataset.query !== undefined) {
      this.input.value = option.dataset.query;
      this.ask();
      this.input.focus();
    } else {
      remember(this.input.value);
      this.closest("dialog")?.close();
    }
  }
}

/** @param {string} tag @param {string} className @param {string} [text] */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {HTMLElement} into @param {{text: string, marks: [number, number][]}} snippet */
function marked(into, { text, marks }) {
  let at = 0;
  for (const [start, end] of marks) {
    into.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
    at = end;
  }
  into.append(text.slice(at));
}

/** @param {string | undefined} template @param {string} value */
function fill(template, value) {
  return (template ?? "").replace("{}", () => value);
}

/** @returns {string[]} */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found.filter((query) => typeof query === "string").slice(0, KEPT) : [];
  } catch {
    return []; // Storage is refused, or holds what is not ours.
  }
}

/** @param {string[]} queries */
function keep(queries) {
  try {
    if (queries.length) localStorage.setItem(STORE, JSON.stringify(queries)); else localStorage.removeItem(STORE);
  } catch {
    // Storage is refused or full: the query is not remembered.
  }
}

/** @param {string} query */
function remember(query) {
  const text = query.trim().slice(0, 200);
  if (text) keep([text, ...kept().filter((other) => other !== text)].slice(0, KEPT));
}

customElements.define("coopkm-search", SearchBox);
