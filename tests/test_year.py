"""A year of an office, from nothing to the handbook and the site of the region: every step as a person takes it."""

import re
import shutil
import zipfile
from pathlib import Path

import import_files
import pytest
from click.testing import CliRunner, Result
from projects import edit_yaml, keep_fonts, small_project

from coopkm.cli.main import cli
from coopkm.offices.provinces import provinces

LAMPHUN, TRANG = "สำนักงานสหกรณ์จังหวัดลำพูน", "สำนักงานสหกรณ์จังหวัดตรัง"
DONE = """\
state: done
    done: 2026-11-20
    evidence:
      - id: minutes
        title: {th: รายงานการประชุม}
        date: 2026-11-20
        file: km/2570/minutes.pdf
   """


class Office:
    """A folder of an office, and its command prompt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def coopkm(self, *words: object, code: int = 0) -> Result:
        """Run a command; `code` is what it must end with."""
        done = CliRunner().invoke(
            cli, ["--project", str(self.folder), "--lang", "th", *map(str, words)], catch_exceptions=False
        )
        assert done.exit_code == code, done.output
        return done

    def edit(self, path: str, changes: dict[str, str]) -> None:
        """Open a file in Notepad and put texts in place of others."""
        text = (self.folder / path).read_text("utf-8")
        for old, new in changes.items():
            assert old in text, f"{path} has no {old!r}"
            text = text.replace(old, new)
        (self.folder / path).write_text(text, "utf-8", newline="\n")

    def article(self, page: str) -> str:
        """What the main part of a page of the built site says."""
        found = re.search(r"<main.*?</main>", (self.folder / "site" / page).read_text("utf-8"), re.DOTALL)
        assert found
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found.group()))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge that offices share."""
    folder = small_project(tmp_path_factory.mktemp("year") / "coopkm")
    edit_yaml(folder / "knowledge/project.yml", lambda project: project.pop("office"))
    return folder


