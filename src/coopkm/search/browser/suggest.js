// The name that was probably meant: the same as suggest.py.

/** @param {string} asked @param {string[]} names @param {Analysis} analysis */
function nearestName(asked, names, analysis) {
  if (asked.length < 4) return "";
  let best = Math.floor(asked.length / 4) + 1;
  let nearest = "";
  for (const name of names) {
    const letters = analysis.fold(name).text.replace(/[ \n]+/g, "");
    if (letters === asked) return "";
    if (Math.abs(letters.length - asked.length) >= best) continue;
    const distance = edits(asked, letters, best);
    if (distance < best) [best, nearest] = [distance, name];
  }
  return nearest;
}

/** Letters to put in, leave out, change or swap; `limit` if not fewer. @param {string} one @param {string} other @param {number} limit */
function edits(one, other, limit) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    for (let there = 1; there <= other.length; there++) {
      let cost = Math.min((last[there] ?? 0) + 1, (row[there - 1] ?? 0) + 1, (last[there - 1] ?? 0) + Number(one[at - 1] !== other[there - 1]));
      if (at > 1 && there > 1 && one[at - 1] === other[there - 2] && one[at - 2] === other[there - 1]) cost = Math.min(cost, (before[there - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    [before, last] = [last, row];
  }
  return Math.min(last[last.length - 1] ?? limit, limit);
}

/** What the same keys give in the other layout; empty for both scripts or neither. @param {string} text @param {Rules} rules */
function otherLayout(text, rules) {
  const [latin = "", thai = ""] = rules.kedmanee.trim().split("\n");
  const hasLatin = /[a-z]/i.test(text);
  if (hasLatin === /[\u0e01-\u0e5b]/.test(text)) return "";
  const [from, to] = hasLatin ? [latin, thai] : [thai, latin];
  return text.split(/((?:^|(?<= ))[0-9]{2,}(?= |$))/)
    .map((part, at) => (at % 2 ? part : part.replace(/[^]/g, (char) => {
      const place = from.lastIndexOf(char);
      return place < 0 ? char : to[place] ?? char;
    }))).join("");
}
