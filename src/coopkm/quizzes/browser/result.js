// What a finished test has shown: the points, what is reached, what to read next, and the file for a trainer.

/**
 * @typedef {{topic: string, bank: string, lang: string, pass: number}} Quiz
 * @typedef {{question: Question, result: Outcome}} Graded
 */

/** @param {Graded[]} graded @param {number} pass percent */
function scoreOf(graded, pass) {
  const counted = graded.filter(({ question }) => question.isGraded);
  const raw = counted.reduce((sum, { result }) => sum + result.earned, 0);
  const max = counted.reduce((sum, { result }) => sum + result.of, 0);
  const scaled = max ? Math.min(1, raw / max) : 0;
  // Thirds must not fail somebody by a rounding error.
  return { raw, max, scaled, success: max > 0 && raw * 100 >= pass * max - 1e-9 };
}

/**
 * The page of the result, its heading first.
 * @param {Graded[]} graded @param {Quiz} quiz @param {Words} words
 */
function summary(graded, { pass }, words) {
  const { raw, max, scaled, success } = scoreOf(graded, pass);
  const heading = make("h2", { tabindex: "-1" }, filled(success ? words.passed : words.failed, rounded(raw), max, Math.floor(scaled * 100 + 1e-9)));
  const made = make("section", { class: "quiz-result", "data-success": String(success) }, heading,
    make("p", {}, filled(words.pass_mark, pass)));
  const open = graded.filter(({ question, result }) => question.isGraded && result.share < 1);
  const reached = graded.filter(({ question, result }) => question.isGraded && result.share === 1);
  made.append(...listOf(words.to_practise, open, true, words), ...listOf(words.reached, reached, false, words));
  return made;
}

/** @param {string | undefined} title @param {Graded[]} rows @param {boolean} withLinks @param {Words} words */
function listOf(title, rows, withLinks, words) {
  if (!rows.length) return [];
  const items = rows.map(({ question: { box, id }, result }) => {
    const item = make("li", {}, make("a", { href: `#${id}` }, box.dataset.objective ?? id));
    if (result.of > 1) item.append(` ${filled(words.points, rounded(result.earned), result.of)}`);
    const unit = box.querySelector(".used-by a");
    if (withLinks && unit) item.append(make("span", { class: "read-next" }, `${words.read ?? ""} `, unit.cloneNode(true)));
    return item;
  });
  return [make("h3", {}, filled(title, rows.length)), make("ul", { class: "objectives" }, ...items)];
}

/**
 * The result as a file for a trainer; its schema is docs/dev/result.schema.json.
 * @param {Graded[]} graded in the order asked @param {State} state @param {Quiz} quiz @param {string} learner
 */
function resultFile(graded, state, quiz, learner) {
  const { success, ...score } = scoreOf(graded, quiz.pass);
  return {
    format: "coopkm-result", version: 1, topic: quiz.topic, bank: quiz.bank, lang: quiz.lang, learner: learner.trim().slice(0, 200),
    started: new Date(state.started).toISOString(), finished: new Date(state.finished).toISOString(), pass_mark: quiz.pass, score, success,
    answers: graded.map(({ question, result }) => ({
      id: question.id, type: question.key.type, level: question.box.dataset.level, answer: question.answer,
      score: { raw: result.earned, max: result.of, scaled: result.share },
      seconds: Math.round((state.spent[question.id] ?? 0) * 10) / 10, hints: 0,
    })),
  };
}
