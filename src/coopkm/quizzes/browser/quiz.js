// The questions of a topic, to be used in three ways. It improves a form that works without it.

const MODES = /** @type {Mode[]} */ (["practice", "test", "review"]);
const SITTING = 20; // questions of a review at once

class CoopkmQuiz extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    this.form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    this.words = /** @type {Words} */ (JSON.parse(this.dataset.words ?? "{}"));
    this.quiz = { topic: this.dataset.topic ?? "", bank: this.dataset.bank ?? "", lang: this.dataset.lang ?? "th", pass: Number(this.dataset.pass) };
    this.store = new Store();
    this.progress = new Progress(this.store);
    const host = { words: this.words, folding: new Folding(FOLDING), say: (/** @type {string} */ text) => this.say(text) };
    const boxes = /** @type {HTMLElement[]} */ ([...this.form.querySelectorAll(":scope > [data-question]")]);
    this.questions = new Map(boxes.map((box) => [box.dataset.question ?? "", new Question(box, host)]));
    this.build();
    this.listen();
    this.open(this.modeAsked ?? "practice");
  }

  /** @type {HTMLFormElement | undefined} */ form;
  /** @type {Map<string, Question>} */ questions = new Map();
  /** @type {Words} */ words = {};
  /** @type {Mode} */ mode = "practice";
  since = 0; // when the question at hand was shown
  hasNewer = false;

  build() {
    const { words } = this;
    this.live = make("p", { class: "hide", role: "status" });
    this.notice = make("p", { class: "notice quiz-notice", role: "status" });
    this.about = make("p", { class: "quiz-about" });
    this.tabs = MODES.map((mode) => make("a", { href: `#mode-${mode}`, class: "chip" }, words[mode] ?? mode));
    this.above = make("div", { class: "quiz-before" });
    this.below = make("div", { class: "quiz-after" });
    this.insertBefore(make("div", { class: "quiz-head" }, make("nav", { class: "quiz-modes", "aria-label": words.modes ?? "" }, ...this.tabs), this.about, this.notice, this.live, this.above), this.form ?? null);
    this.append(this.below);
    for (const question of this.questions.values()) question.box.insertBefore(make("p", { class: "question-do" }), question.answers.at(-1) ?? null);
  }

  listen() {
    addEventListener("hashchange", () => { if (this.modeAsked) this.open(this.modeAsked); });
    addEventListener("pagehide", () => this.count());
    this.form?.addEventListener("change", (event) => this.changed(event));
    this.form?.addEventListener("input", (event) => { if (/** @type {Element} */ (event.target).matches("input:not([type]), textarea")) this.changed(event); });
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.mode === "test") this.step(1); else this.check(this.questionOf(document.activeElement));
    });
    this.store?.follow((key) => this.elsewhere(key));
  }

  /** @returns {Mode | undefined} */
  get modeAsked() {
    return MODES.find((mode) => location.hash === `#mode-${mode}`);
  }

  /** @param {string} text */
  say(text) {
    if (this.live) this.live.textContent = text;
  }

  /** @param {EventTarget | null} target @returns {Question | undefined} */
  questionOf(target) {
    const box = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-question]")) : null;
    return this.questions.get(box?.dataset.question ?? "");
  }

  // --- ways of use

  /** @param {Mode} mode */
  open(mode) {
    this.count();
    this.mode = mode;
    this.dataset.mode = mode;
    // The other language goes on where this one is.
    for (const link of document.querySelectorAll("a[hreflang]")) /** @type {HTMLAnchorElement} */ (link).hash = `mode-${mode}`;
    this.tabs?.forEach((tab, at) => { if (MODES[at] === mode) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current"); });
    this.attempt = new Attempt(/** @type {Store} */ (this.store), this.quiz?.topic ?? "", mode, Date.now());
    if (mode === "review") this.choose();
    this.draw();
  }

  /** What a review asks: what is due today, what is almost forgotten first. An unfinished one goes on. */
  choose() {
    const { state } = this.at;
    const now = Date.now();
    const due = this.due(now);
    const left = state.asked.filter((id) => this.questions.has(id));
    if (left.some((id) => !state.checked.includes(id)) && new Date(state.started).toDateString() === new Date(now).toDateString()) return;
    this.at.restart(now);
    this.at.state.asked = due.slice(0, SITTING);
  }

  /** @param {number} now @returns {string[]} */
  due(now) {
    const rows = [...this.questions.keys()].map((id) => /** @type {const} */ ([id, this.progress?.row(id)]));
    const found = rows.filter(([, row]) => row?.card && isDue(row.card, now));
    return found.sort(([, one], [, other]) => recall(one?.card ?? null, now) - recall(other?.card ?? null, now)).map(([id]) => id);
  }

  /** @returns {Attempt} */
  get at() {
    return /** @type {Attempt} */ (this.attempt);
  }

  /** Ids of the questions of this attempt in its order. @returns {string[]} */
  get order() {
    const ids = [...this.questions.keys()];
    if (this.mode === "practice") return ids;
    return this.mode === "test" ? this.at.order(ids) : this.at.state.asked.filter((id) => this.questions.has(id));
  }

  /** The page as the attempt stands. */
  draw() {
    const { state } = this.at;
    const { order } = this;
    const finished = this.mode === "test" && state.finished > 0;
    this.form?.append(...[...new Set([...order, ...this.questions.keys()])].map((id) => /** @type {Question} */ (this.questions.get(id)).box));
    order.forEach((id, at) => this.ready(/** @type {Question} */ (this.questions.get(id)), at + 1, finished));
    this.above?.replaceChildren();
    this.below?.replaceChildren();
    const due = this.due(Date.now()).length;
    const tab = this.tabs?.[2];
    if (tab) tab.textContent = due ? filled(this.words.review_due, due) : this.words.review ?? "";
    if (this.about) this.about.textContent = this.words[`about_${this.mode}`] ?? "";
    this.hasNewer = [...this.questions.keys()].some((id) => this.progress?.isNewer(id));
    this.tell();
    if (this.mode === "practice") {
      this.questions.forEach(({ box }) => { box.hidden = false; });
      this.below?.append(button(this.words.restart ?? "", () => this.restart(), "button button-quiet"));
    } else if (finished) this.result();
    else if (order.length) this.goTo(order.includes(state.at) ? state.at : this.next(order) ?? /** @type {string} */ (order[0]), false);
    else this.nothingDue();
  }

  /** @param {string[]} order the first that is not done yet */
  next(order) {
    return order.find((id) => !this.at.state.checked.includes(id) && !Object.hasOwn(this.at.state.answers, id));
  }

  /** @param {Question} question @param {number} number its place @param {boolean} finished */
  ready(question, number, finished) {
    const { state } = this.at;
    question.reset();
    question.lock(false);
    const name = question.box.querySelector(".question-number");
    if (name) name.textContent = filled(this.words.number, number);
    question.mix(state.seed);
    if (Object.hasOwn(state.answers, question.id)) question.write(state.answers[question.id]);
    question.hints = state.hints[question.id] ?? 0;
    if (finished || state.checked.includes(question.id)) {
      question.show(finished || this.mode === "review");
      question.lock(finished || this.mode === "review");
    }
    this.offer(question);
  }

  /** What can be done with a question now. @param {Question} question */
  offer(question) {
    const place = question.box.querySelector(":scope > .question-do");
    const { words } = this;
    if (!place) return;
    place.replaceChildren();
    if (this.mode === "test") return;
    if (!question.box.dataset.state) place.append(button((question.isGraded ? words.check : words.compare) ?? "", () => this.check(question)));
    else if (question.box.dataset.state === "open" && !this.at.state.checked.includes(question.id)) {
      place.append(words.how_was_it ?? "", " ", ...["again", "hard", "good"].map((name, at) => button(words[`was_${name}`] ?? "", () => this.rated(question, at + 1), "button button-quiet")));
    } else if (this.mode === "review") place.append(button(words.go_on ?? "", () => this.step(1)));
    else place.append(button(words.again ?? "", () => this.again(question), "button button-quiet"));
  }

  // --- answers

  /** @param {Event} event */
  changed(event) {
    const question = this.questionOf(event.target);
    if (!question) return;
    if (this.mode !== "test" && question.box.dataset.state) {
      question.unmark();
      this.at.keep((state) => { state.checked = state.checked.filter((id) => id !== question.id); });
      this.offer(question);
    }
    this.remember(question);
    if (this.mode === "test") this.overview();
  }

  /** @param {Question} question */
  remember(question) {
    const { answer } = question;
    this.at.keep((state) => {
      if (answer === null) delete state.answers[question.id]; else state.answers[question.id] = answer;
      state.hints[question.id] = question.hints;
    });
    this.tell();
  }

  /** @param {Question | undefined} question */
  check(question) {
    if (!question) return;
    if (question.isGraded && question.answer === null && question.key.type !== "order") {
      this.say(this.words.answer_first ?? "");
      const place = question.box.querySelector(":scope > .question-do");
      place?.querySelector(".answer-first")?.remove();
      place?.append(make("span", { class: "answer-first" }, ` ${this.words.answer_first ?? ""}`));
      return;
    }
    for (const part of question.parts) if (part.key.type === "order") part.box.dataset.moved = "";
    const { hints, peeked } = question;
    const result = question.show(this.mode === "review");
    this.remember(question);
    if (question.isGraded) {
      const again = this.mode === "practice" && this.isRecent(question.id);
      if (!again) this.progress?.answered(question.id, this.quiz?.topic ?? "", result.share, ratingOf(peeked ? 0 : result.share, hints), Date.now());
      this.done(question);
    }
    this.offer(question);
    this.tell();
    this.say(question.told);
    /** @type {HTMLElement | null} */ (question.box.querySelector(":scope > .question-do button"))?.focus();
  }

  /** Whether it was answered here a moment ago: to try again is to learn, but not to remember. @param {string} id */
  isRecent(id) {
    const last = this.progress?.row(id)?.last ?? 0;
    return last >= this.at.state.started && Date.now() - last < 600000;
  }

  /** How well the learner's own words were. @param {Question} question @param {number} rating */
  rated(question, rating) {
    this.progress?.answered(question.id, this.quiz?.topic ?? "", [0, 0.5, 1][rating - 1] ?? 0, rating, Date.now());
    this.done(question);
    this.offer(question);
    this.say(this.words.noted ?? "");
    /** @type {HTMLElement | null} */ (question.box.querySelector(":scope > .question-do button"))?.focus();
  }

  /** @param {Question} question */
  done(question) {
    if (this.mode === "review") question.lock(true);
    this.at.keep((state) => { state.checked = [...new Set([...state.checked, question.id])]; });
  }

  /** @param {Question} question */
  again(question) {
    question.unmark();
    this.at.keep((state) => { state.checked = state.checked.filter((id) => id !== question.id); });
    this.offer(question);
    /** @type {HTMLElement | null} */ (question.box.querySelector(".fields :is(input, select, textarea, button)"))?.focus();
  }

  // --- one question at a time

  /** @param {string} id @param {boolean} [focus] */
  goTo(id, focus = true) {
    this.count();
    this.at.keep((state) => { state.at = id; });
    this.questions.forEach((question) => { question.box.hidden = question.id !== id; });
    this.since = Date.now();
    this.overview();
    if (!focus) return;
    const box = this.questions.get(id)?.box;
    box?.setAttribute("tabindex", "-1");
    box?.focus();
    box?.scrollIntoView({ block: "nearest" });
  }

  /** Adds the time since a question was shown to it. */
  count() {
    if (!this.attempt || this.mode !== "test" || !this.since || !this.at.state.at) return;
    const seconds = Math.min((Date.now() - this.since) / 1000, 3600);
    this.since = 0;
    this.at.keep((state) => { state.spent[state.at] = (state.spent[state.at] ?? 0) + seconds; });
  }

  /** @param {1 | -1} by */
  step(by) {
    const { order } = this;
    const at = order.indexOf(this.at.state.at) + by;
    const id = order[at];
    if (id) this.goTo(id);
    else if (by > 0) this.mode === "test" ? this.finish(false) : this.reviewed();
  }

  /** The bar under a question: where one is, and where one can go. */
  overview() {
    const { order, words } = this;
    const { state } = this.at;
    const at = order.indexOf(state.at);
    const isTest = this.mode === "test";
    const parts = [make("p", { class: "quiz-place" }, filled(words.of, at + 1, order.length), " ", make("progress", { max: String(order.length), value: String(isTest ? order.filter((id) => Object.hasOwn(state.answers, id)).length : state.checked.length), "aria-label": words.answered ?? "" }))];
    if (isTest) {
      const previous = button(words.previous ?? "", () => this.step(-1), "button button-quiet");
      previous.disabled = at === 0;
      const last = at === order.length - 1;
      parts.push(make("p", { class: "actions" }, previous, button((last ? words.finish : words.next) ?? "", () => this.step(1)), this.tiles(order)));
    }
    const open = this.below?.querySelector("details")?.open ?? false;
    const focused = document.activeElement instanceof HTMLElement && this.below?.contains(document.activeElement) ? document.activeElement.textContent : "";
    this.below?.replaceChildren(...parts);
    const details = this.below?.querySelector("details");
    if (details) details.open = open;
    if (focused) [...this.below?.querySelectorAll("button") ?? []].find((found) => found.textContent === focused)?.focus();
  }

  /** @param {string[]} order */
  tiles(order) {
    const { words } = this;
    const tiles = order.map((id, at) => {
      const answered = Object.hasOwn(this.at.state.answers, id);
      const tile = button(String(at + 1), () => this.goTo(id), "chip");
      tile.setAttribute("aria-label", `${filled(words.number, at + 1)} ${(answered ? words.is_answered : words.is_open) ?? ""}`);
      if (answered) tile.dataset.answered = "";
      if (id === this.at.state.at) tile.setAttribute("aria-current", "true");
      return tile;
    });
    return make("details", { class: "quiz-all" }, make("summary", {}, words.all ?? ""), make("p", { class: "tiles" }, ...tiles), button(words.finish ?? "", () => this.finish(false)));
  }

  /** @param {boolean} sure although some are open */
  finish(sure) {
    const { order, words } = this;
    const open = order.filter((id) => !Object.hasOwn(this.at.state.answers, id));
    if (open.length && !sure) {
      const go = button(words.go_open ?? "", () => this.goTo(/** @type {string} */ (open[0])));
      const text = filled(words.open, open.length);
      this.below?.replaceChildren(make("div", { class: "notice" }, make("p", {}, text), make("p", { class: "actions" }, go, button(words.finish_so ?? "", () => this.finish(true), "button button-quiet"))));
      this.say(text);
      go.focus();
      return;
    }
    this.count();
    const now = Date.now();
    this.at.keep((state) => { state.finished = now; state.at = ""; });
    for (const id of order) {
      const question = /** @type {Question} */ (this.questions.get(id));
      if (question.isGraded && question.answer !== null) {
        const { share } = question.grade();
        this.progress?.answered(id, this.quiz?.topic ?? "", share, ratingOf(share, 0), now);
      }
    }
    this.draw();
    const heading = /** @type {HTMLElement | null | undefined} */ (this.above?.querySelector("h2"));
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ behavior: "instant" });
  }

  result() {
    const { words } = this;
    const quiz = /** @type {Quiz} */ (this.quiz);
    const graded = this.order.map((id) => {
      const question = /** @type {Question} */ (this.questions.get(id));
      return { question, result: question.grade() };
    });
    this.questions.forEach(({ box }) => { box.hidden = false; });
    const made = summary(graded, quiz, words);
    const name = /** @type {HTMLInputElement} */ (make("input", { id: "_learner", maxlength: "200", autocomplete: "off" }));
    const file = `${quiz.topic}-${new Date(this.at.state.finished).toISOString().slice(0, 10)}.json`;
    made.append(make("p", { class: "actions" }, button(words.new_test ?? "", () => this.restart())),
      make("details", { class: "for-trainer" }, make("summary", {}, words.for_trainer ?? ""), make("p", {}, words.file_holds ?? ""),
        make("p", {}, make("label", { for: "_learner" }, words.learner ?? ""), " ", name),
        button(words.save ?? "", () => saved(file, resultFile(graded, this.at.state, quiz, name.value)))));
    this.above?.replaceChildren(made);
  }

  restart() {
    this.at.restart(Date.now());
    this.draw();
    this.say(this.words.restarted ?? "");
    (this.mode === "test" ? this.questions.get(this.at.state.at)?.box : this.tabs?.[0])?.focus();
  }

  /** The end of a review. */
  reviewed() {
    const more = this.due(Date.now()).length;
    this.questions.forEach(({ box }) => { box.hidden = true; });
    const heading = make("h2", { tabindex: "-1" }, filled(this.words.reviewed, this.at.state.checked.length));
    this.above?.replaceChildren(heading, this.whenNext());
    this.below?.replaceChildren(...(more ? [button(filled(this.words.review_more, more), () => this.open("review"))] : []));
    heading.focus();
  }

  nothingDue() {
    this.questions.forEach(({ box }) => { box.hidden = true; });
    this.above?.replaceChildren(make("p", {}, this.words.none_due ?? ""), this.whenNext());
  }

  whenNext() {
    const days = [...this.questions.keys()].map((id) => this.progress?.row(id)?.card?.due ?? Infinity);
    const next = Math.min(...days);
    return make("p", {}, Number.isFinite(next) && next > Date.now() ? filled(this.words.next_due, dayOf(next, this.quiz?.lang ?? "th")) : "");
  }

  // --- storage

  /** Says it when the browser keeps nothing. */
  tell() {
    const trouble = this.store?.trouble ?? "";
    const text = trouble ? this.words[trouble] ?? "" : this.hasNewer ? this.words.newer ?? "" : "";
    if (this.notice && this.notice.textContent !== text) this.notice.textContent = text;
  }

  /** Another tab has gone on. @param {string} key */
  elsewhere(key) {
    if (!this.attempt || (key !== "" && key !== this.at.key)) return;
    const kept = this.at.kept();
    if (kept && kept.seed === this.at.state.seed && !kept.finished) {
      for (const [id, answer] of Object.entries(kept.answers)) {
        const question = this.questions.get(id);
        if (question && !question.box.dataset.state && JSON.stringify(answer) !== JSON.stringify(question.answer)) question.write(answer);
      }
      this.at.state = { ...kept, at: this.at.state.at };
      if (this.mode === "test") this.overview();
    } else {
      this.attempt = new Attempt(/** @type {Store} */ (this.store), this.quiz?.topic ?? "", this.mode, Date.now());
      this.draw();
    }
    this.say(this.words.elsewhere ?? "");
  }
}

customElements.define("coopkm-quiz", CoopkmQuiz);
