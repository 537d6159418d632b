"""QTI 2.1 and 3.0: a zip with a test, an item for each question, and a manifest.

Items are built with the names of 2.1; 3.0 has the same names in kebab case behind `qti-` (`in_dialect`).
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as ET

from coopkm.exports.archive import packed, unpacked
from coopkm.exports.items import Question
from coopkm.exports.limits import Format
from coopkm.exports.qti_item import HTML, item_of
from coopkm.exports.qti_reading import question_of
from coopkm.exports.tags import of_tags, tags_of
from coopkm.model.base import Lang


class Dialect(NamedTuple):
    """What differs between the versions beside the names."""

    version: str
    namespace: str
    item: str
    test: str
    package: str
    schema: str


_DIALECTS: dict[str, Dialect] = {
    "qti21": Dialect(
        "2.1",
        "http://www.imsglobal.org/xsd/imsqti_v2p1",
        "imsqti_item_xmlv2p1",
        "imsqti_test_xmlv2p1",
        "http://www.imsglobal.org/xsd/imscp_v1p1",
        "QTIv2.1 Package",
    ),
    "qti30": Dialect(
        "3.0",
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "imsqti_item_xmlv3p0",
        "imsqti_test_xmlv3p0",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "QTI Package",
    ),
}
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_MANIFEST, _TEST = "imsmanifest.xml", "test.xml"
_FLOW = ("modalFeedback", "rubricBlock")  # 3.0 puts what they hold into a body of its own
_KEPT = {"xml:lang", "class", "href", "title", "lang", "id"}


def write(questions: Sequence[Question], edition: date, lang: Lang, name: Format = "qti30") -> bytes:
    """The package of these questions."""
    dialect = _DIALECTS[name]
    files = {_MANIFEST: _bytes(_manifest(questions, dialect, edition, lang)), _TEST: _test(questions, dialect, edition)}
    for question in questions:
        files[_path(question)] = _bytes(in_dialect(item_of(question, lang), dialect))
    return packed(files)


def _path(question: Question) -> str:
    return f"items/{question.id}.xml"


def _bytes(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def in_dialect(root: ET.Element, dialect: Dialect) -> ET.Element:
    """The same tree with the names of a version and its namespace."""
    if dialect.version == "3.0":
        for node in list(root.iter()):
            _in_kebab(node)
    root.set("xmlns", dialect.namespace)
    return root


def _in_kebab(node: ET.Element) -> None:
    if node.tag in HTML:
        return
    if node.tag in _FLOW:
        body = ET.Element("qti-content-body")
        body.text, node.text = node.text, None
        body.extend(list(node))
        for child in list(node):
            node.remove(child)
        node.append(body)
    node.tag = f"qti-{_kebab(node.tag)}"
    node.attrib = {name if name in _KEPT else _kebab(name): value for name, value in node.attrib.items()}


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: f"-{match[0].lower()}", name)


def _camel(name: str) -> str:
    return re.sub(r"-([a-z])", lambda match: match[1].upper(), name)


def _test(questions: Sequence[Question], dialect: Dialect, edition: date) -> bytes:
    root = ET.Element("assessmentTest", identifier="coopkm", title=f"CoopKM {edition}")
    part = ET.SubElement(root, "testPart", identifier="all", navigationMode="nonlinear", submissionMode="individual")
    sections: dict[str, ET.Element] = {}
    for question in questions:
        topic = question.topic or "questions"
        if topic not in sections:
            title = question.title or topic
            sections[topic] = ET.SubElement(part, "assessmentSection", identifier=topic, title=title, visible="true")
        # A section and an item may not share an identifier.
        ET.SubElement(sections[topic], "assessmentItemRef", identifier=f"ref.{question.id}", href=_path(question))
    return _bytes(in_dialect(root, dialect))


def _manifest(questions: Sequence[Question], dialect: Dialect, edition: date, lang: Lang) -> ET.Element:
    root = ET.Element("manifest", {"identifier": f"coopkm-{edition}-{lang}", "xmlns": dialect.package})
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = dialect.schema
    ET.SubElement(metadata, "schemaversion").text = f"{dialect.version}.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    test = ET.SubElement(resources, "resource", identifier="test", type=dialect.test, href=_TEST)
    ET.SubElement(test, "file", href=_TEST)
    for question in questions:
        ET.SubElement(test, "dependency", identifierref=f"item.{question.id}")
    for question in questions:
        path, name = _path(question), f"item.{question.id}"
        resource = ET.SubElement(resources, "resource", identifier=name, type=dialect.item, href=path)
        _keywords(ET.SubElement(resource, "metadata"), tags_of(question))
        ET.SubElement(resource, "file", href=path)
    return root


def _keywords(metadata: ET.Element, tags: Sequence[str]) -> None:
    general = ET.SubElement(ET.SubElement(metadata, "lom", xmlns=_LOM), "general")
    for tag in tags:
        ET.SubElement(ET.SubElement(general, "keyword"), "string", language="x-none").text = tag


def read(raw: bytes) -> list[Question]:
    """The questions of a package of our own making."""
    files = unpacked(raw)
    titles = {
        reference.get("href"): section.get("title")
        for section in _parsed(files[_TEST]).iter("assessmentSection")
        for reference in section.iter("assessmentItemRef")
    }
    tags = {
        resource.get("href"): [keyword.text or "" for keyword in resource.iter("string")]
        for resource in _parsed(files[_MANIFEST]).iter("resource")
    }
    return [
        question_of(_parsed(files[path]), title=titles[path], **of_tags(tags[path]))
        for path in files
        if path not in (_MANIFEST, _TEST)
    ]


def _parsed(raw: bytes) -> ET.Element:
    """The tree with the names of 2.1 and without namespaces."""
    root = ET.fromstring(raw)
    for node in list(root.iter()):
        tag = node.tag.rpartition("}")[2]
        if tag.startswith("qti-"):
            node.tag = _camel(tag.removeprefix("qti-"))
            node.attrib = {name if name in _KEPT else _camel(name): value for name, value in node.attrib.items()}
        else:
            node.tag = tag
    for node in list(root.iter()):
        body = node.find("contentBody")
        if body is not None:
            node.remove(body)
            node.text = body.text
            node.extend(list(body))
    return root
