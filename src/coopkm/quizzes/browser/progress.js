// What a learner has done, by the id of the question: nothing hangs on places, wordings or languages.

/**
 * @typedef {{v: number, topic: string, n: number, share: number, last: number, card: Card | null, log: number[][]}} Kept
 *   One question: how often it was answered, the share of the points earned last, when (ms), its card of the reviews,
 *   and the last answers as [ms, share, rating].
 * @typedef {{format: string, version: number, exported: string, questions: Record<string, Kept>}} ProgressFile
 */

const ROW_VERSION = 1;
const LOGGED = 30;
const ROW = "q:";
/** From a version to the next, by the version it starts from. @type {Record<number, (row: any) => any>} */
const MIGRATIONS = {};

class Progress {
  /** @param {Store} store @param {Record<number, (row: any) => any>} [migrations] @param {number} [version] */
  constructor(store, migrations = MIGRATIONS, version = ROW_VERSION) {
    this.store = store;
    this.migrations = migrations;
    this.version = version;
  }

  /** Null where it was never answered, or where a newer edition wrote what this one cannot read. @param {string} id @returns {Kept | null} */
  row(id) {
    return this.migrated(this.store.get(ROW + id));
  }

  /** Whether a newer edition of the site has kept something that this one must not touch. @param {string} id */
  isNewer(id) {
    return (this.store.get(ROW + id)?.v ?? 0) > this.version;
  }

  /** @returns {Map<string, Kept>} */
  rows() {
    const rows = new Map();
    for (const key of this.store.keys(ROW)) {
      const row = this.row(key.slice(ROW.length));
      if (row) rows.set(key.slice(ROW.length), row);
    }
    return rows;
  }

  /** @param {any} row @returns {Kept | null} */
  migrated(row) {
    let found = row;
    while (isRow(found) && found.v < this.version && this.migrations[found.v]) found = this.migrations[found.v]?.(found);
    return isRow(found) && found.v === this.version ? found : null;
  }

  /**
   * Takes note of an answer; what another tab has kept in the meantime is read first.
   * @param {string} id @param {string} topic @param {number} share @param {number} rating 1 to 4 @param {number} now
   */
  answered(id, topic, share, rating, now) {
    if (this.isNewer(id)) return;
    const before = this.row(id);
    const row = {
      v: this.version, topic, n: (before?.n ?? 0) + 1, share, last: now,
      card: reviewed(before?.card ?? null, rating, now),
      log: [...(before?.log ?? []), [now, share, rating]].slice(-LOGGED),
    };
    this.store.set(ROW + id, row);
  }

  /** @param {number} now @returns {ProgressFile} */
  exported(now) {
    return { format: "coopkm-progress", version: this.version, exported: new Date(now).toISOString(), questions: Object.fromEntries(this.rows()) };
  }

  /** Adds a file to what is there: of each question the later state stays. @param {string} text @returns {number} how many were taken, -1 for another kind of file, -2 for one of a newer edition */
  imported(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      return -1;
    }
    if (file?.format !== "coopkm-progress" || typeof file.questions !== "object" || !file.questions) return -1;
    if (!(file.version <= this.version)) return -2;
    let taken = 0;
    for (const [id, given] of Object.entries(file.questions)) {
      const row = this.migrated(given);
      if (!row || !QUESTION_ID.test(id) || this.isNewer(id) || row.last <= (this.row(id)?.last ?? -1)) continue;
      this.store.set(ROW + id, row);
      taken++;
    }
    return taken;
  }

  /** Forgets everything: answers, reviews and unfinished tests. */
  erase() {
    for (const key of this.store.keys("")) this.store.remove(key);
  }
}

const QUESTION_ID = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** @param {any} row */
function isRow(row) {
  return typeof row === "object" && row !== null && Number.isInteger(row.v) && Number.isFinite(row.last) && Number.isFinite(row.share)
    && Number.isInteger(row.n) && typeof row.topic === "string" && Array.isArray(row.log);
}

/** How well a question is known: "new", "weak" (the last answer was not fully right), "due" or "known". @param {Kept | null | undefined} row @param {number} now */
function standing(row, now) {
  if (!row) return "new";
  if (row.card && isDue(row.card, now)) return "due";
  return row.share < 1 ? "weak" : "known";
}