def begun(shared: Path, name: str, province: str) -> Office:
    """`coopkm init` in the folder that holds the shared knowledge."""
    office = Office(shared.parent / name)
    words = ["init", office.folder, "--province", province, "--year", "2570", "--languages", "th", "--base", shared]
    done = CliRunner().invoke(cli, ["--lang", "th", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    keep_fonts(office.folder)
    return office


@pytest.fixture(scope="module")
def office(shared: Path) -> Office:
    """Lamphun at the end of its year."""
    office = begun(shared, "lamphun", "ลำพูน")
    shutil.copytree(office.folder, shared.parent / "lamphun-2569")
    bring_in_the_old_handbook(office)
    replace_a_page(office)
    keep_the_record(office)
    office.coopkm("changes", "--since", shared.parent / "lamphun-2569", "--keep", "--date", "2026-11-20")
    office.coopkm("check")
    office.coopkm("build")
    office.coopkm("handbook", "--format", "epub", "--out", office.folder / "dist")
    return office


def bring_in_the_old_handbook(office: Office) -> None:
    """Import, read what was made, take one draft over under an id of the office, write what is open."""
    (office.folder / "old.docx").write_bytes(import_files.styled())
    office.coopkm("import", office.folder / "old.docx", "--name", "lamphun2568")
    made = office.folder / "import/lamphun2568"
    shutil.copy(made / "sources.yml", office.folder / "knowledge/sources.yml")
    (office.folder / "knowledge/guidelines").mkdir()
    shutil.copy(made / "drafts/lamphun2568-guideline-1.yml", office.folder / "knowledge/guidelines/lamphun-visit.yml")
    office.edit("knowledge/guidelines/lamphun-visit.yml", {"id: lamphun2568-guideline-1": "id: lamphun-visit"})
    office.edit("knowledge/paths.yml", {"- lamphun-own": "- lamphun-own\n      - lamphun-visit"})
    office.edit("handbook.yml", {"[lamphun-own]": "[lamphun-visit, lamphun-own]"})
    office.edit("knowledge/guidelines/lamphun-visit.yml", {"status: draft": "status: ready"})
    too_early = office.coopkm("check", code=1).stdout
    assert "knowledge/guidelines/lamphun-visit.yml:9:7: unwritten: " in too_early
    office.edit("knowledge/guidelines/lamphun-visit.yml", {"'(ร่าง) ยังไม่ได้เขียนบทสรุป'": "นัดก่อน ตรวจนับ แล้วสรุปให้ฟัง"})
    office.coopkm("check")


def replace_a_page(office: Office) -> None:
    office.coopkm("base", "--own", "duty-2")
    office.edit("knowledge/units/duty-2.yml", {"ข้อความ title of duty-2": "ประชุมทุกเดือนแบบลำพูน"})
    assert "base-conflict" in office.coopkm("check", code=1).stdout
    office.edit("knowledge/project.yml", {"replaces: []": "replaces: [duty-2]"})


def keep_the_record(office: Office) -> None:
    office.coopkm("km", "2570", "--new")
    office.edit(
        "km/2570.yml",
        {
            "order_date: 2026-10-01": "order_date: 2026-10-05",
            "state: planned": DONE,
            "staff: 0": "staff: 10",
            "took_part: 0": "took_part: 9",
        },
    )
    assert "file-missing" in office.coopkm("check", code=1).stdout
    (office.folder / "km/2570").mkdir()
    (office.folder / "km/2570/minutes.pdf").write_bytes(b"%PDF")


@pytest.fixture(scope="module")
def region(shared: Path, office: Office) -> Office:
    """Lamphun and Trang on one site; of the page that they tell differently, the region takes Lamphun's."""
    trang = begun(shared, "trang", "Trang")
    folder = shared.parent / "region"
    region = Office(folder)
    words = ("merge", office.folder, trang.folder, "--out", folder, "--office", "กลุ่มจังหวัด", "--office-en", "Group")
    told = region.coopkm(*words, "--languages", "th", code=1).stdout
    assert "base:lamphun/knowledge/units/duty-2.yml:1:5" in told
    assert "base:coopkm/knowledge/units/duty-2.yml:1:5" in told
    keep_fonts(folder)
    region.coopkm("base", "--own", "duty-2")
    region.edit("knowledge/project.yml", {"replaces: []": "replaces: [duty-2]"})
    region.coopkm("check")
    region.coopkm("build")
    return region


def test_last_years_handbook_is_on_the_site_with_its_source_and_its_office(office: Office) -> None:
    page = office.article("guidelines/lamphun-visit.html")
    assert "ขอดูสมุดเงินสดของวันก่อน" in page
    assert import_files.TITLE in page
    assert LAMPHUN in page


def test_the_offices_version_says_what_it_stands_in_place_of_and_the_rest_is_shared(office: Office) -> None:
    assert "ประชุมทุกเดือนแบบลำพูน" in office.article("duties/duty-2.html")
    assert "ใช้แทน" in office.article("duties/duty-2.html")
    assert LAMPHUN not in office.article("duties/duty-1.html")


def test_the_record_is_on_the_site_without_its_evidence(office: Office) -> None:
    page = office.article("km-2570.html")
    assert "90" in page
    assert "รายงานการประชุม" in page
    assert not list((office.folder / "site").rglob("minutes.pdf"))


def test_what_is_new_names_what_the_office_added_and_changed(office: Office) -> None:
    page = office.article("whats-new.html")
    assert "แนวทางการเยี่ยม" in page
    assert "ประชุมทุกเดือนแบบลำพูน" in page


def test_the_handbook_holds_the_shared_pages_the_offices_own_the_order_and_who_took_part(office: Office) -> None:
    with zipfile.ZipFile(office.folder / "dist/handbook-2570-th.epub") as book:
        texts = [book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xhtml")]
    text = re.sub(r"<[^>]+>", "", " ".join(texts))
    for part in (
        LAMPHUN,
        "ข้อความ title of duty-1",
        "ประชุมทุกเดือนแบบลำพูน",
        "ขอดูสมุดเงินสดของวันก่อน",
        "เรื่องของจังหวัดลำพูน",
        "คำสั่งแต่งตั้งคณะทำงานการจัดการความรู้",
        "๙๐.๐",
        import_files.TITLE,
    ):
        assert part in text, part


def test_nothing_of_another_province_is_in_the_office(office: Office) -> None:
    others = [row for row in provinces() if row.id != "lamphun"]
    thai = [f"จังหวัด{row.th}" if len(row.th) < 5 else row.th for row in others]
    for path in office.folder.rglob("*"):
        if path.suffix in (".yml", ".md", ".html", ".json", ".xhtml", ".txt"):
            text = path.read_text("utf-8")
            assert [word for word in thai if word in text] == [], path


def test_the_site_of_the_region_names_the_office_of_every_page(region: Office) -> None:
    assert LAMPHUN in region.article("guidelines/lamphun-visit.html")
    assert LAMPHUN in region.article("background/lamphun-own.html")
    assert TRANG in region.article("background/trang-own.html")
    own = region.article("duties/duty-2.html")
    assert "ประชุมทุกเดือนแบบลำพูน" in own
    assert "กลุ่มจังหวัด" in own
    assert not (region.folder / "site/km-2570.html").exists()
