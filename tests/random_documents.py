"""Documents that nobody would write: any block within any other, with values at and beyond the edges."""

from random import Random

from gallery import SVG, png

from coopkm.documents.tree import (
    Blank,
    Block,
    Box,
    Cell,
    Contents,
    Document,
    Field,
    Fields,
    Heading,
    Item,
    Line,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    Rule,
    Section,
    Space,
    Span,
    Table,
    Together,
)

_TEXTS = ["สหกรณ์ต้องจัดให้มีการประชุม", "น้ำ", "abc def", "", "a\nb", "12 ปี", "(ก)", "x" * 80, " "]
_LINKS = ["", "", "#a", "#none", "https://example.org/1", "mailto:a@example.org"]
_ALIGN = ["left", "center", "right"]
_STYLES = ["body", "lead", "small", "note", "title", "subtitle"]
_MARKERS = ["bullet", "number", "letter", "box", "radio", "none"]
_KINDS = ["plain", "note", "warning", "answer", "card"]


def random_document(seed: int) -> Document:
    """The same seed gives the same document."""
    chance = Random(seed)
    sections = tuple(
        Section(
            tuple(_block(chance, 4) for _ in range(chance.randint(0, 8))),
            numbers=chance.choice(["letters", "digits", "none"]),  # type: ignore[arg-type]
            restart=chance.random() < 0.5,
            header=chance.choice(_TEXTS),
            footer=chance.choice(_TEXTS),
            landscape=chance.random() < 0.3,
        )
        for _ in range(chance.randint(0, 3))
    )
    digits = chance.choice(["thai", "arabic"])
    size = chance.choice([8, 12, 30])
    return Document("t", chance.choice(["th", "en"]), sections, digits=digits, size=size)  # type: ignore[arg-type]


def _line(chance: Random) -> Line:
    return tuple(
        Span(
            chance.choice(_TEXTS),
            bold=chance.random() < 0.2,
            italic=chance.random() < 0.2,
            small=chance.random() < 0.1,
            link=chance.choice(_LINKS),
        )
        for _ in range(chance.randint(0, 4))
    )


def _blocks(chance: Random, depth: int, most: int = 3) -> tuple[Block, ...]:
    return tuple(_block(chance, depth - 1) for _ in range(chance.randint(0, most)))


def _block(chance: Random, depth: int) -> Block:
    makers = [_leaf] if depth <= 0 else [_leaf, _leaf, _listing, _table, _frame]
    return chance.choice(makers)(chance, depth)


def _leaf(chance: Random, _depth: int) -> Block:
    text, align = chance.choice(_TEXTS), chance.choice(_ALIGN)
    number, mark = chance.choice(["", "1.1"]), chance.choice(["", "a", "b"])
    fields = tuple(Field(text, chance.choice([0, 0.3, 0.5, 1, 2])) for _ in range(chance.randint(0, 3)))
    width = chance.choice([0, 10, 500])
    blocks: list[Block] = [
        Heading(chance.randint(-1, 8), _line(chance), number, mark, listed=chance.random() < 0.7),
        Paragraph(_line(chance), align, chance.choice(_STYLES), indent=chance.random() < 0.3),  # type: ignore[arg-type]
        Fields(fields),
        Blank(chance.choice([0, 1, 3])),
        Picture(chance.choice([SVG, b"x"]), "svg", text, width, align),  # type: ignore[arg-type]
        Picture(png(), "png", text, width, align),  # type: ignore[arg-type]
        Space(chance.choice([0, 5, 400])),
        Rule(),
        PageBreak(),
        Contents(text, chance.choice([0, 1, 3, 9])),
    ]
    return chance.choice(blocks)


def _listing(chance: Random, depth: int) -> Block:
    items = tuple(
        Item(_blocks(chance, depth), chance.choice(["", "", "(1)", "ข้อ 12.1"])) for _ in range(chance.randint(0, 4))
    )
    return Listing(items, chance.choice(_MARKERS), chance.choice([1, 5, -2, 0]))  # type: ignore[arg-type]


def _table(chance: Random, depth: int) -> Block:
    rows = tuple(
        tuple(
            Cell(_blocks(chance, depth, 2), chance.choice(_ALIGN), chance.randint(0, 3))  # type: ignore[arg-type]
            for _ in range(chance.randint(0, 4))
        )
        for _ in range(chance.randint(0, 5))
    )
    widths = tuple(chance.choice([0, 1, 2, -1]) for _ in range(chance.randint(0, 4)))
    head, height = chance.randint(-1, 6), chance.choice([0, 8, 400])
    return Table(rows, widths, head, height, chance.random() < 0.6, chance.choice(_TEXTS))


def _frame(chance: Random, depth: int) -> Block:
    inner = _blocks(chance, depth)
    if chance.random() < 0.3:
        return Together(inner)
    return Box(inner, _line(chance), chance.choice(_KINDS), chance.random() < 0.5)  # type: ignore[arg-type]
