// A test that plays by itself: one question at a time, marked by `grade`, reported to the learning system.

/**
 * @typedef {{
 *   title: string, topic: string, pass_mark: number, exam: boolean, words: Words, items: ScormItem[],
 * }} ScormContent
 *   In an exam nothing is said of an answer before the end, and of single answers nothing then.
 * @typedef {{v: 1, seed: number, at: number, done: boolean, answers: any[]}} ScormKept
 */

const SCORM_SUSPEND = 4096; // characters of suspend_data in SCORM 1.2

class ScormTest {
  /** @param {Element} holder @param {ScormContent} content @param {ScormReport} report */
  constructor(holder, content, report) {
    this.holder = holder;
    this.content = content;
    this.report = report;
    this.folding = new Folding(FOLDING);
    this.seed = Math.floor(Math.random() * 1e9); // of the order in which options are shown
    this.at = 0;
    this.done = false;
    this.answers = /** @type {any[]} */ (content.items.map(() => null));
    this.resume();
  }

  restart() {
    Object.assign(this, { seed: this.seed + 1, at: 0, done: false, answers: this.content.items.map(() => null) });
    this.show();
  }

  resume() {
    try {
      const kept = /** @type {ScormKept} */ (JSON.parse(this.report.value("cmi.suspend_data")));
      if (kept.v !== 1 || kept.answers.length !== this.content.items.length) return;
      const long = kept.answers.map((short, at) => (short === null ? null : scormType(this.item(at)).long(this.item(at), short)));
      Object.assign(this, { seed: kept.seed, at: kept.at, done: kept.done, answers: long });
    } catch {
      // nothing was kept, or of another edition: the test begins anew
    }
  }

  /** @param {number} at */
  item(at) {
    return /** @type {ScormItem} */ (this.content.items[at]);
  }

  begin() {
    if (["not attempted", ""].includes(this.report.value("cmi.core.lesson_status"))) {
      this.report.set({ "cmi.core.lesson_status": "incomplete" });
    }
    addEventListener("pagehide", () => {
      this.take();
      this.keep();
      this.report.end(this.done ? "" : "suspend");
    });
    if (this.done) this.showResult();
    else this.show();
  }

  /** Keeps answers and place; written answers are cut where SCORM has no room for them. */
  keep() {
    const shorts = this.answers.map((answer, at) => (answer === null ? null : scormType(this.item(at)).short(this.item(at), answer)));
    let kept = this.kept(shorts);
    for (let most = SCORM_WRITTEN / 2; kept.length > SCORM_SUSPEND && most >= 1; most = Math.floor(most / 2)) {
      kept = this.kept(shorts.map((short) => (typeof short === "string" ? short.slice(0, most) : short)));
    }
    this.report.set({ "cmi.suspend_data": kept, "cmi.core.lesson_location": this.at });
  }

  /** @param {any[]} answers */
  kept(answers) {
    return JSON.stringify({ v: 1, seed: this.seed, at: this.at, done: this.done, answers });
  }

  /** @param {number} at @returns {ScormMix} the same order for the same question as long as this attempt lasts */
  mixOf(at) {
    let state = (this.seed + at * 7919) >>> 0;
    const next = () => (state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0);
    for (let warm = 0; warm < 4; warm++) next();
    return (rows) => {
      const mixed = [...rows];
      for (let last = mixed.length - 1; last > 0; last--) {
        const other = next() % (last + 1);
        [mixed[last], mixed[other]] = [/** @type {any} */ (mixed[other]), /** @type {any} */ (mixed[last])];
      }
      return mixed;
    };
  }

  /** @param {keyof Words & string} name @param {...(string | number)} values */
  word(name, ...values) {
    return filled(this.content.words[name], ...values);
  }

  show(checked = !this.content.exam && this.answers[this.at] !== null) {
    const item = this.item(this.at);
    const total = this.content.items.length;
    const fields = scormType(item).draw(item, this.answers[this.at], this.content.words, item.id, this.mixOf(this.at));
    const heading = make("h2", { class: "place", tabindex: "-1" }, this.word("of", this.at + 1, total));
    const set = /** @type {HTMLFieldSetElement} */ (make("fieldset", { disabled: checked }, make("legend", {}, scormHtml("div", item.stem, { class: "stem" })), ...fields));
    const said = make("div", { class: "said", role: "status", hidden: true });
    this.holder.replaceChildren(
      make("h1", {}, this.content.title),
      heading,
      make("progress", { max: String(total), value: String(this.at + 1), "aria-label": heading.textContent ?? "" }),
      ...(item.situation ? [scormHtml("blockquote", item.situation)] : []),
      set,
      ...this.hints(item, checked),
      said,
      this.buttons(checked),
      this.note(),
    );
    if (checked) this.tell(item, said);
    heading.focus();
  }

