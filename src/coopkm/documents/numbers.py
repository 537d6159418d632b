"""Numbers as Thai and English documents write them: digits, letters and Roman numerals."""

THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters that lists are counted by: the alphabet without ฃ, ฅ and ฆ, as Word's `thaiLetters` has it."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def thai_digits(text: str) -> str:
    """The text with Thai digits for Arabic ones."""
    return text.translate(_TO_THAI)


def thai_letter(number: int) -> str:
    """ก for 1, ข for 2; after ฮ the letters are doubled (กก), as Word does it.

    Raises:
        ValueError: the number is below 1.
    """
    return _lettered(number, THAI_LETTERS)


def latin_letter(number: int) -> str:
    """a for 1, b for 2; aa after z.

    Raises:
        ValueError: the number is below 1.
    """
    return _lettered(number, "abcdefghijklmnopqrstuvwxyz")


def roman(number: int) -> str:
    """A number in small Roman numerals.

    Raises:
        ValueError: the number is below 1.
    """
    if number < 1:
        raise ValueError(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _lettered(number: int, letters: str) -> str:
    if number < 1:
        raise ValueError(number)
    rounds, place = divmod(number - 1, len(letters))
    return letters[place] * (rounds + 1)
