"""A filled-in first text of a year's KM record: the duties that the knowledge explains, with days to be changed."""

import json
from datetime import date

from coopkm.library import Library
from coopkm.model.base import Unit
from coopkm.text.dates import BUDDHIST_OFFSET

_HEAD = """\
# yaml-language-server: $schema=../schemas/km.json
# บันทึกการจัดการความรู้ ปีงบประมาณ {year}: แก้หัวข้อ คำสั่ง วันที่ และผู้รับผิดชอบให้เป็นของสำนักงาน แล้วสั่ง coopkm check
# ไฟล์นี้แสดงบนเว็บไซต์ จึงไม่ใส่ชื่อบุคคล ใส่เพียงตำแหน่งและจำนวน
year: {year}
topic:
  th: หัวข้อองค์ความรู้ของปีนี้
  en: What this year's knowledge is about
order_title:
  th: คำสั่งแต่งตั้งคณะทำงานการจัดการความรู้
  en: Order that appoints the KM working group
order_date: {first}        # วันที่ของคำสั่ง
report_by: {last}         # วันสุดท้ายที่ต้องรายงาน ตามคำสั่งหรือหนังสือของปีนี้
share: 80                     # ร้อยละของบุคลากรที่ต้องเข้าร่วม ตามคำสั่ง
duties:
"""
_DUTY = """\
  - id: {id}
    step: {id}
    title:
      th: {th}
      en: {en}
    post:
      th: คณะทำงานการจัดการความรู้
      en: KM working group
    due: {last}
    state: planned            # planned | doing | done (เมื่อเสร็จ เพิ่ม done: วันที่ และ evidence)
"""
_PLAIN = """\
  - id: first
    title:
      th: หน้าที่ข้อแรกตามคำสั่ง
      en: The first duty of the order
    post:
      th: คณะทำงานการจัดการความรู้
      en: KM working group
    due: {last}
    state: planned
"""
_GROUPS = """\
groups:
  - id: promotion
    title:
      th: กลุ่มส่งเสริมสหกรณ์
      en: Promotion group
    staff: 0                  # จำนวนทั้งหมด
    took_part: 0              # จำนวนที่เข้าร่วม
# ส่วนต่อไปนี้ยังไม่ใช้ เมื่อจะใช้ให้ลบ "# " หน้าบรรทัด แล้วแก้ข้อความ
# meeting:                    # วันที่ประชุมถ่ายทอดความรู้
#   date: {last}
#   title: {{th: ประชุมถ่ายทอดความรู้}}
# corrections:                # สิ่งที่แก้ไขหลังถ่ายทอด ใคร แก้อะไร เมื่อใด
#   - id: first-correction
#     date: {last}
#     by: {{th: เลขานุการคณะทำงาน}}
#     text: {{th: แก้เรื่องใด จากอะไรเป็นอะไร}}
# uses:                       # การนำความรู้ไปใช้ในงาน และผลที่ได้
#   - id: first-use
#     date: {last}
#     by: {{th: กลุ่มส่งเสริมสหกรณ์}}
#     text: {{th: ใช้เรื่องใดกับงานใด ได้ผลอย่างไร}}
# stores:                     # ความรู้ของปีเก็บไว้ที่ใด เป็นไฟล์ในโครงการหรือที่อยู่เว็บ
#   - id: first-store
#     date: {last}
#     title: {{th: คู่มือประจำปี}}
#     place: https://office.example/km/handbook.pdf
"""


def km_skeleton(library: Library, year: int) -> str:
    """YAML of a record of the fiscal year that passes every check; all days are the last of the year."""
    christian = year - BUDDHIST_OFFSET
    days = {"year": year, "first": date(christian - 1, 10, 1), "last": date(christian, 9, 30)}
    steps = sorted(
        (placed.value for placed in library.units.values() if placed.value.kind == "km-step"),
        key=lambda unit: (unit.order, unit.id),
    )
    duties = "".join(_duty(unit, days) for unit in steps if unit.status == "ready") or _PLAIN.format(**days)
    return _HEAD.format(**days) + duties + _GROUPS.format(**days)


def _duty(unit: Unit, days: dict[str, object]) -> str:
    """JSON strings are YAML strings: whatever signs a title holds."""
    th, en = (json.dumps(unit.title.shown(lang), ensure_ascii=False) for lang in ("th", "en"))
    return _DUTY.format(id=unit.id, th=th, en=en, **days)