  /** @param {ScormItem} item @param {boolean} checked */
  hints(item, checked) {
    if (this.content.exam || checked) return [];
    return (item.hints ?? []).map((hint) => make("details", {}, make("summary", {}, this.word("hint")), scormHtml("div", hint)));
  }

  /** @param {boolean} checked */
  buttons(checked) {
    const last = this.at === this.content.items.length - 1;
    const row = make("nav");
    if (this.at > 0) row.append(button(this.word("previous"), () => this.go(-1), ""));
    if (!this.content.exam && !checked) {
      row.append(button(this.word(this.item(this.at).type === "reflect" ? "compare" : "check"), () => this.check(), "main"));
    } else if (last) {
      row.append(button(this.word(this.content.exam ? "finish" : "see_result"), () => this.finish(), "main"));
    } else {
      row.append(button(this.word("next"), () => this.go(1), "main"));
    }
    return row;
  }

  note() {
    const word = this.report.refused ? "refused" : this.report.api ? "" : "alone";
    return make("p", { class: "note", role: "status" }, word ? this.word(word) : "");
  }

  /** Takes the answer from the page, unless it is settled. */
  take() {
    const set = this.holder.querySelector("fieldset");
    if (set && !set.disabled) this.answers[this.at] = scormType(this.item(this.at)).read(this.item(this.at), set, this.item(this.at).id);
  }

  /** @param {number} by */
  go(by) {
    if (this.content.exam) this.take();
    this.at += by;
    this.keep();
    this.report.commit();
    this.show();
  }

  check() {
    this.take();
    if (this.answers[this.at] === null) {
      const said = /** @type {HTMLElement} */ (this.holder.querySelector(".said"));
      said.hidden = false;
      said.textContent = this.word("answer_first");
      return;
    }
    this.tellSystem(this.at);
    this.keep();
    this.report.commit();
    this.show(true);
    this.holder.querySelector(".said")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} at */
  tellSystem(at) {
    const item = this.item(at);
    const answer = this.answers[at];
    if (answer === null) return;
    const now = new Date();
    this.report.interaction({
      id: item.id,
      type: scormType(item).kind,
      time: [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":"),
      weighting: item.key.points,
      student_response: scormType(item).said(item, answer).slice(0, SCORM_ANSWER),
      result: scormResult(item, grade(item.key, answer, this.folding).share),
    });
  }

  /** Shows what is said to an answer. @param {ScormItem} item @param {Element} said */
  tell(item, said) {
    said.removeAttribute("hidden");
    const answer = this.answers[this.at];
    const result = grade(item.key, answer, this.folding);
    if (item.type !== "reflect") said.append(this.verdict(result.share));
    for (const name of result.said) {
      if (name === "general" && !["case", "reflect"].includes(item.type) && result.share[0] !== result.share[1]) {
        said.append(...this.answerOf(item));
      }
      const text = scormSaid(item, name);
      if (text && name === "model") said.append(make("p", { class: "verdict" }, this.word("good_answer")));
      if (text) said.append(scormHtml("div", text));
      if (name === "model") said.append(make("p", { class: "note" }, this.word("not_marked")));
    }
    if (item.type === "case") this.tellParts(item, answer);
  }

  /** @param {ScormItem} item @param {any} answer */
  tellParts(item, answer) {
    for (const part of item.parts ?? []) {
      const place = [...this.holder.querySelectorAll(".part")].find((one) => one.getAttribute("data-part") === part.id);
      const result = grade(part.key, answer[part.id] ?? null, this.folding);
      const texts = result.said.map((name) => scormSaid(part, name)).filter(Boolean);
      const right = result.share[0] === result.share[1] ? [] : this.answerOf(part);
      place?.append(make("div", { class: "said" }, this.verdict(result.share), ...texts.map((text) => scormHtml("div", text ?? "")), ...right));
    }
  }

  /** @param {Share} share */
  verdict([got, of]) {
    const name = got === of ? "right" : got ? "partly" : "wrong";
    return make("p", { class: `verdict ${name}` }, this.word(name));
  }

  /** @param {ScormItem} item */
  answerOf(item) {
    const rows = scormRight(item, this.content.words);
    if (!rows.length) return [];
    return [make("p", { class: "verdict" }, this.word("answer")), make(item.type === "order" ? "ol" : "ul", {}, ...rows.map((row) => scormHtml("li", row)))];
  }

