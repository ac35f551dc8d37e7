"""Files that are made to do harm, or are broken, end in a sentence and leave nothing behind."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from make_files import (
    compound,
    lying_about_size,
    ods_cell,
    ods_parts,
    overlapping,
    packed,
    sheet_xml,
    text_cell,
    write,
    xlsx,
    xlsx_parts,
)

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.reading import limits
from rectify_tui.intake.reading.book import SheetInfo, open_book
from rectify_tui.intake.reading.cells import Row
from rectify_tui.intake.reading.subprocess_reader import read_workbook

pytestmark = pytest.mark.journeys

DATA = Path(__file__).parent / "data"
MIB = 2**20


def problem_of(path: Path) -> Problem:
    """The problem of a file, after everything was tried that reads it, and its sentences."""
    with pytest.raises(Problem) as caught:
        list(open_book(path).grid().rows())
    for code in LANGUAGES:
        assert path.name in Language(code).problem(caught.value)
    return caught.value


def key_of(path: Path) -> str:
    return problem_of(path).key.removeprefix("reading.")


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


PLAIN = row(1, text_cell("A1", "x"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "来件.xlsx"


# --- what is no file ---


def test_missing_file(path: Path) -> None:
    assert key_of(path) == "not_found"
    assert key_of(path / "more.xlsx") == "not_found"
    with pytest.raises(Problem) as caught:
        open_book(Path(f"{path}\0"))
    assert caught.value.key == "reading.cannot_open"


def test_folder(path: Path) -> None:
    path.mkdir()
    assert key_of(path) == "folder"


def test_empty_file(path: Path) -> None:
    path.touch()
    assert key_of(path) == "empty"


def test_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert key_of(path) == "not_a_file"


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/tty", "/dev/null"])
def test_devices(path: Path, name: str) -> None:
    path.symlink_to(name)
    assert key_of(path) == "not_a_file"


def test_circle_of_links(path: Path) -> None:
    path.symlink_to(path)
    assert key_of(path) == "cannot_open"


def test_no_permission(path: Path) -> None:
    write(path, b"a,b\n")
    path.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(Problem) as caught:
            open_book(path)
    finally:
        os.seteuid(me)
    assert caught.value.key == "reading.no_permission"


def test_too_big_file_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * MIB)
    assert problem_of(path).params["size"] == 200 * 1024


# --- archives ---


def test_declared_bomb(path: Path) -> None:
    lie = lying_about_size(packed(xlsx_parts({"表": PLAIN})), "xl/workbook.xml", 600 * MIB)
    assert key_of(write(path, lie)) == "bomb"


def test_bomb_that_lies_about_its_size(path: Path) -> None:
    parts = xlsx_parts({"表": sheet_xml(PLAIN)}, {"xl/media/image1.png": b"\0" * (20 * MIB)})
    assert key_of(write(path, lying_about_size(packed(parts), "xl/media/image1.png", 99))) == "bomb"


def test_overlapping_parts(path: Path) -> None:
    assert (
        key_of(write(path, overlapping(packed(xlsx_parts({"表": PLAIN})), 2_000))) == "odd_archive"
    )


def test_too_many_parts(path: Path) -> None:
    archive = overlapping(packed(xlsx_parts({"表": PLAIN})), limits.MAX_PARTS + 1)
    assert key_of(write(path, archive)) == "many_parts"


def test_archives_in_the_archive_stay_closed(path: Path) -> None:
    inner = packed({"xl/workbook.xml": b"\0" * MIB})
    for _ in range(3):
        inner = packed({"a.xlsx": inner, "b.zip": inner})
    parts = xlsx_parts({"表": sheet_xml(PLAIN)}, {"xl/embeddings/a.xlsx": inner})
    assert list(open_book(write(path, parts)).grid().rows()) == [Row(1, ("x",))]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_truncated_archive(path: Path, kept: float) -> None:
    archive = packed(xlsx_parts({"表": sheet_xml(PLAIN)}))
    assert key_of(write(path, archive[: int(len(archive) * kept)])) == "damaged"


def test_flipped_byte(path: Path) -> None:
    archive = bytearray(packed(xlsx_parts({"表": sheet_xml(PLAIN)}), method=0))
    at = archive.index(b"<t>x</t>")
    archive[at + 3] ^= 1
    assert key_of(write(path, bytes(archive))) == "damaged"


def test_cut_sheet(path: Path) -> None:
    assert key_of(write(path, xlsx_parts({"表": sheet_xml(PLAIN)[:-40]}))) == "damaged"


# --- XML ---

LAUGHS = "<!DOCTYPE l [<!ENTITY a 'lol'>{}]>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]
)
def test_declarations_of_document_types(path: Path, declaration: str, part: str) -> None:
    parts = xlsx_parts({"表": sheet_xml(PLAIN.replace("x<", "&i;<"))})
    filling = "<!--" + " " * 300_000 + "-->"
    parts[part] = f'<?xml version="1.0"?>{filling}{declaration}{parts.get(part, "<sst/>")}'
    assert key_of(write(path, parts)) == "doctype"


def test_declaration_where_two_pieces_meet(path: Path) -> None:
    start = '<?xml version="1.0"?>'
    for place in (2**18 - 8, 2**18 - 1):
        text = f"{start}{' ' * (place - len(start))}<!DOCTYPE x SYSTEM 'a'><sst/>"
        parts = xlsx_parts({"表": sheet_xml(PLAIN)}, {"xl/sharedStrings.xml": text})
        assert key_of(write(path, packed(parts, method=0))) == "doctype"


def test_declaration_in_ods(path: Path) -> None:
    parts = ods_parts("")
    assert key_of(write(path, {**parts, "content.xml": f"{LAUGHS}<x/>"})) == "doctype"


def test_declaration_hidden_by_an_encoding(path: Path) -> None:
    hidden = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}{sheet_xml(PLAIN)}'
    assert key_of(write(path, xlsx_parts({"表": hidden.encode("utf-16")}))) == "doctype"


# --- sheets and cells ---


def test_single_far_cell(path: Path) -> None:
    far = row(1_048_576, text_cell("XFD1048576", "x"))
    problem = problem_of(xlsx(path, PLAIN + far))
    assert (problem.key, problem.params["column"]) == ("reading.far_cell", "XFD")


def test_far_cell_the_first_look_does_not_see(path: Path) -> None:
    far = row(1_048_576, '<c s="0" r = "AZ1048576"><v>1</v></c>')
    started = time.monotonic()
    assert key_of(xlsx(path, PLAIN + far)) in {"memory", "large_area"}
    assert time.monotonic() - started < 20


def test_far_cell_leaves_other_sheets_alone(path: Path) -> None:
    far = sheet_xml(row(1_048_576, text_cell("XFD1048576", "x"), text_cell("A1048576", "x")))
    book = open_book(write(path, xlsx_parts({"坏": far, "好": sheet_xml(PLAIN)})))
    assert list(book.grid("好").rows()) == [Row(1, ("x",))]
    with pytest.raises(Problem):
        book.grid()


def test_large_area(path: Path) -> None:
    problem = problem_of(xlsx(path, PLAIN + row(999_999, text_cell("Z999999", "x"))))
    assert (problem.key, problem.params["cell"]) == ("reading.large_area", "Z999999")


def test_last_row_of_a_narrow_table_is_read(path: Path) -> None:
    far = row(1_048_576, text_cell("B1048576", "y"))
    grid = open_book(xlsx(path, PLAIN + far)).grid()
    assert list(grid.rows()) == [Row(1, ("x",)), Row(1_048_576, (None, "y"))]


def test_formatted_empty_cells_do_no_harm(path: Path) -> None:
    empty = row(1_048_576, '<c r="XFD1048576" s="0"/>', '<c r="XFC1048576" s="0"><v></v></c>')
    assert list(open_book(xlsx(path, PLAIN + empty)).grid().rows()) == [Row(1, ("x",))]


def test_references_beyond_reason(path: Path) -> None:
    rows = '<row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>'
    assert key_of(xlsx(path, PLAIN + rows)) == "damaged"


def test_ten_megabytes_in_a_cell(path: Path) -> None:
    problem = problem_of(xlsx(path, row(1, text_cell("C1", "字" * (10 * MIB // 3)))))
    assert (problem.key, problem.params["cell"]) == ("reading.long_text", "C1")


def shared(path: Path, rows: int) -> Path:
    """One long text that stands in many cells."""
    cells = "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n}</v></c>')
                    for n in range(1, rows + 1))  # fmt: skip
    text = "字" * 32_000
    parts = xlsx_parts(
        {"表": sheet_xml(cells)}, {"xl/sharedStrings.xml": f"<sst><si><t>{text}</t></si></sst>"}
    )
    related = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    entry = f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts[related] = str(parts[related]).replace("</Relationships>", entry)
    return write(path, parts)


@pytest.mark.journeys
def test_long_text_in_many_cells(path: Path) -> None:
    assert key_of(shared(path, 3_000)) == "much_text"


def test_rows_filled_down_to_the_end(path: Path) -> None:
    rows = "".join(row(n, f'<c r="A{n}"><v>0</v></c>') for n in range(3, 15_000))
    problem = problem_of(xlsx(path, PLAIN + rows))
    assert (problem.key, problem.params["row"]) == ("reading.alike", 3)


def test_too_many_sheets(path: Path) -> None:
    parts = xlsx_parts({f"s{n}": sheet_xml(PLAIN) for n in range(limits.MAX_SHEETS + 1)})
    assert key_of(write(path, parts)) == "many_sheets"


def test_too_many_merged_ranges(path: Path) -> None:
    merged = '<mergeCell ref="A1:B1"/>' * (limits.MAX_MERGED + 1)
    sheet = sheet_xml(PLAIN, f"<mergeCells>{merged}</mergeCells>")
    assert key_of(write(path, xlsx_parts({"表": sheet}))) == "many_merged"


def test_hostile_names_of_sheets(path: Path) -> None:
    names = ["\u202e[@click=app.quit()]x[/]", "\u200b", "a\tb", "a b", "长" * 5_000]
    book = open_book(write(path, xlsx_parts({name: sheet_xml(PLAIN) for name in names})))
    assert book.sheets == tuple(
        SheetInfo(name, True)
        for name in ("[@click=app.quit()]x[/]", "#2", "a b", "a b #4", "长" * 100)
    )
    for each in book.sheets:
        assert list(book.grid(each.name).rows()) == [Row(1, ("x",))]


def test_two_sheets_of_one_name(path: Path) -> None:
    parts = xlsx_parts({"a": sheet_xml(PLAIN), "b": sheet_xml(PLAIN)})
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('"b"', '"a"')
    assert key_of(write(path, parts)) == "damaged"


def test_hostile_text_in_cells(path: Path) -> None:
    cell = text_cell("A1", "\u202e[link=x]a\u009b31m\u200b\n b\ufffe")
    assert open_book(xlsx(path, row(1, cell))).grid().head(1) == [Row(1, ("[link=x]a\nb",))]


def test_hostile_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a\u202e\x1b[31m.csv"
    path.write_text("a,b\n")
    assert open_book(path).name == "a.csv"


# --- ods ---


def table(rows: str) -> dict[str, str | bytes]:
    return ods_parts(f'<table:table table:name="表">{rows}</table:table>')


def ods_row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def repeated(columns: int) -> str:
    return f' table:number-columns-repeated="{columns}"'


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (ods_row(ods_cell("x"), 1_048_576), "alike"),
        (ods_row(ods_cell("x"), 4_000_000_000), "alike"),
        (ods_row(ods_cell("x", repeated(2_000_000))), "far_cell"),
        (ods_row(ods_cell("x", repeated(16_384)), 1_048_576), "far_cell"),
        (ods_row(ods_cell("x", repeated(500)), 1_048_576), "large_area"),
        (ods_row(ods_cell("x", repeated(16_384))) * 9_000, "memory"),
        (ods_row(ods_cell("x").replace("x", '<text:s text:c="4000000000"/>')), "damaged"),
    ],
)
def test_repeated_cells_of_ods(tmp_path: Path, rows: str, key: str) -> None:
    rows = rows.replace("&lt;", "<").replace("&gt;", ">")
    assert key_of(write(tmp_path / "a.ods", table(rows))) == key


def test_repeated_empty_cells_of_ods(tmp_path: Path) -> None:
    empty = f"<table:table-cell{repeated(16_383)}/>"
    rows = ods_row(ods_cell("x") + empty) + ods_row(empty, 1_048_570)
    assert list(open_book(write(tmp_path / "a.ods", table(rows))).grid().rows()) == [Row(1, ("x",))]


# --- passwords ---


def encrypted_xls() -> bytes:
    """The xls file with a record that announces encryption after the beginning of its workbook."""
    data = bytearray((DATA / "ledger.xls").read_bytes())
    second = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    struct.pack_into("<H", data, second, 0x2F)
    return bytes(data)


@pytest.mark.parametrize(
    "content",
    [
        compound("Root Entry", "EncryptionInfo", "EncryptedPackage"),
        encrypted_xls(),
        packed(ods_parts("", {"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
        packed({"mimetype": "x", "encrypted-package": b"x"}),
    ],
)
def test_password(path: Path, content: bytes) -> None:
    assert key_of(write(path, content)) == "password"


def test_text_that_looks_like_a_directory_is_no_password(path: Path) -> None:
    text = compound("EncryptedPackage")[512:]
    data = compound("Workbook") + b"x" * 5 + text
    assert key_of(write(path, data)) == "damaged"


def test_password_of_the_archive(path: Path) -> None:
    data = bytearray(packed(xlsx_parts({"表": PLAIN})))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert key_of(write(path, bytes(data))) == "password"


# --- compound files ---


def test_truncated_xls(path: Path) -> None:
    assert key_of(write(path, (DATA / "ledger.xls").read_bytes()[:3000])) == "damaged"


def test_circle_in_the_sectors_of_a_compound_file(path: Path) -> None:
    data = bytearray(compound("Workbook"))
    data[24:34] = struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    data[44:76] = struct.pack("<8I", 1, 0, 0, 4096, 0xFFFFFFFE, 0, 0, 1)
    assert key_of(write(path, bytes(data))) in {"memory", "slow"}


@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_at_random(path: Path, seed: int) -> None:
    data = bytearray((DATA / "ledger.xls").read_bytes())
    for at in range(512 + seed * 7, len(data), 37):
        data[at] = (data[at] * 31 + seed) % 256
    assert key_of(write(path, bytes(data))) in {"damaged", "memory", "no_content", "password"}


# --- the process ---


def test_memory_of_the_reader_is_bounded(path: Path) -> None:
    shared(path, 3_000)
    with pytest.raises(Problem) as caught:
        read_workbook(path.read_bytes(), memory=150 * MIB)
    assert (caught.value.key, caught.value.params) == ("reading.memory", {"limit": 150})


def test_time_of_the_reader_is_bounded(path: Path) -> None:
    sheet = sheet_xml(PLAIN + row(1_048_576, text_cell("B1048576", "y")))
    write(path, xlsx_parts({str(n): sheet for n in range(4)}))
    started = time.monotonic()
    with pytest.raises(Problem) as caught:
        read_workbook(path.read_bytes(), seconds=1)
    assert caught.value.key == "reading.slow"
    assert time.monotonic() - started < 10


def test_reader_writes_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from rectify_tui.intake.reading.child import restrain\n"
        "restrain(2**30)\n"
        "with open(sys.argv[1], 'wb') as file: file.write(b'x')"
    )
    target = tmp_path / "written"
    run = subprocess.run(
        [sys.executable, "-c", script, str(target)], capture_output=True, check=False
    )
    assert b"File too large" in run.stderr
    assert target.read_bytes() == b""


def test_own_memory_stays_small(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", PLAIN + row(999_999, text_cell("Z999999", "x")))
    tracemalloc.start()
    problem_of(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * MIB
