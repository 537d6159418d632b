// One question of a page: its answer, what it is worth, and what is said to it.

/**
 * @typedef {{box: HTMLElement, key: any}} Asked
 * @typedef {{share: number, earned: number, of: number, said: string[]}} Outcome
 * @typedef {{words: Words, folding: Folding, say: (text: string) => void}} Host
 */

class Question {
  /** @param {HTMLElement} box @param {Host} host */
  constructor(box, host) {
    this.box = box;
    this.host = host;
    this.id = box.dataset.question ?? "";
    this.key = JSON.parse(box.dataset.key ?? "{}");
    this.isCase = this.key.type === "case";
    this.hints = 0;
    this.peeked = false;
    this.parts = this.isCase
      ? [...box.querySelectorAll(":scope > [data-part]")].map((part, at) => ({ box: /** @type {HTMLElement} */ (part), key: this.key.parts[at] }))
      : [{ box, key: this.key }];
    for (const part of this.parts) if (part.key.type === "order") movable(part.box, host.words, host.say);
    for (const { box: within } of this.parts) {
      within.querySelectorAll(":scope > .fields > .choices > li").forEach((item, at) => { /** @type {HTMLElement} */ (item).dataset.place = String(at); });
    }
    box.addEventListener("toggle", (event) => this.opened(/** @type {HTMLDetailsElement} */ (event.target)), true);
  }

  get isGraded() {
    return this.key.type !== "reflect";
  }

  get answer() {
    if (!this.isCase) return this.read(/** @type {Asked} */ (this.parts[0]));
    const given = this.parts.map((part) => [part.key.id, this.read(part)]).filter(([, answer]) => answer !== null);
    return given.length ? Object.fromEntries(given) : null;
  }

  /** @param {Asked} part */
  read(part) {
    return FIELDS[part.key.type]?.read(part.box) ?? null;
  }

  /** Puts an answer into the fields; null empties them. @param {any} answer */
  write(answer) {
    for (const { box, key } of this.parts) FIELDS[key.type]?.write(box, this.isCase ? answer?.[key.id] ?? null : answer);
  }

  /** @param {string} seed of the attempt */
  mix(seed) {
    for (const { box, key } of this.parts) mix(box, key.type, key.items ?? [], `${seed} ${this.id} ${key.id ?? ""}`);
  }

  /** Opened hints count, and so does the answer when it is looked up first. @param {HTMLDetailsElement} details */
  opened(details) {
    if (!details.open || this.box.dataset.state) return;
    if (details.matches(".answer")) this.peeked = true;
    if (details.matches(".hint:not([data-seen])")) {
      details.dataset.seen = "";
      this.hints++;
    }
    const next = details.nextElementSibling;
    if (details.matches(".hint") && next?.matches(".hint")) /** @type {HTMLElement} */ (next).hidden = false;
  }

  /** @returns {Outcome} */
  grade() {
    return resultOf(this.key, this.answer, this.host.folding);
  }

  /** Shows what the answer is worth; with `reveal` also the right one, as after a test. @param {boolean} reveal @returns {Outcome} */
  show(reveal) {
    this.unmark();
    const result = this.grade();
    for (const part of this.parts) this.showPart(part, reveal);
    if (this.isCase) this.put(this.box, this.verdict(this.box, result, true));
    this.box.dataset.state = stateOf(result, this.isGraded);
    if (reveal) for (const details of this.answers) details.open = result.share < 1 || !this.isGraded;
    return result;
  }

  /** @returns {HTMLDetailsElement[]} */
  get answers() {
    return [...this.box.querySelectorAll("details.answer")].map((found) => /** @type {HTMLDetailsElement} */ (found));
  }

  /** @param {Asked} part @param {boolean} reveal */
  showPart(part, reveal) {
    const result = resultOf(part.key, this.read(part), this.host.folding);
    markFields(part, this.read(part), reveal, this.host);
    this.put(part.box, this.verdict(part.box, result, part.key.type !== "reflect"));
  }

