"""The parts of an XLSX file, read by events: a sheet of a hundred thousand rows stays small.

openpyxl says what number formats and dates mean; its own reader takes three times as long.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.parsers.expat import ParserCreate, XMLParserType
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from bot.core.tables import BrokenTable

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"

type Attributes = dict[str, str]
type OnStart = Callable[[str, Attributes], None]
type OnEnd = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of a sheet refer to."""

    sheet: str
    """The sheet's name in the archive."""
    strings: tuple[str, ...]
    dates: frozenset[str]
    """The styles under which a number is a date."""
    epoch: datetime
    """The day that dates count from."""


def open_book(archive: ZipFile) -> Book:
    """The workbook at its first sheet.

    Raises KeyError or IndexError when a part is missing that must be there.
    """
    for _, book in open_books(archive):
        return book
    raise IndexError("no sheet")


def open_books(archive: ZipFile) -> Iterator[tuple[str, Book]]:
    """Each sheet's title, and the workbook at that sheet; raises as ``open_book`` does."""
    sheets: list[tuple[str, str]] = []
    mac = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal mac
        if name == "sheet":
            ids = (v for k, v in attributes.items() if k.endswith(":id"))
            sheets.extend((attributes.get("name", ""), v) for v in ids)
        elif name == "workbookPr":
            mac = attributes.get("date1904") in ("1", "true")

    _read(archive, _WORKBOOK, start)
    targets, kinds = _relations(archive)
    strings = _strings(archive, kinds.get("sharedStrings"))
    dates = _date_styles(archive, kinds.get("styles"))
    epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900
    for title, sheet in sheets:
        yield title, Book(targets[sheet], strings, dates, epoch)


def event_parser(start: OnStart, end: OnEnd, text: Callable[[str], object]) -> XMLParserType:
    """A parser that tells elements by their local names, whatever prefix a program gives them."""
    local: dict[str, str] = {}

    def short(name: str) -> str:
        return local.get(name) or local.setdefault(name, name.rpartition(":")[2])

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(short(name), attributes)
    parser.EndElementHandler = lambda name: end(short(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_definitions
    return parser


def _refuse_definitions(*_: object) -> None:
    # No spreadsheet program writes any; a file that does may be made to fill the memory.
    raise BrokenTable("XLSX 文件里有不该有的定义;请重新导出")


def _read(archive: ZipFile, part: str, start: OnStart) -> None:
    _parse(archive, part, event_parser(start, lambda _: None, lambda _: None))


def _parse(archive: ZipFile, part: str, parser: XMLParserType) -> None:
    with archive.open(part) as xml:
        parser.ParseFile(xml)


def _relations(archive: ZipFile) -> tuple[dict[str, str], dict[str, str]]:
    """Where the workbook's parts are, by id and by kind."""
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            targets[attributes["Id"]] = target
            kinds[attributes["Type"].rpartition("/")[2]] = target

    _read(archive, _RELATIONS, start)
    return targets, kinds


def _strings(archive: ZipFile, part: str | None) -> tuple[str, ...]:
    """The texts that cells share; pieces of one text in different type belong together."""
    if part is None:
        return ()
    found: list[str] = []
    pieces: list[str] = []
    inside = reading = False

    def start(name: str, _: Attributes) -> None:
        nonlocal inside, reading
        if name == "si":
            pieces.clear()
            inside = True
        elif name == "rPh":  # how it is read aloud, not what is written
            inside = False
        reading = inside and name == "t"

    def end(name: str) -> None:
        nonlocal inside, reading
        reading = False
        if name == "rPh":
            inside = True
        elif name == "si":
            found.append("".join(pieces))

    def text(piece: str) -> None:
        if reading:
            pieces.append(piece)

    _parse(archive, part, event_parser(start, end, text))
    return tuple(found)


def _date_styles(archive: ZipFile, part: str | None) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date or time."""
    if part is None:
        return frozenset()
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    section = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal section
        if name in ("cellXfs", "cellStyleXfs"):
            section = name
        elif name == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and section == "cellXfs":
            styles.append(int(attributes.get("numFmtId", 0)))

    _read(archive, part, start)
    shown = {number for number, code in formats.items() if is_date_format(code)}
    return frozenset(str(at) for at, number in enumerate(styles) if number in shown)
