"""The reference pages as text, drawn from the package's own tables. Nothing is written here."""

import re
import string
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
import yaml

from coopkm.cli.main import cli
from coopkm.model.base import LANGS, Detail, Endorsement, Point, Record, Text, Unit, record_type
from coopkm.model.fields import about, describe, records_in
from coopkm.model.kinds import KINDS
from coopkm.model.schema import FILES
from coopkm.problems import CATALOGUE

WORDS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
COMMON: tuple[type[Record], ...] = (Unit, Point, Detail, Text, Endorsement)
FOLDERS = {
    "bank": "quizzes/*.yml",
    "blueprint": "quizzes/blueprints/*.yml",
    "km": "km/*.yml",
    "edition": "changes/*.yml",
    "handbook": "handbook.yml",
}
THAI = re.compile("[\u0e00-\u0e7f]")


def pages() -> dict[str, str]:
    """Path from the project's folder to text."""
    makers = {"fields": fields, "problems": problems, "commands": commands}
    return {
        f"docs/{lang}/reference/{name}.md": page(WORDS[name][lang], "\n".join(make(lang)))
        for lang in LANGS
        for name, make in makers.items()
    }


def page(words: dict[str, str], body: str) -> str:
    head = f"---\ndescription: {words['about']}\n---\n\n# {words['title']}\n\n{words['lede']}\n"
    text = f"{head}\n{body}\n\n---\n\n{words['made']}\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def fields(lang: str) -> Iterator[str]:
    words = WORDS["fields"][lang]
    yield f"## {words['common']}\n"
    for record in COMMON:
        yield from titled(record, lang)
    for name, kind in KINDS.items():
        yield f"## {kind.one[lang]} (`{name}`) {{#kind-{name}}}\n\n{kind.about[lang]}\n"
        own = set(kind.model.model_fields) - set(Unit.model_fields)
        yield from fields_of(kind.model, lang, own) if own else [f"{words['nothing_more']}\n"]
        for record in records_in(kind.model):
            if record not in (kind.model, *COMMON):
                yield from titled(record, lang)
    told = set(COMMON)  # a record that several files hold is told once
    for name, model in FILES.items():
        file = FOLDERS.get(name, f"knowledge/{name}.yml")
        yield f"## {file} {{#file-{name}}}\n\n{about(model)[lang]}\n"
        yield from fields_of(model, lang, model.model_fields)
        for record in records_in(model):
            if record is not model and record not in told:
                told.add(record)
                yield from titled(record, lang)


def titled(record: type[Record], lang: str) -> Iterator[str]:
    yield f"### {about(record)[lang].rstrip('.')} {{#{record.__name__.lower()}}}\n"
    yield from fields_of(record, lang, record.model_fields)


def fields_of(record: type[Record], lang: str, names: Collection[str]) -> Iterator[str]:
    words = WORDS["fields"][lang]
    for name, field in record.model_fields.items():
        if name not in names:
            continue
        found, inner = describe(record, name), record_type(field.annotation)
        see = words["see"].format(anchor=inner.__name__.lower()) if inner not in (None, record, Text) else ""
        yield f"`{name}` ({words['must' if field.is_required() else 'may']})"
        yield f":   {getattr(found, lang)} {see}".rstrip() + "\n"
        values = list(KINDS) if (record, name) == (Unit, "kind") else choices(field.annotation)
        if values:
            yield f"    {words['values']} {', '.join(f'`{value}`' for value in values)}\n"
        yield "    ```yaml\n" + "".join(f"    {line}\n" for line in found.example.splitlines()) + "    ```\n"


def choices(annotation: Any) -> list[str]:
    """The words of the `Literal` in an annotation, if there is one."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for part in get_args(annotation) for word in choices(part)]


def problems(lang: str) -> Iterator[str]:
    words = WORDS["problems"][lang]
    for severity in ("error", "warning"):
        yield f"## {words[severity]}\n"
        for code, rule in CATALOGUE.items():
            if rule.severity != severity:
                continue
            fix = plain(rule.fix[lang])
            if rule.fix_guess != rule.fix:
                fix += f" ({words['or']} {plain(rule.fix_guess[lang])})"
            yield f"### {code}\n\n{plain(rule.what[lang])}\n\n**{words['fix']}** {fix}\n"


def plain(template: str) -> str:
    """A message as Markdown, with … for what each problem fills in."""
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    text = template.format(**dict.fromkeys(names, "…"))
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else escaped(part) for part in parts)


def escaped(text: str) -> str:
    return re.sub(r"([\\*_\[\]#])", r"\\\1", text).replace("<", "&lt;")


def commands(lang: str) -> Iterator[str]:
    words = WORDS["commands"][lang]
    yield f"## {words['shared']}\n\n{words['shared_about']}\n"
    yield from options(cli, lang)
    for name, command in sorted(cli.commands.items()):
        yield f"## coopkm {name}\n\n```\n{' '.join(['coopkm', name, *needed(command)])}\n```\n"
        told = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
        yield from (f"{part}\n" for part in told if bool(THAI.search(part)) == (lang == "th"))
        yield from options(command, lang)


def needed(command: click.Command) -> Iterator[str]:
    """What a command cannot do without."""
    for one in command.params:
        if isinstance(one, click.Argument):
            yield one.metavar or str(one.name).upper()
        elif isinstance(one, click.Option) and one.required:
            yield from (one.opts[0], *value_of(one))


def options(command: click.Command, lang: str) -> Iterator[str]:
    for one in command.params:
        if not isinstance(one, click.Option):
            continue
        english, _, thai = (one.help or "").partition(" / ")
        yield f"`{' '.join([one.opts[0], *value_of(one)])}`"
        yield f":   {thai if lang == 'th' else english}\n"


def value_of(option: click.Option) -> Iterator[str]:
    if isinstance(option.type, click.Choice):
        yield "|".join(option.type.choices)
    elif not option.is_flag:
        yield option.type.name.upper().split()[0]
