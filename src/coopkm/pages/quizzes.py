"""Self-assessment: a page a topic with its practice questions, and the list of topics.

A page is a form that works by itself: answers stand in `details`, so it needs no script and can be printed. The exam
pool never comes this far: the shelf holds practice questions only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from coopkm.model.base import Text
from coopkm.model.questions import Bank, Gap, Option, Pair, Part, Piece, Question
from coopkm.pages.page import Link, Page
from coopkm.pages.render import render
from coopkm.pages.writer import Shelf, Writer
from coopkm.text.digest import digest
from coopkm.views import urls


@dataclass(frozen=True)
class Topic:
    """A bank with the questions that pages show."""

    bank: Bank
    questions: list[Question]

    @property
    def path(self) -> str:
        return urls.quiz_path(self.bank.id)


def topics(shelf: Shelf) -> list[Topic]:
    """The topics in the order of their titles' files."""
    found: dict[str, Topic] = {}
    for asked in shelf.questions:
        found.setdefault(asked.bank.id, Topic(asked.bank, [])).questions.append(asked.question)
    return list(found.values())


def quizzes_page(shelf: Shelf) -> Page:
    """All topics."""
    writer = Writer(shelf, urls.QUIZZES)
    html = render("quizzes.html.j2", writer, topics=topics(shelf))
    title, lede = writer.words["quizzes_title"], writer.words["quizzes_lede"]
    home = (Link(writer.words["home"], urls.HOME),)
    return Page(shelf.lang, urls.QUIZZES, title, lede, html, menu=urls.QUIZZES, trail=home)


def quiz_page(shelf: Shelf, topic: Topic) -> Page:
    """One topic."""
    writer = Writer(shelf, topic.path)
    html = render("quiz.html.j2", writer, topic=topic, q=Asker(writer))
    title = writer.word("quiz_of", topic=writer.plain(topic.bank.title))
    lede = writer.plain(topic.bank.summary) if topic.bank.summary else title
    trail = (Link(writer.words["home"], urls.HOME), Link(writer.words["quizzes_title"], urls.QUIZZES))
    return Page(shelf.lang, topic.path, title, lede, html, menu=urls.QUIZZES, trail=trail)


class Asker:
    """What the template asks for beside words: orders that give nothing away, and a text with its gaps."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def mixed(self, question: str, items: Sequence[Piece]) -> list[Piece]:
        """Items in an order that has nothing to do with the right one, and stays."""
        return sorted(items, key=lambda item: digest(question, item.id))

    def sides(self, question: str, pairs: Sequence[Pair], others: Sequence[Piece]) -> list[tuple[str, Text]]:
        """Right-hand sides, mixed."""
        sides = [*((pair.id, pair.right) for pair in pairs), *((other.id, other.text) for other in others)]
        return sorted(sides, key=lambda side: digest(question, side[0]))

    def gapped(self, part: Part) -> Markup:
        """The text of a cloze with a field in place of each marker."""
        html = str(self._writer.line(part.text)) if part.text else ""
        for number, gap in enumerate(part.gaps, 1):
            html = html.replace(f"{{{{{gap.id}}}}}", self._field(part, gap, number))
        return Markup(html)  # noqa: S704 - the line is sanitised, fields are our own

    def _field(self, part: Part, gap: Gap, number: int) -> str:
        name = escape(f"{part.id}.{gap.id}")
        label = escape(self._writer.word("gap", n=number))
        if not gap.options:
            return f'<input class="gap" name="{name}" aria-label="{label}" autocomplete="off">'
        options = "".join(
            f'<option value="{escape(option.id)}">{escape(self._writer.plain(option.text))}</option>'
            for option in sorted(gap.options, key=lambda option: digest(part.id, option.id))
        )
        return f'<select class="gap" name="{name}" aria-label="{label}"><option value=""></option>{options}</select>'

    def right(self, gap: Gap) -> str:
        """The right answer of a gap in words."""
        if gap.options:
            return next((self._writer.plain(option.text) for option in gap.options if option.correct), "")
        if gap.accept:
            return str((getattr(gap.accept, self._writer.lang) or [*gap.accept.th, *gap.accept.en])[0])
        return str(gap.answer)

    def accepted(self, part: Part) -> str:
        """The first accepted answer in the language of the page."""
        if part.accept is None:
            return ""
        return str((getattr(part.accept, self._writer.lang) or [*part.accept.th, *part.accept.en])[0])

    def told(self, options: Sequence[Option]) -> list[Option]:
        """Options with something to say, the right ones first."""
        return sorted((option for option in options if option.feedback), key=lambda option: not option.correct)