  /** Under the answer, above what can be done next. @param {HTMLElement} box @param {HTMLElement} verdict */
  put(box, verdict) {
    box.insertBefore(verdict, box.querySelector(":scope > .hint, :scope > .question-do, :scope > details.answer"));
  }

  /** @param {HTMLElement} box @param {Outcome} result @param {boolean} graded */
  verdict(box, result, graded) {
    const { words } = this.host;
    const state = stateOf(result, graded);
    const points = graded && result.of > 1 ? ` ${filled(words.points, rounded(result.earned), result.of)}` : "";
    const made = make("div", { class: "verdict", "data-verdict": state });
    if (graded) made.append(make("p", { class: "verdict-word" }, `${words[state] ?? ""}${points}`));
    for (const name of result.said) {
      // The general explanation gives the answer away: it waits until the answer is right.
      if (name === "general" && graded && result.share < 1) continue;
      const found = box.querySelector(`:scope > details.answer [data-said="${CSS.escape(name)}"]`);
      if (found) made.append(make(found.matches("div") ? "div" : "p", {}, ...[...found.childNodes].map((node) => node.cloneNode(true))));
    }
    return made;
  }

  /** What a screen reader is told. */
  get told() {
    return [...this.box.querySelectorAll(".verdict")].map((verdict) => verdict.textContent?.trim().replace(/\s+/g, " ")).join(" ");
  }

  /** Takes back what `show` has shown. */
  unmark() {
    this.box.querySelectorAll(".verdict, .option-mark").forEach((made) => made.remove());
    this.box.querySelectorAll("[data-mark]").forEach((marked) => marked.removeAttribute("data-mark"));
    delete this.box.dataset.state;
  }

  /** As nobody has touched it. */
  reset() {
    this.unmark();
    this.write(null);
    [this.hints, this.peeked] = [0, false];
    for (const details of this.answers) details.open = false;
    for (const hint of this.box.querySelectorAll("details.hint")) {
      const found = /** @type {HTMLDetailsElement} */ (hint);
      delete found.dataset.seen;
      found.open = false;
      found.hidden = Boolean(found.previousElementSibling?.matches(".hint"));
    }
  }

  /** @param {boolean} locked */
  lock(locked) {
    this.box.querySelectorAll(".fields :is(input, select, textarea, button)").forEach((field) => field.toggleAttribute("disabled", locked));
  }
}

/** @param {any} key @param {any} answer @param {Folding} folding @returns {Outcome} */
function resultOf(key, answer, folding) {
  const { share: [numerator, denominator], said } = grade(key, answer, folding);
  const share = numerator / denominator;
  return { share, earned: share * key.points, of: key.points, said };
}

/** @param {Outcome} result @param {boolean} graded */
function stateOf({ share }, graded) {
  return !graded ? "open" : share === 1 ? "right" : share > 0 ? "partly" : "wrong";
}

/**
 * Says at each choice whether it was right; those that were not chosen only with `reveal`.
 * @param {Asked} part @param {any} answer @param {boolean} reveal @param {Host} host
 */
function markFields({ box, key }, answer, reveal, { words, folding }) {
  const mark = (/** @type {Element | null | undefined} */ place, /** @type {boolean} */ right) => {
    if (!place) return;
    /** @type {HTMLElement} */ (place).dataset.mark = right ? "right" : "wrong";
    place.append(make("span", { class: "option-mark" }, ` ${(right ? words.mark_right : words.mark_wrong) ?? ""}`));
  };
  for (const field of fieldsIn(box)) {
    if (field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type)) {
      const right = [key.right].flat().map(String).includes(field.value);
      if (field.checked || (reveal && right)) mark(field.closest("label"), right);
    } else if (key.type === "match" && field.value) mark(field.closest("li"), field.value === subject(field));
    else if (key.type === "cloze" && field.value) {
      const gap = key.gaps.find((/** @type {any} */ { id }) => id === subject(field));
      const right = grade({ ...key, gaps: [gap] }, answer, folding).share[0] === 1;
      field.dataset.mark = right ? "right" : "wrong";
      field.after(make("span", { class: "option-mark" }, ` ${(right ? words.mark_right : words.mark_wrong) ?? ""} `));
    }
  }
}
