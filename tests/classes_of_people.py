"""Made-up classes that sit made-up forms of the real bank: keys, answer sheets, downloads. No clock, fixed seeds."""

import csv
import io
import json
import random
from collections.abc import Sequence
from typing import Any

from coopkm.library import Library
from coopkm.model.questions import Question
from coopkm.quizzes.grading import grade

THAI, ENGLISH = "กขคงจฉชซ", "ABCDEFGH"


def questions_of(
    library: Library, bank: str, types: Sequence[str] = ("single", "multiple", "truefalse")
) -> list[Question]:
    return [question for question in library.banks[bank].value.questions if question.type in types]


def places_of(question: Question, letters: str, chance: random.Random) -> dict[str, Any]:
    """What a learner writes on paper, to ids."""
    if question.type == "truefalse":
        return {"ถูก": "true", "ผิด": "false"} if letters == THAI else {"T": "true", "F": "false"}
    if question.type == "match":
        rights = [row.id for row in (*question.pairs, *question.others)]
        chance.shuffle(rights)
        left = {str(place): pair.id for place, pair in enumerate(question.pairs, 1)}
        return {"left": left, "right": dict(zip(letters, rights, strict=False))}
    rows = [row.id for row in (question.options or question.items)]
    chance.shuffle(rows)
    return dict(zip(letters, rows, strict=False))


def form_key(library: Library, form: str, questions: Sequence[Question], letters: str = THAI) -> dict[str, Any]:
    """A key as `coopkm exam` writes it."""
    chance = random.Random(f"{form}")
    topics = {placed.value.id: bank.value.id for bank, placed in library.questions()}
    return {
        "format": "coopkm-form",
        "version": 1,
        "blueprint": "smart-officer",
        "form": form,
        "code": f"SO-{form}-7K3M",
        "seed": 7,
        "title": {"th": "แบบทดสอบหลักสูตร Smart Officer", "en": "Smart Officer course test"},
        "minutes": 30,
        "pass_mark": 70,
        "questions": [
            {
                "number": number,
                "id": question.id,
                "type": question.type,
                "level": question.level,
                "points": 1,
                "topic": topics[question.id],
                "objective": {"th": question.objective.th, "en": question.objective.en},
                "digest": question.fingerprint[:12],
                "places": places_of(question, letters, chance),
            }
            for number, question in enumerate(questions, 1)
        ],
    }


def written(question: Question, places: dict[str, Any], ability: float, chance: random.Random) -> str:
    """What somebody of an ability of 0 to 1 writes."""
    if question.type == "truefalse":
        right = question.answer in ("yes", "true")
        said = right if chance.random() < 0.4 + 0.6 * ability else not right
        return next(letter for letter, name in places.items() if name == str(said).lower())
    letters = {name: letter for letter, name in places.items()}
    if question.type == "multiple":
        return " ".join(
            letters[option.id]
            for option in question.options
            if chance.random() < (ability if option.correct else 0.5 - ability / 2)
        )
    right = [option.id for option in question.options if option.correct]
    wrong = [option.id for option in question.options if not option.correct]
    return letters[right[0] if chance.random() < ability else chance.choice(wrong)]


def sheet(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def crossover(library: Library, people: int = 25, seed: int = 3) -> tuple[list[dict[str, Any]], str]:
    """Two keys and one answer sheet: half of a class sits A then B, the other half B then A, and learns in between.

    Question 2 of form A is keyed wrongly on purpose where it matters to a test: see `swap_places`.
    """
    chance = random.Random(seed)
    pool = [q for bank in ("course-exam", "cps-exam") for q in questions_of(library, bank)]
    forms = {"A": pool[0::2][:12], "B": pool[1::2][:12]}
    keys = {form: form_key(library, form, questions) for form, questions in forms.items()}
    rows = [["code", "learner", "group", "when", *map(str, range(1, 13))]]
    for person in range(people):
        ability = min(0.95, max(0.1, chance.gauss(0.5, 0.22)))
        first = "AB"[person % 2]
        for when, form in (("pre", first), ("post", "B" if first == "A" else "A")):
            now = min(0.97, ability + (0.22 if when == "post" else 0))
            cells = [
                written(question, row["places"], now, chance)
                for question, row in zip(forms[form], keys[form]["questions"], strict=True)
            ]
            rows.append([keys[form]["code"], f"ผู้เรียน {person + 1}", first, when, *cells])
    return list(keys.values()), sheet(rows)


def swap_places(key: dict[str, Any], library: Library, number: int) -> None:
    """Mistake in a key: the letter of the right option and of another change places."""
    row = key["questions"][number - 1]
    question = next(placed.value for _, placed in library.questions() if placed.value.id == row["id"])
    right = next(option.id for option in question.options if option.correct)
    letters = {name: letter for letter, name in row["places"].items()}
    other = next(name for name in letters if name != right)
    row["places"][letters[right]], row["places"][letters[other]] = other, right


def result_file(library: Library, bank: str, learner: str, answers: dict[str, Any], minute: int = 0) -> str:
    """What a learner saves after the test of a topic."""
    rows = []
    for question in library.banks[bank].value.questions:
        if question.id in answers:
            share = float(grade(question, answers[question.id]).share)
            rows.append(
                {
                    "id": question.id,
                    "type": question.type,
                    "level": question.level,
                    "answer": answers[question.id],
                    "score": {"raw": share, "max": 1, "scaled": share},
                }
            )
    raw = sum(row["score"]["raw"] for row in rows)
    return json.dumps(
        {
            "format": "coopkm-result",
            "version": 1,
            "topic": bank,
            "bank": "0" * 24,
            "lang": "th",
            "learner": learner,
            "started": f"2026-11-22T09:{minute:02}:00+07:00",
            "finished": f"2026-11-22T10:{minute:02}:00+07:00",
            "pass_mark": 70,
            "score": {"raw": raw, "max": len(rows), "scaled": raw / len(rows)},
            "success": raw / len(rows) >= 0.7,
            "answers": rows,
        },
        ensure_ascii=False,
    )
