"""`coopkm exam`."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopkm.cli.context import Context
from coopkm.errors import CannotGoOn
from coopkm.library import Library, Placed
from coopkm.model.base import Lang
from coopkm.model.blueprint import Blueprint
from coopkm.problems.report import as_text
from coopkm.text.guess import guess
from coopkm.writing import write_file

if TYPE_CHECKING:
    from coopkm.forms.files import Made


class _Labels(click.ParamType[list[str]]):
    """Letters of forms, parted by commas."""

    name = "letters"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        labels = [label.strip().upper() for label in value.split(",")]
        if not all(re.fullmatch("[A-Z]", label) for label in labels) or len(set(labels)) != len(labels):
            self.fail(f"{value!r}: A,B / ใช้อักษร A ถึง Z ไม่ซ้ำกัน คั่นด้วยจุลภาค", param, ctx)
        return labels


class _Formats(click.ParamType[list[str]]):
    """Formats, parted by commas."""

    name = "formats"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        formats = [name.strip().lower() for name in value.split(",")]
        if not all(name in ("pdf", "docx") for name in formats):
            self.fail(f"{value!r}: pdf,docx", param, ctx)
        return list(dict.fromkeys(formats))


@click.command(name="exam")
@click.argument("blueprint", metavar="BLUEPRINT")
@click.option("--forms", type=_Labels(), default="A,B", help="Letters of the forms / ชื่อชุดข้อสอบ เช่น A,B")
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed, the same paper / เลขเดิมได้ข้อสอบเดิม")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write to / โฟลเดอร์ปลายทาง",
)
@click.option("--lang", type=click.Choice(["th", "en"]), help="Language of the paper / ภาษาของข้อสอบ")
@click.option(
    "--format", "formats", type=_Formats(), default="pdf,docx", help="pdf,docx or one / pdf,docx หรืออย่างใดอย่างหนึ่ง"
)
@click.option("--overlap", is_flag=True, help="Forms may share questions if need be / ยอมให้ชุดข้อสอบมีข้อซ้ำกันเมื่อคำถามไม่พอ")
@click.option(
    "--crossover",
    type=click.IntRange(2, 2000),
    metavar="PEOPLE",
    help="Plan who sits which form before and after / วางแผนสลับชุดข้อสอบก่อนและหลังอบรม โดยระบุจำนวนคน",
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON of coopkm analyse: how easy questions were / ไฟล์ JSON ของ coopkm analyse ใช้ปรับความยากให้เท่ากัน",
)
@click.pass_obj
def command(
    context: Context,
    blueprint: str,
    forms: list[str],
    seed: int,
    out: Path,
    lang: Lang | None,
    formats: list[str],
    overlap: bool,
    crossover: int | None,
    figures: Path | None,
) -> None:
    """Make equal forms of a test on paper, with answer sheets and keys, by a blueprint of quizzes/blueprints/.

    ทำข้อสอบบนกระดาษหลายชุดที่เท่าเทียมกัน พร้อมกระดาษคำตอบและเฉลย ตามผังข้อสอบใน quizzes/blueprints/
    """
    from coopkm.forms.crossover import planned
    from coopkm.forms.draw import draw
    from coopkm.forms.figures import read_ease
    from coopkm.forms.files import files
    from coopkm.forms.layout import laid_out
    from coopkm.forms.report import balance_text

    context.refuse_published(out)
    if crossover and len(forms) != 2:
        raise CannotGoOn("--crossover ต้องมีสองชุด เช่น --forms A,B", "--crossover needs two forms, such as --forms A,B")
    library = context.read_sound()
    placed = _blueprint(library, blueprint)
    spoken = _language(placed.value, lang)
    ease = read_ease(figures) if figures else {}
    drawn = draw(library, placed, len(forms), seed, spoken, overlap=overlap, ease=ease)
    if drawn.unsaid:
        context.say(
            f"ไม่ใช้คำถาม {drawn.unsaid} ข้อ เพราะภาษาที่เลือกยังไม่ครบหรือเก่ากว่าภาษาไทย",
            f"{drawn.unsaid} questions were left out: their texts in this language are missing or out of date",
        )
    if drawn.problems:
        click.echo(as_text(drawn.problems, context.lang), nl=False, err=True)
        raise click.exceptions.Exit(1)
    rows = ([row for cell in form for row in cell] for form in drawn.forms)
    made = [laid_out(placed.value, label, asked, seed, spoken) for label, asked in zip(forms, rows, strict=True)]
    plan = planned(crossover, seed) if crossover else None
    _write(context, out, files(made, drawn.facts, library, plan, formats))
    topics = {name: bank.value.title.shown(context.lang) for name, bank in library.banks.items()}
    click.echo(balance_text(made, drawn.facts, topics, context.lang), nl=False)


def _blueprint(library: Library, name: str) -> Placed[Blueprint]:
    """By id, or by the path of its file."""
    found = library.blueprints.get(Path(name).stem if name.endswith((".yml", ".yaml")) else name)
    if found:
        return found
    near = guess(name, library.blueprints) or ", ".join(library.blueprints) or "-"
    raise CannotGoOn(f"ไม่มีผังข้อสอบ {name} ที่มีคือ {near}", f"there is no blueprint {name}; there are: {near}")


def _language(blueprint: Blueprint, lang: Lang | None) -> Lang:
    if lang and lang not in blueprint.languages:
        spoken = ", ".join(blueprint.languages)
        raise CannotGoOn(
            f"ผังข้อสอบ {blueprint.id} มีภาษา {spoken} เท่านั้น (ช่อง languages)",
            f"the blueprint {blueprint.id} is for {spoken} only (its field `languages`)",
        )
    return lang or blueprint.languages[0]


def _write(context: Context, out: Path, made: "Sequence[Made]") -> None:
    """Write all; what people may have filled in since stays as it is."""
    kept = [one for one in made if one.filled and _differs(out / one.name, one.content)]
    for one in kept:
        path = out / one.name
        context.say(f"ไม่เขียนทับ {path} เพราะอาจกรอกแล้ว", f"{path} was left as it is: it may be filled in")
    written = [one for one in made if one not in kept]
    for one in written:
        write_file(out / one.name, one.content)
    context.say(f"เขียน {len(written)} ไฟล์ใน {out}", f"wrote {len(written)} files to {out}")


def _differs(path: Path, content: bytes) -> bool:
    """Whether there is a file with something else in it."""
    return path.exists() and path.read_bytes() != content
