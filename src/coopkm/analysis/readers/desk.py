"""What every reader is given, and where it puts what it finds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coopkm.analysis.faults import Fault, fault
from coopkm.analysis.keys import FormKey
from coopkm.analysis.questions import asked_of
from coopkm.analysis.sittings import Asked, Gathered, Paper, Sitting, When
from coopkm.model.base import Text
from coopkm.model.questions import Bank, Question
from coopkm.text.folding import same_words
from coopkm.text.plain import plain_text

Graded = Mapping[str, tuple[Bank, Question]]
_MOST_FAULTS = 2_000
_LEAST = 12  # letters by which a longer text is known to begin with a question


@dataclass(frozen=True)
class Source:
    """A file: its name as told to the trainer, its content, and what the trainer said of it."""

    path: str
    raw: bytes
    when: When = ""
    file: Path | None = None  # a table of single answers, which is not read into memory
    found: bool = False  # it lay in a folder, and nobody named it


@dataclass
class Desk:
    """The questions that can be graded, the keys of forms, and what has come together so far."""

    questions: Graded
    keys: list[FormKey] = field(default_factory=list)
    gathered: Gathered = field(default_factory=Gathered)
    counted: list[Source] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _stems: dict[str, str] = field(default_factory=dict)

    def tell(self, path: str, code: str, line: int = 0, **values: object) -> None:
        """Note a fault that does not end the file; a file of nothing but faults is not told to the last one."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(fault(path, code, line, **values))

    def put(self, test: Paper, sittings: Iterable[Sitting]) -> None:
        """Keep a test and who sat it; a test that several files are of has the questions of all of them."""
        earlier = self.gathered.tests.get(test.id)
        if earlier:
            asked = {row.id: row for row in (*earlier.asked, *test.asked)}
            test = Paper(test.id, _both(earlier.title, test.title), tuple(asked.values()))
        self.gathered.tests[test.id] = test
        self.gathered.sittings.extend(sittings)

    def asked(self, name: str, number: str, letters: Mapping[str, str] | None = None) -> Asked:
        """A question of the project as the figures show it."""
        return asked_of(*self.questions[name], number, letters)

    def named(self, text: str) -> str | None:
        """The question that a text is, or that it begins with: Moodle puts the options after it."""
        wanted = same_words(text)
        stems = self._all_stems()
        if wanted in stems:
            return stems[wanted]
        longest = max((stem for stem in stems if len(stem) >= _LEAST and wanted.startswith(stem)), key=len, default="")
        return stems.get(longest)

    def _all_stems(self) -> dict[str, str]:
        if not self._stems:
            for name, (_, question) in self.questions.items():
                for stem in (question.stem, question.situation):
                    for text in (stem.th, stem.en) if stem else ():
                        if text:
                            self._stems.setdefault(same_words(plain_text(text)), name)
        return self._stems


def _both(first: Text, second: Text) -> Text:
    """A test that is known by its files goes by the names of them all."""
    if second.th in first.th.split(" + "):
        return first
    return Text(th=f"{first.th} + {second.th}", en=f"{first.en or first.th} + {second.en or second.th}")


_PRE, _POST = {"pre", "before", "ก่อน", "ก่อนเรียน", "ก่อนอบรม"}, {"post", "after", "หลัง", "หลังเรียน", "หลังอบรม"}


def when_of(written: str, otherwise: When) -> When:
    """pre or post, as the trainer says on the command line or else as the row says."""
    if otherwise:
        return otherwise
    plain = re.sub(r"[\s-]|test", "", written.casefold())
    return "pre" if plain in _PRE else "post" if plain in _POST else ""


def unknown_question(name: str, number: str, stem: str, most: float) -> Asked:
    """A question of which only the file tells."""
    return Asked(name, number, Text(th=stem or number, en=stem or number), most)