  /** @returns {{got: number, of: number, percent: number}} */
  score() {
    let [got, of] = [0, 0];
    this.content.items.forEach((item, at) => {
      const [numerator, denominator] = grade(item.key, this.answers[at], this.folding).share;
      got += (item.key.points * numerator) / denominator;
      of += item.key.points;
    });
    return { got: rounded(got), of, percent: of ? rounded((100 * got) / of) : 100 };
  }

  finish() {
    this.take();
    this.done = true;
    if (this.content.exam) this.answers.forEach((_, at) => this.tellSystem(at));
    const { percent } = this.score();
    this.keep();
    this.report.set({
      "cmi.core.score.raw": percent,
      "cmi.core.score.min": 0,
      "cmi.core.score.max": 100,
      "cmi.core.lesson_status": percent >= this.content.pass_mark ? "passed" : "failed",
    });
    this.report.commit();
    this.showResult();
  }

  showResult() {
    const { got, of, percent } = this.score();
    const open = this.answers.filter((answer) => answer === null).length;
    const word = percent >= this.content.pass_mark ? "passed" : "failed";
    const heading = make("h2", { class: "score", tabindex: "-1" }, this.word(word));
    const again = button(this.word("again"), () => this.restart());
    this.holder.replaceChildren(
      make("h1", {}, this.content.title),
      heading,
      make("p", {}, this.word("score", got, of, percent, this.content.pass_mark)),
      make("p", {}, open ? this.word("open", open) : ""),
      ...this.toPractise(),
      make("p", { class: "note", role: "status" }, this.word(this.report.refused ? "refused" : this.report.api ? "sent" : "alone")),
      make("nav", {}, again),
    );
    heading.focus();
  }

  /** The objectives that are not reached yet. */
  toPractise() {
    const open = this.content.items.filter((item, at) => {
      const [got, of] = grade(item.key, this.answers[at], this.folding).share;
      return item.key.points > 0 && got !== of && item.objective;
    });
    if (!open.length) return [];
    const rows = [...new Set(open.map(({ objective }) => objective ?? ""))].map((text) => make("li", {}, text));
    return [make("h2", {}, this.word("to_practise")), make("ul", {}, ...rows)];
  }
}

/** How an answer was, in the words of SCORM 1.2. @param {ScormItem} item @param {Share} share */
function scormResult(item, [got, of]) {
  if (item.type === "reflect") return "neutral";
  return got === of ? "correct" : got ? String(rounded(got / of)) : "wrong";
}

/** The text of a name that `grade` gives. @param {ScormItem} item @param {string} name */
function scormSaid(item, name) {
  const [kind = "", ...rest] = name.split(".");
  if (kind === "option") return item.options?.find(({ id }) => id === rest[0])?.feedback;
  if (kind === "gap") return item.gaps?.find(({ id }) => id === rest[0])?.options?.find(({ id }) => id === rest[1])?.feedback;
  if (kind === "wrong") return item.wrong?.[Number(rest[0])]?.feedback;
  return { true: item.if_true, false: item.if_false, model: item.model, general: item.feedback }[kind];
}

/** The right answer in words, as HTML. @param {ScormItem} item @param {Words} words @returns {string[]} */
function scormRight(item, words) {
  /** @param {string} text */
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  /** @param {ScormOption[]} options */
  const right = (options) => options.filter(({ weight = "0" }) => weight !== "0" && !weight.startsWith("-")).map(({ text }) => text);
  if (item.options) return right(item.options);
  if (item.pairs) return item.pairs.map((pair) => `${pair.left} — ${safe(pair.right)}`);
  if (item.pieces) return item.pieces.map(({ text }) => text);
  if (item.gaps) return item.gaps.map((gap) => safe((gap.options ? right(gap.options)[0] : gap.accept?.[0] ?? gap.answer) ?? ""));
  if (item.type === "truefalse") return [(item.answer === "true" ? words.is_true : words.is_false) ?? ""];
  if (item.accept) return item.accept.slice(0, 1).map(safe);
  return item.answer ? [`${safe(item.answer)} ${safe(item.unit ?? "")}`] : [];
}

const scormHolder = document.querySelector("main[data-scorm]");
const scormContent = document.getElementById("content")?.textContent;
if (scormHolder && scormContent) new ScormTest(scormHolder, JSON.parse(scormContent), new ScormReport()).begin();
