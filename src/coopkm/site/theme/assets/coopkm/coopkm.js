// What the shell does beyond HTML and CSS. Each part looks for its own marks in the page, does nothing
// where they are missing, and takes every word it shows from the page.
(() => {
  const root = document.documentElement;

  /**
   * @template {HTMLElement} [T=HTMLElement]
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {T[]}
   */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((found) => /** @type {T} */ (found));

  /** Opens and closes the menu; Escape closes it and gives the focus back. */
  function menu() {
    const [button] = all("[data-menu-button]");
    const [panel] = all("[data-menu]");
    if (!button || !panel) return;
    /** @param {boolean} open */
    const set = (open) => {
      panel.toggleAttribute("data-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => set(!panel.hasAttribute("data-open")));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.hasAttribute("data-open")) return;
      set(false);
      button.focus();
    });
  }

  /** One button, three states: as the device, light, dark. Kept in this browser where that is allowed. */
  function scheme() {
    const states = ["auto", "light", "dark"];
    const current = () => root.dataset.scheme ?? "auto";
    const show = () => all("[data-scheme-name]").forEach((name) => { name.hidden = name.dataset.schemeName !== current(); });
    all("[data-scheme-button]").forEach((button) => button.addEventListener("click", () => {
      const next = states[(states.indexOf(current()) + 1) % states.length];
      if (next === "auto") delete root.dataset.scheme; else root.dataset.scheme = next;
      try {
        if (next === "auto") localStorage.removeItem("coopkm-scheme"); else localStorage.setItem("coopkm-scheme", String(next));
      } catch {
        // Storage is refused: the choice holds for this page.
      }
      show();
    }));
    show();
  }

  /** The contents stand open where they have a column of their own. */
  function contents() {
    const wide = matchMedia("(min-width: 80em)");
    all("[data-toc]").forEach((toc) => toc.toggleAttribute("open", wide.matches));
  }

  /**
   * Meaning of a term beside it, on hover, focus or the first tap; the second tap follows the link.
   * It stays while the pointer is on it, and Escape puts it away (WCAG 1.4.13).
   */
  function terms() {
    const tip = document.createElement("div");
    tip.className = "term-tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true"); // the link is described by the list of terms already
    /** @type {HTMLElement | undefined} */
    let shown;
    let leaving = 0;

    /** @param {HTMLElement} term */
    const meaning = (term) => term.dataset.meaning
      ?? document.getElementById(`term_${term.dataset.term}`)?.textContent?.trim();

    /** @param {HTMLElement} term */
    function show(term) {
      clearTimeout(leaving);
      const text = meaning(term);
      if (!text || shown === term) return;
      tip.textContent = text;
      tip.hidden = false;
      const [line] = term.getClientRects();
      if (!line) return;
      const room = root.clientWidth - tip.offsetWidth - 8;
      const below = line.bottom + tip.offsetHeight + 8 < innerHeight || line.top < tip.offsetHeight + 8;
      tip.style.left = `${scrollX + Math.max(8, Math.min(line.left, room))}px`;
      tip.style.top = `${scrollY + (below ? line.bottom + 4 : line.top - tip.offsetHeight - 4)}px`;
      shown = term;
    }
    function hide() {
      clearTimeout(leaving);
      tip.hidden = true;
      shown = undefined;
    }
    const leave = () => { clearTimeout(leaving); leaving = window.setTimeout(hide, 250); };

    const found = all("a.term");
    if (!found.length) return;
    document.body.append(tip);
    found.forEach((term) => {
      let tapped = false;
      if (term.dataset.meaning && !term.hasAttribute("aria-describedby")) term.setAttribute("aria-description", term.dataset.meaning);
      term.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(term); });
      term.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
      term.addEventListener("pointerdown", (event) => { tapped = event.pointerType !== "mouse" && shown !== term; });
      term.addEventListener("focus", () => show(term));
      term.addEventListener("blur", leave);
      term.addEventListener("click", (event) => {
        if (!tapped || !meaning(term)) return;
        tapped = false;
        event.preventDefault();
        show(term);
      });
    });
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", leave);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    document.addEventListener("pointerdown", (event) => {
      if (shown && event.target instanceof Node && !tip.contains(event.target) && !shown.contains(event.target)) hide();
    });
  }

  /** Counts the ticks of a checklist in the words of its `data-template`. */
  function ticks() {
    all("[data-checklist]").forEach((list) => {
      const [count] = all(".tick-count", list);
      const boxes = /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", list));
      const template = count?.dataset.template;
      if (!count || !template) return;
      const show = () => {
        const done = boxes.filter((box) => box.checked).length;
        count.textContent = template.replace("{done}", String(done)).replace("{all}", String(boxes.length));
        count.hidden = false;
      };
      list.addEventListener("change", show);
      show();
    });
  }

  /** The search box: on its own page at once, elsewhere in a dialog; its script comes when it is first needed. */
  function search() {
    const [opener] = /** @type {HTMLAnchorElement[]} */ (all("[data-search-open]"));
    if (!opener) return;
    const [template] = /** @type {HTMLTemplateElement[]} */ (/** @type {unknown} */ (all("[data-search-template]")));
    /** @type {HTMLDialogElement | null | undefined} */
    let dialog;
    const load = () => {
      const script = document.createElement("script");
      script.src = opener.dataset.searchScript ?? "";
      document.head.append(script);
    };
    function make() {
      document.body.append(/** @type {HTMLTemplateElement} */ (template).content.cloneNode(true));
      dialog = document.querySelector("dialog");
      all("[data-search-close]").forEach((button) => button.addEventListener("click", () => dialog?.close()));
      dialog?.addEventListener("click", (event) => { if (event.target === dialog) dialog?.close(); });
      dialog?.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault(); // some browsers would only empty the box
        event.stopPropagation(); // an open menu stays
        dialog?.close();
      });
      load();
    }
    /** @param {Event} event */
    function open(event) {
      event.preventDefault();
      if (template && !dialog) make();
      if (dialog && !dialog.open) dialog.showModal();
      /** @type {HTMLInputElement | null} */
      const input = document.querySelector("#_q");
      input?.focus();
      input?.select();
    }
    opener.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event); });
    document.addEventListener("keydown", (event) => {
      const writing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
      // By its place on the keyboard too: on a Thai layout the key gives another letter.
      const control = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && (event.key.toLowerCase() === "k" || event.code === "KeyK");
      if (slash || control) open(event);
    });
    if (!template) load();
  }

  /** Says beside a day that is due how many days are left, by the reader's own calendar. */
  function due() {
    /** @type {HTMLTimeElement[]} */ (all("time[data-due]")).forEach((time) => {
      const [year = 0, month = 1, day = 1] = time.dateTime.split("-").map(Number);
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const left = Math.round((Date.UTC(year, month - 1, day) - today) / 86_400_000);
      const words = left > 0 ? time.dataset.left : left < 0 ? time.dataset.late : time.dataset.today;
      const note = document.createElement("span");
      note.className = "due-note";
      note.textContent = ` (${(words ?? "").replace("{}", String(Math.abs(left)))})`;
      time.after(note);
    });
  }

  function printing() {
    all("[data-print]").forEach((button) => button.addEventListener("click", () => print()));
  }

  menu();
  scheme();
  contents();
  terms();
  ticks();
  search();
  due();
  printing();
})();
