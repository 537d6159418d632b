// One go at the questions of a topic: their order, that of their options, and the answers, until it is finished.

/**
 * @typedef {"practice" | "test" | "review"} Mode
 * @typedef {{
 *   v: number, mode: Mode, seed: string, started: number, finished: number, at: string, asked: string[],
 *   answers: Record<string, any>, checked: string[], spent: Record<string, number>, hints: Record<string, number>,
 * }} State
 *   `at` is the question that stands open, `spent` seconds, `asked` the questions of a review.
 */

const ATTEMPT = "attempt:";
const STATE_VERSION = 1;

class Attempt {
  /** @param {Store} store @param {string} topic @param {Mode} mode @param {number} now */
  constructor(store, topic, mode, now) {
    this.store = store;
    this.key = `${ATTEMPT}${topic}:${mode}`;
    this.state = this.kept() ?? fresh(mode, now);
  }

  /** @returns {State | null} */
  kept() {
    const found = this.store.get(this.key);
    return found?.v === STATE_VERSION && typeof found.answers === "object" && typeof found.seed === "string" ? found : null;
  }

  /** @param {number} now */
  restart(now) {
    this.state = fresh(this.state.mode, now);
    this.store.remove(this.key);
  }

  /** Changes what is kept; another tab may have gone on with the same attempt. @param {(state: State) => void} change */
  keep(change) {
    const found = this.kept();
    if (found && found.seed === this.state.seed) this.state = found;
    change(this.state);
    this.store.set(this.key, this.state);
  }

  /** Those ids in the order of this attempt; a question that is put in later leaves the others as they are. @param {string[]} ids */
  order(ids) {
    return mixed(ids, this.state.seed);
  }
}

/** @param {Mode} mode @param {number} now @returns {State} */
function fresh(mode, now) {
  const seed = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("");
  return { v: STATE_VERSION, mode, seed, started: now, finished: 0, at: "", asked: [], answers: {}, checked: [], spent: {}, hints: {} };
}

/** In an order that the seed decides, whatever else stands in the list. @param {string[]} ids @param {string} seed */
function mixed(ids, seed) {
  const places = new Map(ids.map((id) => [id, chance(`${seed} ${id}`)]));
  return [...ids].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
}

/** A number that looks like chance: FNV-1a over the UTF-16 code units, then stirred (murmur3's end). @param {string} text */
function chance(text) {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
