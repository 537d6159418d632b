"""A filled-in first text of a new unit, with a place for everything its kind can say."""

from datetime import date, timedelta

from coopkm.model.kinds import KINDS

UNWRITTEN = "(ร่าง)"  # begins what stands in the place of a text that a person has still to write
_REVIEW_AFTER = timedelta(days=365)

_OWN = {
    "checklist": """occasion:
  th: เมื่อใดใช้รายการนี้
  en: When this list is used
items:
  - id: first-item
    when: before
    text:
      th: สิ่งที่ต้องทำหรือเตรียม
      en: What to do or prepare
    why:
      th: เพราะเหตุใด
      en: The reason
""",
    "procedure": """short:
  th: ชื่อสั้นในภาพ
  en: Short name in the picture
steps:
  - id: first-step
    number: '1.1'
    title:
      th: ชื่อขั้นตอน
      en: Name of the step
    short:
      th: ชื่อสั้น
      en: Short name
    text:
      th: ทำอะไร
      en: What is done
    acts:
      th: ใครทำ
      en: Who acts
""",
    "worksheet": """blanks:
  - id: first-blank
    form: lines
    lines: 3
    text:
      th: เรื่องที่ให้กรอก
      en: What to fill in
""",
    "course": "modules: []                # รหัสของหน่วยการเรียน ตามลำดับที่เรียน\n",
    "module": """objectives:
  - id: first-objective
    text:
      th: เรียนแล้วทำอะไรได้
      en: What one can do after it
""",
}

_POINTS = """points:
  - id: first-point
    text:
      th: สิ่งที่ต้องทำ ข้อละหนึ่งเรื่อง
      en: What to do, one thing a point
"""


def skeleton(kind: str, name: str, today: date) -> str:
    """YAML of a draft of the kind that passes every check but for what its author must still say."""
    row = KINDS[kind]
    return f"""\
# yaml-language-server: $schema=../../schemas/{kind}.json
# {row.one["th"]}: {row.about["th"]}
id: {name}
kind: {kind}
title:
  th: ชื่อเรื่อง บอกว่าต้องทำอะไร
  en: A title that says what to do
summary:
  th: หนึ่งหรือสองประโยค สิ่งที่ผู้อ่านต้องจำได้
  en: One or two sentences, what the reader must take away
{_OWN.get(kind, _POINTS)}# sources: [เอกสาร.ข้อ]   # รหัสจาก knowledge/sources.yml แล้วเปลี่ยน basis เป็น source
basis: practice            # source | law | practice
audience: [officer]        # officer | trainer | office
stage: first-month         # first-day | first-week | first-month | first-year
minutes: 3
owner:
  th: ชื่อกลุ่มงานหรือตำแหน่งที่ดูแล
  en: The group or post in charge
reviewed: {today.isoformat()}
review_by: {(today + _REVIEW_AFTER).isoformat()}
status: draft              # draft | ready | retired
"""
