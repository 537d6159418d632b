"""SCORM 1.2: a zip with a test that plays by itself, one for each topic.

The page marks with the graders of the site's quizzes, `quizzes/browser/grade.js`, so an answer is worth the same here.
It says what it has to the learning system as SCORM 1.2 has it: score, status, time, interactions, and what is needed to
go on another day.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import yaml

from coopkm.exports.archive import packed, unpacked
from coopkm.exports.items import Question
from coopkm.model.base import Lang
from coopkm.text.folding import folding_rules
from coopkm.text.script import joined
from coopkm.views.questions import Pool

_PAGE, _SCRIPT, _STYLE, _MANIFEST = "index.html", "test.js", "test.css", "imsmanifest.xml"
_PARTS = (
    ("coopkm.text", "fold"),
    ("coopkm.quizzes", "grade"),
    ("coopkm.quizzes", "dom"),
    ("coopkm.exports", "scorm_report"),
    ("coopkm.exports", "scorm_fields"),
    ("coopkm.exports", "scorm_test"),
)
_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
_CONTENT = re.compile(r'<script type="application/json" id="content">(.*?)</script>', re.DOTALL)


def write(
    questions: Sequence[Question], edition: date, lang: Lang, *, pass_mark: int = 70, pool: Pool = "practice"
) -> bytes:
    """The package of the questions of a topic."""
    title = (questions[0].title or questions[0].topic or "") if questions else ""
    topic = (questions[0].topic or "test") if questions else "test"
    words = {name: row[lang] for name, row in _words().items()}
    content = {
        "title": title,
        "topic": topic,
        "pass_mark": pass_mark,
        "exam": pool == "exam",
        "words": words,
        "items": [_item(question) for question in questions],
    }
    manifest = _manifest(title, f"{topic}-{lang}-{edition}", pass_mark)
    return packed(
        {
            _MANIFEST: ET.tostring(manifest, encoding="utf-8", xml_declaration=True),
            _PAGE: _page(title, lang, content).encode("utf-8"),
            _STYLE: files(__package__).joinpath("scorm.css").read_bytes(),
            _SCRIPT: _script().encode("utf-8"),
        }
    )


def _item(question: Question) -> dict[str, Any]:
    """The question as the script takes it; parts of a case have their own keys."""
    fields = question.model_dump(mode="json", exclude_defaults=True)
    keys = {key["id"]: key for key in question.key.get("parts", [])}
    for part in fields.get("parts", []):
        part["key"] = keys[part["id"]]
    return {**fields, "key": question.key}


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("scorm_words.yml").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def _script() -> str:
    rules = json.dumps(folding_rules(), ensure_ascii=False, separators=(",", ":"))
    return joined(_PARTS, f"const FOLDING = {rules};\n")


def _page(title: str, lang: Lang, content: dict[str, Any]) -> str:
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{_STYLE}">
</head>
<body>
<main data-scorm><noscript>{escape(_words()["no_script"][lang])}</noscript></main>
<script type="application/json" id="content">{data}</script>
<script src="{_SCRIPT}"></script>
</body>
</html>
"""


def _manifest(title: str, identifier: str, pass_mark: int) -> ET.Element:
    root = ET.Element(
        "manifest", {"identifier": f"coopkm-{identifier}", "version": "1.2", "xmlns": _CP, "xmlns:adlcp": _ADL}
    )
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "ADL SCORM"
    ET.SubElement(metadata, "schemaversion").text = "1.2"
    organisations = ET.SubElement(root, "organizations", default="course")
    course = ET.SubElement(organisations, "organization", identifier="course")
    ET.SubElement(course, "title").text = title
    item = ET.SubElement(course, "item", identifier="test", identifierref="page", isvisible="true")
    ET.SubElement(item, "title").text = title
    ET.SubElement(item, "adlcp:masteryscore").text = str(pass_mark)
    resources = ET.SubElement(root, "resources")
    attributes = {"identifier": "page", "type": "webcontent", "adlcp:scormtype": "sco", "href": _PAGE}
    resource = ET.SubElement(resources, "resource", attributes)
    for name in (_PAGE, _SCRIPT, _STYLE):
        ET.SubElement(resource, "file", href=name)
    return root


def read(raw: bytes) -> list[Question]:
    """The questions of a package of our own making, as its page has them."""
    match = _CONTENT.search(unpacked(raw)[_PAGE].decode("utf-8"))
    if match is None:
        raise ValueError(_PAGE)
    return [_question(fields) for fields in json.loads(match[1])["items"]]


def _question(fields: dict[str, Any]) -> Question:
    parts = [{name: value for name, value in part.items() if name != "key"} for part in fields.get("parts", [])]
    return Question.model_validate({**fields, **({"parts": parts} if parts else {})})
