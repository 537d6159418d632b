"""`coopkm build`."""

import time
from pathlib import Path

import click

from coopkm.cli.context import Context


@click.command(name="build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the site, else site_dir of mkdocs.yml / โฟลเดอร์ของเว็บไซต์ ถ้าไม่ระบุใช้ site_dir ใน mkdocs.yml",
)
@click.option(
    "--zip",
    "packed",
    is_flag=True,
    help="Pack the site into one file beside it as well / รวมเว็บไซต์เป็นไฟล์ ZIP ไฟล์เดียวไว้ข้างโฟลเดอร์ด้วย",
)
@click.pass_obj
def command(context: Context, out: Path | None, packed: bool) -> None:
    """Check, then build the whole site. A build that fails leaves the last good site as it was.

    ตรวจเนื้อหา แล้วสร้างเว็บไซต์ทั้งหมด ถ้าสร้างไม่สำเร็จ เว็บไซต์เดิมยังอยู่ครบ
    """
    from coopkm.site.bundle import write_bundle
    from coopkm.site.mkdocs import build_site  # MkDocs takes a moment to load; other commands do without

    started = time.monotonic()
    context.say("อ่านและตรวจเนื้อหา…", "reading and checking …")
    library = context.read_sound()
    units, sources = len(library.units), len(library.sources)
    context.say(f"สร้างหน้า ({units} หน่วยความรู้ {sources} แหล่งที่มา)…", f"making pages ({units} units, {sources} sources) …")
    target = build_site(library, out, context.lang)
    pages = sum(1 for _ in target.rglob("*.html"))
    seconds = time.monotonic() - started
    context.say(
        f"เสร็จแล้ว {pages} หน้า ใน {seconds:.1f} วินาที เปิด {target / 'index.html'}",
        f"done: {pages} pages in {seconds:.1f} s. Open {target / 'index.html'}",
    )
    if packed:
        bundle = write_bundle(target, library.project.name.th)
        size = bundle.stat().st_size / 1_000_000
        context.say(
            f"รวมเป็นไฟล์เดียวแล้ว {bundle} ({size:.1f} MB)",
            f"packed into {bundle} ({size:.1f} MB)",
        )
