// When a question comes back: FSRS-6 in whole days, without learning steps. Written from the published formulas ("The
// Algorithm", in the wiki of open-spaced-repetition/fsrs4anki); tests/test_schedule.py holds it to py-fsrs.
//
// A day is a calendar day of the learner: what was answered last evening is a day old this morning, and what is due
// today is due from midnight. By spans of 24 hours, a question answered a little earlier each morning would still be
// in its first day and hardly move on.

/**
 * @typedef {{stability: number, difficulty: number, due: number, last: number}} Card
 *   What is known of one learner's memory of one question. `stability`: days until the chance to know it has fallen to
 *   0.9, 0.001 to 36500; `difficulty`: 1 to 10; `due`, `last`: the next and the last review, in milliseconds since 1970.
 *
 *   Kept by a browser or read from a file, a card may hold anything. Nothing here throws or answers NaN for that:
 *   - stability not above 0, or stability, difficulty or last not a number that can be: it is due at once, its recall
 *     is 0, and the next review takes it as new;
 *   - a number out of its range counts as the nearest that is in it;
 *   - due not a number: due at once; more than a year after `last`: due a year after it;
 *   - last after today (the clock was set back): due at once, and reviewed as on the same day.
 */

/** w0 to w20 of FSRS-6 as published, fitted to the reviews of many learners. */
const FSRS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
  0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
const WANTED_RECALL = 0.9;
const LONGEST_INTERVAL = 365;
const DECAY = -FSRS[20];
const CURVE = 0.9 ** (1 / DECAY) - 1;

/**
 * The card after a review; the one given stays as it is.
 * @param {Card | null} card null for a question that was never answered
 * @param {number} rating 1 again, 2 hard, 3 good, 4 easy; anything else counts as 1
 * @param {number} now in milliseconds, not checked
 * @returns {Card}
 */
function reviewed(card, rating, now) {
  const grade = [2, 3, 4].includes(rating) ? rating : 1;
  const before = memoryOf(card);
  const stability = before ? nextStability(before, grade, daysSince(before.last, now)) : FSRS[grade - 1];
  const difficulty = before ? nextDifficulty(before.difficulty, grade) : firstDifficulty(grade);
  const memory = { stability: within(0.001, stability, 36500), difficulty: within(1, difficulty, 10) };
  const due = new Date(now);
  due.setDate(due.getDate() + intervalOf(memory.stability));
  return { ...memory, due: due.getTime(), last: now };
}

/** The chance that the learner still knows it, 0 to 1; 0 without a card. @param {Card | null} card @param {number} now */
function recall(card, now) {
  const memory = memoryOf(card);
  return memory ? forgetting(daysSince(memory.last, now), memory.stability) : 0;
}

/**
 * Whether its day is today or has passed, whatever the hour; a question that was never answered has none.
 * @param {Card | null} card @param {number} now
 */
function isDue(card, now) {
  const today = dayNumber(now);
  return dueDay(card) <= today || dayNumber(card?.last) > today;
}

/** The day on which it is due, as `dayNumber` counts: -Infinity for at once, Infinity without a card. @param {Card | null} card */
function dueDay(card) {
  if (!card) return Infinity;
  const memory = memoryOf(card);
  const day = memory ? Math.min(dayNumber(card.due), dayNumber(memory.last) + LONGEST_INTERVAL) : NaN;
  return Number.isNaN(day) ? -Infinity : day;
}

/**
 * The rating that an answer stands for: 3 right, 2 right with hints or at least half right without, else 1. Never 4:
 * how easy it was only the learner knows.
 * @param {number} share of the points, 0 to 1 @param {number} hints how many were opened
 */
function ratingOf(share, hints) {
  if (share >= 1) return hints > 0 ? 2 : 3;
  return share >= 0.5 && !(hints > 0) ? 2 : 1;
}

/** The learner's calendar day at that time, in days since 1 January 1970; NaN for what is no time. @param {unknown} time */
function dayNumber(time) {
  const date = new Date(typeof time === "number" ? time : NaN);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000;
}

/** @param {number} last @param {number} now */
function daysSince(last, now) {
  return Math.max(0, dayNumber(now) - dayNumber(last));
}

/** What can be used of a card, null where it is as good as new. @param {Card | null} card */
function memoryOf(card) {
  const { stability = NaN, difficulty = NaN, last = NaN } = card ?? {};
  const usable = Number.isFinite(stability) && Number.isFinite(difficulty) && stability > 0 && dayNumber(last) > 0;
  return usable ? { stability: within(0.001, stability, 36500), difficulty: within(1, difficulty, 10), last } : null;
}

/** @param {number} least @param {number} value @param {number} most */
function within(least, value, most) {
  return Math.min(Math.max(value, least), most);
}

/** @param {number} days @param {number} stability */
function forgetting(days, stability) {
  return (1 + CURVE * days / stability) ** DECAY;
}

/** Days until recall has fallen to the wanted. @param {number} stability */
function intervalOf(stability) {
  return within(1, Math.round(stability / CURVE * (WANTED_RECALL ** (1 / DECAY) - 1)), LONGEST_INTERVAL);
}

/** Not yet within its range. @param {number} grade */
function firstDifficulty(grade) {
  return FSRS[4] - Math.exp(FSRS[5] * (grade - 1)) + 1;
}

/**
 * The nearer to 10, the smaller the step; then a little back to that of an easy question.
 * @param {number} difficulty @param {number} grade
 */
function nextDifficulty(difficulty, grade) {
  const moved = difficulty - FSRS[6] * (grade - 3) * (10 - difficulty) / 9;
  return FSRS[7] * firstDifficulty(4) + (1 - FSRS[7]) * moved;
}

/** @param {{stability: number, difficulty: number}} memory @param {number} grade @param {number} days */
function nextStability({ stability, difficulty }, grade, days) {
  if (days < 1) return stability * sameDayGain(stability, grade);
  const forgotten = 1 - forgetting(days, stability);
  if (grade > 1) return stability * (1 + gain(stability, difficulty, forgotten) * (grade === 2 ? FSRS[15] : grade === 4 ? FSRS[16] : 1));
  const relearned = FSRS[11] * difficulty ** -FSRS[12] * ((stability + 1) ** FSRS[13] - 1) * Math.exp(forgotten * FSRS[14]);
  return Math.min(relearned, stability / Math.exp(FSRS[17] * FSRS[18]));
}

/**
 * The nearer it was to being forgotten, the more a right answer adds.
 * @param {number} stability @param {number} difficulty @param {number} forgotten the chance that it was
 */
function gain(stability, difficulty, forgotten) {
  return Math.exp(FSRS[8]) * (11 - difficulty) * stability ** -FSRS[9] * (Math.exp(forgotten * FSRS[10]) - 1);
}

/** @param {number} stability @param {number} grade */
function sameDayGain(stability, grade) {
  const factor = Math.exp(FSRS[17] * (grade - 3 + FSRS[18])) * stability ** -FSRS[19];
  return grade > 1 ? Math.max(factor, 1) : factor;
}
