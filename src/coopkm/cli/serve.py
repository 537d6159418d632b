"""`coopkm serve`."""

import click

from coopkm.cli.context import Context


@click.command(name="serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port of the preview / พอร์ตที่ใช้ดูตัวอย่าง",
)
@click.pass_obj
def command(context: Context, port: int) -> None:
    """Preview the site; a change to a file shows in the browser. Its search knows what was there when it began.

    ดูตัวอย่างเว็บไซต์ แก้ไฟล์แล้วเห็นผลทันที ส่วนการค้นหาในตัวอย่างรู้เฉพาะเนื้อหาเมื่อเริ่มสั่ง
    """
    from coopkm.site.mkdocs import serve_site

    context.read_sound()
    address = f"127.0.0.1:{port}"
    context.say(f"เปิด http://{address}/ (กด Ctrl-C เพื่อหยุด)", f"open http://{address}/ (Ctrl-C ends it)")
    serve_site(context.root, address, context.lang)
