"""Anki: a package of cards. The front asks, the back shows what is right and what is said to each answer.

Notes go by a guid from language and question id, decks by the topic: a second import brings the first up to date.
"""

import json
import sqlite3
import tempfile
import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any

from coopkm.exports.anki_fields import fields_of, question_fields
from coopkm.exports.archive import packed, unpacked
from coopkm.exports.items import Question
from coopkm.exports.tags import of_tags, tags_of
from coopkm.extras import load
from coopkm.model.base import Lang
from coopkm.text.digest import digest

FIELDS = ("Id", "Type", "Situation", "Question", "Text", "Choices", "Answer", "Explanation", "Hints", "Objective")
_MODELS = {"CoopKM": 1_768_300_001, "CoopKM cloze": 1_768_300_002}  # permanent: cards hang on them
_ROOT = {"th": "CoopKM", "en": "CoopKM (English)"}
_SHOWN = {
    "front": "{{#Situation}}<blockquote>{{Situation}}</blockquote>{{/Situation}}<div>{{Question}}</div>",
    "hints": "{{#Hints}}<details><summary>%s</summary>{{Hints}}</details>{{/Hints}}",
    "back": "<hr id=answer>{{Answer}}{{#Explanation}}<div class=explanation>{{Explanation}}</div>{{/Explanation}}",
}
_HINTS = {"th": "คำใบ้", "en": "Hints"}


def write(questions: Sequence[Question], edition: date, lang: Lang) -> bytes:
    """The package of these questions, a deck for each topic."""
    genanki = load("genanki")
    models = {name: _model(genanki, name, lang) for name in _MODELS}
    decks: dict[str, Any] = {}
    for question in questions:
        topic = question.topic or ""
        if topic not in decks:
            title = f"{_ROOT[lang]}::{question.title or topic}"
            decks[topic] = genanki.Deck(int(digest("deck", lang, topic)[:10], 16), title)
        values = fields_of(question, lang)
        name = "CoopKM cloze" if question.type == "cloze" else "CoopKM"
        note = genanki.Note(
            model=models[name],
            fields=[values[field] for field in FIELDS],
            guid=genanki.guid_for("coopkm", lang, question.id),
            tags=tags_of(question),
        )
        decks[topic].add_note(note)
    return _package(genanki, list(decks.values()), datetime.combine(edition, time(), UTC).timestamp())


def _model(genanki: Any, name: str, lang: Lang) -> Any:
    cloze = name == "CoopKM cloze"
    middle = "<div>{{cloze:Text}}</div>" if cloze else ""
    front = _SHOWN["front"] + middle + "{{Choices}}" + _SHOWN["hints"] % _HINTS[lang]
    back = _SHOWN["front"] + middle + _SHOWN["back"] if cloze else "{{FrontSide}}" + _SHOWN["back"]
    return genanki.Model(
        _MODELS[name] + (10 if lang == "en" else 0),
        name if lang == "th" else f"{name} (English)",
        fields=[{"name": field} for field in FIELDS],
        templates=[{"name": "Card", "qfmt": front, "afmt": back}],
        css=files(__package__).joinpath("anki.css").read_text("utf-8"),
        model_type=genanki.Model.CLOZE if cloze else genanki.Model.FRONT_BACK,
    )


def _package(genanki: Any, decks: list[Any], moment: float) -> bytes:
    """The bytes of a package, the same for the same cards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.apkg"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # genanki looks for stray tags and takes our lists for such
            genanki.Package(decks).write_to_file(str(path), timestamp=moment)
        return packed(unpacked(path.read_bytes()))


def read(raw: bytes) -> list[Question]:
    """The questions of a package of our own making; ids of options, pairs and gaps are their places."""
    with sqlite3.connect(":memory:") as base:
        base.deserialize(unpacked(raw)["collection.anki2"])
        decks = _decks(base)
        rows = base.execute(
            "select flds, tags, (select did from cards where nid = notes.id limit 1) from notes order by id"
        ).fetchall()
    base.close()
    return [_question(text, tags, decks[str(deck)]) for text, tags, deck in rows]


def _decks(base: sqlite3.Connection) -> dict[str, str]:
    (text,) = base.execute("select decks from col").fetchone()
    return {name: deck["name"].partition("::")[2] for name, deck in json.loads(text).items()}


def _question(text: str, tags: str, title: str) -> Question:
    values = dict(zip(FIELDS, text.split("\x1f"), strict=True))
    return Question.model_validate({**question_fields(values), "title": title, **of_tags(tags.split())})
