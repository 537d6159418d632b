"""report.md: where each line went, what was not understood, what is proposed, and what to do next."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from coopkm.imports.drafts import Draft
from coopkm.imports.misprints import Proposal
from coopkm.imports.outline import Outline
from coopkm.imports.rows import Row, Source
from coopkm.imports.words import words
from coopkm.model.kinds import KINDS

_PERSON = re.compile(
    r"(?<![\u0e00-\u0e7f])(?:{})\s?[\u0e01-\u0e4e]+\s+[\u0e01-\u0e4e]+".format(
        "|".join(map(re.escape, words()["persons"]))
    )
)


@dataclass(frozen=True)
class Found:
    """All that an import found."""

    source: Source
    outline: Outline
    drafts: Sequence[Draft]
    aside: Mapping[int, str]
    proposals: Sequence[Proposal]
    items: int
    coarse: bool
    listed: bool  # whether a list of misprints was there


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("coopkm.imports").joinpath("report_words.yml").read_text("utf-8"))
    return found


class Report:
    """Writes the report in one language."""

    def __init__(self, found: Found, lang: str) -> None:
        self._found = found
        self._lang = lang
        self._rows = {row.number: row for row in found.source.rows}

    def text(self) -> str:
        """The whole report, as Markdown."""
        parts = (
            self._summary,
            self._drafts,
            self._todo,
            self._doubts,
            self._misprints,
            self._aside,
            self._letters,
            self._move,
        )
        lines = [f"# {self._say('title', name=_cell(self._found.source.name))}", "", self._say("intro"), ""]
        for part in parts:
            lines += [*part(), ""]
        return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"

    def _say(self, *path: str, **values: object) -> str:
        said: Any = _words()
        for name in path:
            said = said[name]
        text: str = said[self._lang]
        return text.format(**values) if values else text

    def _summary(self) -> Iterator[str]:
        found = self._found
        rows = [row for row in found.source.rows if row.shown.strip()]
        form = found.source.form.upper() + (f", {found.source.encoding}" if found.source.encoding else "")
        yield from (
            f"## {self._say('summary')}",
            "",
            f"| {self._say('what')} | {self._say('count')} |",
            "| :--- | ---: |",
        )
        yield f"| {self._say('form')} | {form} |"
        if found.source.pages:
            yield f"| {self._say('pages')} | {found.source.pages} |"
        aside = sum(row.number in found.aside for row in rows)
        counts = {"lines": len(rows), "lines_drafts": len(rows) - aside, "lines_report": aside}
        for name, count in {**counts, "drafts_count": len(found.drafts), "items_count": found.items}.items():
            yield f"| {self._say(name)} | {count} |"
        if found.coarse:
            yield from ("", self._say("coarse"))

    def _drafts(self) -> Iterator[str]:
        yield from (f"## {self._say('drafts')}", "")
        if not self._found.drafts:
            yield self._say("none")
            return
        names = ("draft", "heading", "place", "kind", "because", "folder")
        yield "| " + " | ".join(self._say(name) for name in names) + " |"
        yield "| :--- " * len(names) + "|"
        for draft in self._found.drafts:
            kind = KINDS[draft.kind]
            because = _cell(draft.because) or self._say("unknown_kind")
            first = self._rows[draft.rows[0]]
            title = _cell(draft.section.title) or "–"
            cells = (
                f"`{draft.id}`",
                title,
                self._place(first),
                kind.one[self._lang],
                because,
                f"`knowledge/{kind.folder}/`",
            )
            yield f"| {' | '.join(cells)} |"

    def _todo(self) -> Iterator[str]:
        yield from (f"## {self._say('todo')}", "", self._say("todo_text"))

    def _doubts(self) -> Iterator[str]:
        lines = [f"- {self._say(code, **values)}" for code, values in self._found.source.remarks]
        for number, label in self._found.outline.jumps:
            lines.append(f"- {self._say('jump', label=label, place=self._place(self._rows[number]))}")
        for draft in self._found.drafts:
            for name in dict.fromkeys(match.group() for match in _PERSON.finditer(draft.told)):
                lines.append(f"- {self._say('person', draft=draft.id, name=_cell(name))}")
        if lines:
            yield from (f"## {self._say('doubts')}", "", *lines)

    def _misprints(self) -> Iterator[str]:
        yield from (f"## {self._say('misprints')}", "")
        if not self._found.proposals:
            yield self._say("misprints_none" if self._found.listed else "misprints_unlisted")
            return
        names = ("wrong", "right", "certainty", "place", "draft")
        yield "| " + " | ".join(self._say(name) for name in names) + " |"
        yield "| :--- " * len(names) + "|"
        counts = Counter((one.misprint.wrong, one.row.number) for one in self._found.proposals)
        for one in {(one.misprint.wrong, one.row.number): one for one in self._found.proposals}.values():
            draft = f"`{one.draft}`" if one.draft else "–"
            count = counts[one.misprint.wrong, one.row.number]
            wrong, right = _cell(one.misprint.wrong), _cell(one.misprint.right)
            shown = f"{wrong} ×{count}" if count > 1 else wrong
            cells = (shown, right, self._say(one.misprint.certainty), self._place(one.row), draft)
            yield f"| {' | '.join(cells)} |"
        yield from ("", self._say("misprints_labels"))

    def _aside(self) -> Iterator[str]:
        yield from (f"## {self._say('aside')}", "")
        if not self._found.aside:
            yield self._say("aside_none")
            return
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self._found.source.rows:
            if row.number in self._found.aside:
                groups[self._found.aside[row.number]].append(row)
        for reason in _words()["reasons"]:
            if groups[reason]:
                yield from (f"### {self._say('reasons', reason)}", "", *self._verbatim(groups[reason]), "")

    def _verbatim(self, rows: Iterable[Row]) -> Iterator[str]:
        """Rows as they stand: indented, so that nothing in them is markup."""
        for row in rows:
            place = f"{row.page}:{row.number}" if row.page else f"{row.number}"
            text = " ".join(row.shown.replace("\t", " → ").split())
            yield f"    {place:>7}  {text}"

    def _letters(self) -> Iterator[str]:
        counts = {name: count for name, count in self._found.outline.counts.items() if count}
        if counts:
            yield from (f"## {self._say('letters')}", "")
            for name in _words()["letter_counts"]:
                if name in counts:
                    yield f"- {self._say('letter_counts', name)}: {counts[name]}"

    def _move(self) -> Iterator[str]:
        yield from (f"## {self._say('move')}", "", self._say("move_text"))

    def _place(self, row: Row) -> str:
        if row.page:
            return self._say("page_line", page=row.page, line=row.number)
        return self._say("line", line=row.number)


def _cell(text: str) -> str:
    """A text inside a table or sentence: one line, no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))
