"""Self-assessment: a page a topic with its practice questions, the list of topics, and the learner's own progress.

A page is a form that works by itself: answers stand in `details`, so it needs no script and can be printed. The scripts
of `quizzes/browser/` find in it, by `data-` marks, what they need to grade and what they say; texts stand there once.
The exam pool never comes this far: the shelf holds practice questions only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from coopkm.model.base import Text
from coopkm.model.questions import Bank, Gap, Option, Pair, Part, Piece, Question, WrongAnswer
from coopkm.model.terms import Words
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.words import QUIZ_WORDS
from coopkm.pages.writer import Shelf, Writer
from coopkm.text.digest import digest
from coopkm.views import urls
from coopkm.views.answers import accepted_word, right_word
from coopkm.views.keys import key_of

SCRIPT = "quiz"
_SCRIPT_WORDS = {lang: json.dumps(words, ensure_ascii=False) for lang, words in QUIZ_WORDS.items()}


@dataclass(frozen=True)
class Topic:
    """A bank with the questions that pages show."""

    bank: Bank
    questions: list[Question]

    @property
    def path(self) -> str:
        return urls.quiz_path(self.bank.id)

    @property
    def ids(self) -> str:
        """Ids of the questions, as an attribute holds them."""
        return " ".join(question.id for question in self.questions)

    @property
    def version(self) -> str:
        """The version of the bank: it changes when anything does that its questions say."""
        return digest(*(question.fingerprint for question in self.questions))[:12]


class Covered(NamedTuple):
    """A learning path or a unit with the ids of the questions about it, as an attribute holds them."""

    link: Link
    ids: str


def topics(shelf: Shelf) -> list[Topic]:
    """The topics in the order of their titles' files."""
    found: dict[str, Topic] = {}
    for asked in shelf.questions:
        found.setdefault(asked.bank.id, Topic(asked.bank, [])).questions.append(asked.question)
    return list(found.values())


def quizzes_page(shelf: Shelf) -> Page:
    """All topics."""
    writer = Writer(shelf, urls.QUIZZES)
    html = render("quizzes.html.j2", writer, topics=topics(shelf), progress=urls.PROGRESS)
    title, lede = writer.words["quizzes_title"], writer.words["quizzes_lede"]
    home = (Link(writer.words["home"], urls.HOME),)
    return Page(shelf.lang, urls.QUIZZES, title, lede, html, menu=urls.QUIZZES, trail=home)


def quiz_page(shelf: Shelf, topic: Topic) -> Page:
    """One topic."""
    writer = Writer(shelf, topic.path)
    html = render(
        "quiz.html.j2",
        writer,
        topic=topic,
        q=Asker(writer),
        script_words=_SCRIPT_WORDS[shelf.lang],
        progress=urls.PROGRESS,
    )
    title = writer.word("quiz_of", topic=writer.plain(topic.bank.title))
    lede = writer.plain(topic.bank.summary) if topic.bank.summary else title
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["quizzes_title"], urls.QUIZZES))
    return Page(shelf.lang, topic.path, title, lede, html, menu=urls.QUIZZES, trail=trail, scripts=(SCRIPT,))


def progress_page(shelf: Shelf) -> Page:
    """What the learner has done; the script fills it in from the browser."""
    writer = Writer(shelf, urls.PROGRESS)
    about = _questions_about(shelf)
    paths = [
        Covered(Link(writer.plain(path.title), writer.href(urls.path_path(path.id))), ids)
        for path in shelf.paths
        if (ids := " ".join(dict.fromkeys(name for unit in path.steps for name in about.get(unit, []))))
    ]
    weak = [
        Covered(link, " ".join(about[unit])) for unit in shelf.units if unit in about and (link := writer.unit(unit))
    ]
    html = render(
        "progress.html.j2",
        writer,
        topics=topics(shelf),
        paths=paths,
        weak=weak,
        script_words=_SCRIPT_WORDS[shelf.lang],
    )
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["quizzes_title"], urls.QUIZZES))
    title, lede = writer.words["progress_title"], writer.words["progress_lede"]
    return Page(shelf.lang, urls.PROGRESS, title, lede, html, menu=urls.PROGRESS, trail=trail, scripts=(SCRIPT,))


def _questions_about(shelf: Shelf) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for asked in shelf.questions:
        for unit in asked.question.units:
            found.setdefault(unit, []).append(asked.question.id)
    return found


class Asker:
    """What the template asks for beside words: orders that give nothing away, keys, and a text with its gaps."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def key(self, part: Part) -> str:
        """What a script needs to grade, as JSON."""
        return json.dumps(key_of(part), ensure_ascii=False, separators=(",", ":"))

    def mixed(self, question: str, items: Sequence[Piece]) -> list[Piece]:
        """Items in an order that has nothing to do with the right one, and stays."""
        return sorted(items, key=lambda item: digest(question, item.id))

    def sides(self, question: str, pairs: Sequence[Pair], others: Sequence[Piece]) -> list[tuple[str, Text]]:
        """Right-hand sides, mixed."""
        sides = [*((pair.id, pair.right) for pair in pairs), *((other.id, other.text) for other in others)]
        return sorted(sides, key=lambda side: digest(question, side[0]))

    def gapped(self, part: Part, name: str) -> Markup:
        """The text of a cloze with a field in place of each marker."""
        html = str(self._writer.line(part.text)) if part.text else ""
        for number, gap in enumerate(part.gaps, 1):
            html = html.replace(f"{{{{{gap.id}}}}}", self._field(part, gap, f"{name}.{gap.id}", number))
        return Markup(html)  # noqa: S704 - the line is sanitised, fields are our own

    def _field(self, part: Part, gap: Gap, name: str, number: int) -> str:
        label = escape(self._writer.word("gap", n=number))
        if not gap.options:
            mode = ' inputmode="decimal"' if gap.answer is not None else ""
            return f'<input class="gap" name="{escape(name)}" aria-label="{label}" autocomplete="off"{mode}>'
        options = "".join(
            f'<option value="{escape(option.id)}">{escape(self._writer.plain(option.text))}</option>'
            for option in sorted(gap.options, key=lambda option: digest(part.id, option.id))
        )
        field = f'<select class="gap" name="{escape(name)}" aria-label="{label}">'
        return f'{field}<option value=""></option>{options}</select>'

    def right(self, asked: Part | Gap) -> str:
        """The right answer in words."""
        return right_word(asked, self._writer.lang)

    def wrong(self, row: WrongAnswer) -> str:
        """What is often answered, and wrong."""
        words = Words(th=row.th, en=row.en)
        return str(row.value) if row.value is not None else accepted_word(words, self._writer.lang)

    def told(self, options: Sequence[Option]) -> list[Option]:
        """Options with something to say, the right ones first."""
        return sorted((option for option in options if option.feedback), key=lambda option: not option.correct)
