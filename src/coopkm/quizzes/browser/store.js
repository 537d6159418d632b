// Where a learner's progress is kept: this browser and nowhere else. A key for each thing that is kept, so that two
// open tabs do not write over each other; in memory where the browser refuses, and `trouble` says why.

const SPACE = "coopkm-quiz:";

class Store {
  /** @param {Storage | null} [storage] that of the page unless one is given */
  constructor(storage) {
    this.memory = /** @type {Map<string, string>} */ (new Map());
    this.trouble = /** @type {"" | "blocked" | "full"} */ ("");
    this.storage = storage === undefined ? this.found() : storage;
    if (!this.storage) this.trouble = "blocked";
  }

  found() {
    try {
      const { localStorage: found } = window;
      found.setItem(`${SPACE}try`, "");
      found.removeItem(`${SPACE}try`);
      return found;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      if (!full) return null;
      this.trouble = "full"; // what is there can still be read
      return window.localStorage;
    }
  }

  /** A copy of what is kept, null where there is nothing or it cannot be read. @param {string} key @returns {any} */
  get(key) {
    try {
      return JSON.parse(this.memory.get(key) ?? this.storage?.getItem(SPACE + key) ?? "null");
    } catch {
      return null;
    }
  }

  /** Whether it will be there after the page is closed. @param {string} key @param {unknown} value */
  set(key, value) {
    const text = JSON.stringify(value);
    try {
      if (!this.storage) throw new Error("no storage");
      this.storage.setItem(SPACE + key, text);
      this.memory.delete(key);
      if (this.trouble === "full") this.trouble = "";
      return true;
    } catch {
      this.memory.set(key, text);
      if (this.storage) this.trouble = "full";
      return false;
    }
  }

  /** @param {string} key */
  remove(key) {
    this.memory.delete(key);
    try {
      this.storage?.removeItem(SPACE + key);
    } catch {
      this.trouble = "blocked";
    }
  }

  /** Keys that begin so. @param {string} start @returns {string[]} */
  keys(start) {
    const found = new Set([...this.memory.keys()].filter((key) => key.startsWith(start)));
    try {
      const { storage } = this;
      for (let at = 0; at < (storage?.length ?? 0); at++) {
        const key = storage?.key(at) ?? "";
        if (key.startsWith(SPACE + start)) found.add(key.slice(SPACE.length));
      }
    } catch {
      this.trouble = "blocked";
    }
    return [...found].sort();
  }

  /** Calls `changed` with the key of what another tab has kept or removed, "" for all. @param {(key: string) => void} changed */
  follow(changed) {
    window.addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(SPACE)) changed(key?.slice(SPACE.length) ?? "");
    });
  }
}
