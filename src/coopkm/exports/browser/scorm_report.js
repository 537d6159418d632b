// The learning system: SCORM 1.2 names an object `API` in a window around this one or behind it.

/**
 * @typedef {{
 *   LMSInitialize(empty: ""): string, LMSFinish(empty: ""): string, LMSCommit(empty: ""): string,
 *   LMSGetValue(name: string): string, LMSSetValue(name: string, value: string): string,
 * }} ScormApi
 */

const SCORM_LEVELS = 12; // windows that are looked through

class ScormReport {
  constructor() {
    this.api = findScormApi(window) ?? (window.opener ? findScormApi(window.opener) : null);
    this.begun = Date.now();
    this.open = this.api !== null && String(this.api.LMSInitialize("")) === "true";
    this.refused = this.api !== null && !this.open;
  }

  /** @param {string} name */
  value(name) {
    return this.open && this.api ? String(this.api.LMSGetValue(name)) : "";
  }

  /** @param {Record<string, string | number>} values */
  set(values) {
    if (!this.open || !this.api) return;
    for (const [name, value] of Object.entries(values)) {
      if (String(this.api.LMSSetValue(name, String(value))) !== "true") this.refused = true;
    }
  }

  commit() {
    if (this.open && this.api && String(this.api.LMSCommit("")) !== "true") this.refused = true;
  }

  /** Says how an answer was. @param {Record<string, string | number>} values by the names that follow `cmi.interactions.N.` */
  interaction(values) {
    const place = `cmi.interactions.${Number(this.value("cmi.interactions._count")) || 0}.`;
    this.set(Object.fromEntries(Object.entries(values).map(([name, value]) => [place + name, value])));
  }

  /** Ends the session; nothing can be reported after it. @param {"suspend" | ""} way */
  end(way) {
    if (!this.open || !this.api) return;
    this.set({ "cmi.core.session_time": scormSpan(Date.now() - this.begun), "cmi.core.exit": way });
    this.commit();
    this.api.LMSFinish("");
    this.open = false;
  }
}

/** @param {any} from @returns {ScormApi | null} */
function findScormApi(from) {
  for (let level = 0; level < SCORM_LEVELS && from; level++) {
    try {
      if (from.API) return from.API;
    } catch {
      return null; // a window of another origin
    }
    if (from.parent === from) return null;
    from = from.parent;
  }
  return null;
}

/** A span of time as SCORM 1.2 writes it: HHHH:MM:SS.SS @param {number} milliseconds */
function scormSpan(milliseconds) {
  const hundredths = Math.max(0, Math.round(milliseconds / 10));
  /** @param {number} value @param {number} width */
  const digits = (value, width) => String(Math.floor(value)).padStart(width, "0");
  const seconds = Math.floor(hundredths / 100);
  return `${digits(Math.min(9999, seconds / 3600), 4)}:${digits((seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}.${digits(hundredths % 100, 2)}`;
}
