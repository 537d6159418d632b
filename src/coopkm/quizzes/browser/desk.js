// My progress: by topic and path, what is due, what is weak, where the learner was; and the file of it.

class CoopkmProgress extends HTMLElement {
  connectedCallback() {
    if (this.store) return;
    this.words = /** @type {Words} */ (JSON.parse(this.dataset.words ?? "{}"));
    this.store = new Store();
    this.progress = new Progress(this.store);
    this.store.follow(() => this.draw());
    this.build();
    this.draw();
  }

  /** @type {Store | undefined} */ store;
  /** @type {Words} */ words = {};

  /** @param {string} name @returns {HTMLElement | null} */
  piece(name) {
    return this.querySelector(`[data-desk="${name}"]`);
  }

  build() {
    const { words } = this;
    this.live = make("p", { class: "desk-said", role: "status" });
    const file = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: ".json,application/json", id: "_progress-file" }));
    file.addEventListener("change", () => { void this.take(file); });
    this.piece("keep")?.append(
      make("p", { class: "actions" }, button(words.export ?? "", () => this.give()), button(words.erase ?? "", () => this.ask(), "button button-quiet")),
      make("p", { class: "desk-file" }, make("label", { for: file.id }, words.import ?? ""), " ", file), make("div", { "data-desk": "ask" }), this.live);
  }

  draw() {
    const now = Date.now();
    const rows = /** @type {Progress} */ (this.progress).rows();
    this.trouble();
    for (const item of this.querySelectorAll("[data-questions]")) this.row(/** @type {HTMLElement} */ (item), rows, now);
    this.weak(rows);
    this.summary(rows, now);
  }

  trouble() {
    const text = this.store?.trouble ? this.words[this.store.trouble] ?? "" : "";
    const notice = this.piece("notice");
    if (notice && notice.textContent !== text) notice.textContent = text;
  }

  /** @param {HTMLElement} item @param {Map<string, Kept>} rows @param {number} now */
  row(item, rows, now) {
    const { words } = this;
    const ids = (item.dataset.questions ?? "").split(" ").filter(Boolean);
    const count = { new: 0, weak: 0, due: 0, known: 0 };
    for (const id of ids) count[/** @type {keyof count} */ (standing(rows.get(id), now))]++;
    const right = ids.filter((id) => rows.get(id)?.share === 1).length;
    const place = item.querySelector(".desk-row");
    if (!place) return;
    const done = ids.length - count.new;
    const parts = [make("progress", { max: String(ids.length || 1), value: String(right), "aria-label": filled(words.right_of, right, ids.length) }), make("span", {}, done ? filled(words.done_of, done, ids.length, right) : filled(words.not_begun, ids.length))];
    const { quiz } = item.dataset;
    if (count.due && quiz) parts.push(make("a", { class: "chip", href: `${quiz}#mode-review` }, filled(words.due, count.due)));
    else if (count.due) parts.push(make("span", {}, filled(words.due, count.due)));
    place.replaceChildren(...parts);
  }

  /** Units whose questions were last not fully right, the weakest first. @param {Map<string, Kept>} rows */
  weak(rows) {
    const list = this.piece("weak");
    if (!list) return;
    const items = [...list.querySelectorAll("li")].map((item) => {
      const done = (item.dataset.about ?? "").split(" ").map((id) => rows.get(id)).filter((row) => row !== undefined);
      return { item, share: done.length ? done.reduce((sum, row) => sum + (row?.share ?? 0), 0) / done.length : 1 };
    }).sort((one, other) => one.share - other.share);
    items.forEach(({ item, share }, at) => { item.hidden = share >= 1 || at >= 8; });
    list.append(...items.map(({ item }) => item));
    const section = list.closest("section");
    if (section) section.hidden = items.every(({ item }) => item.hidden);
  }

  /** @param {Map<string, Kept>} rows @param {number} now */
  summary(rows, now) {
    const { words } = this;
    const place = this.piece("summary");
    const topics = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-topic]")]);
    const ids = topics.flatMap((topic) => (topic.dataset.questions ?? "").split(" ").filter(Boolean));
    const here = ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
    if (!place) return;
    if (!here.length) {
      place.replaceChildren(make("p", {}, words.nothing ?? ""));
      return;
    }
    const due = ids.filter((id) => standing(rows.get(id), now) === "due").length;
    const next = Math.min(...here.map((row) => row?.card?.due ?? Infinity).filter((day) => day > now));
    const parts = [make("p", { class: "desk-sum" }, filled(words.sum, here.length, ids.length, here.filter((row) => row?.share === 1).length)),
      make("p", {}, due ? filled(words.due_in_all, due) : Number.isFinite(next) ? filled(words.next_due, dayOf(next, this.dataset.lang ?? "th")) : "")];
    const last = [...rows].sort(([, one], [, other]) => other.last - one.last).find(([id]) => ids.includes(id));
    const topic = topics.find((found) => found.dataset.topic === last?.[1].topic) ?? topics.find((found) => ` ${found.dataset.questions} `.includes(` ${last?.[0]} `));
    const link = topic?.querySelector("a");
    if (last && link) parts.push(make("p", {}, `${words.last ?? ""} `, make("a", { href: `${link.getAttribute("href")}#${last[0]}` }, link.textContent ?? ""), ` (${dayOf(last[1].last, this.dataset.lang ?? "th")})`));
    place.replaceChildren(...parts);
  }

  give() {
    const now = Date.now();
    saved(`coopkm-${new Date(now).toISOString().slice(0, 10)}.json`, /** @type {Progress} */ (this.progress).exported(now));
    this.say(this.words.exported);
  }

  /** @param {HTMLInputElement} input */
  async take(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    const { words } = this;
    const taken = file.size > 20000000 ? -1 : /** @type {Progress} */ (this.progress).imported(await file.text());
    input.value = "";
    this.draw();
    this.say(taken === -1 ? words.import_other : taken === -2 ? words.import_newer : filled(words.imported, taken));
  }

  /** Nothing is forgotten by a slip of the finger. */
  ask() {
    const { words } = this;
    const no = button(words.erase_no ?? "", () => { this.piece("ask")?.replaceChildren(); this.piece("keep")?.querySelector("button")?.focus(); });
    const yes = button(words.erase_yes ?? "", () => {
      this.progress?.erase();
      this.piece("ask")?.replaceChildren();
      this.draw();
      this.say(words.erased);
      this.piece("keep")?.querySelector("button")?.focus();
    }, "button button-quiet");
    this.piece("ask")?.replaceChildren(make("div", { class: "notice" }, make("p", {}, words.erase_sure ?? ""), make("p", { class: "actions" }, no, yes)));
    no.focus();
  }

  /** @param {string | undefined} text */
  say(text) {
    if (this.live) this.live.textContent = text ?? "";
  }
}

customElements.define("coopkm-progress", CoopkmProgress);
