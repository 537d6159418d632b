"""Where a printed line may break: between Thai words, never inside them.

Cutting into words is guesswork of a dictionary (newmm of PyThaiNLP), so it serves the look of a line and nothing else.
"""

import re
from functools import lru_cache

from coopkm import extras

Piece = str | list[str]
"""Letters that break as in any language, or a list of wholes between which, and only there, a line may break."""

_THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # without ฯ and ๆ
_OPENING = "([{“‘«„"
_CLOSING = ")]}”’»…,.;:!?%ฯ"
# A number stays with what it counts: พ.ศ. 2542, มาตรา 54.
_COUNTED = "(?:" + "|".join(f"(?<={word})" for word in (r"[พค]\.ศ\.", "มาตรา", "ข้อ", "หมวด", "ที่")) + ")"
# Thai letters with what clings to them; an abbreviation (พ.ศ.) is one whole.
_RUN = re.compile(
    rf"(?P<before>[{re.escape(_OPENING)}]{{0,5}})"
    rf"(?P<thai>(?<![{_THAI}])(?:[ก-ฮ]{{1,4}}\.)+(?:[ก-ฮ]{{1,4}}(?![{_THAI}]))?|ฯลฯ|[{_THAI}]{{1,2000}})"
    rf"(?P<after>(?:{_COUNTED} [0-9๐-๙]{{1,4}}(?![0-9๐-๙]))?"
    rf"[{re.escape(_CLOSING)}]*(?:[ \u00a0]?ๆ[{re.escape(_CLOSING)}]*)*)"
)
_ALONE = re.compile("[ก-ฮ]|[ก-ฮ]?[\u0e30-\u0e3a\u0e45-\u0e4e]+|[เ-ไ]")
_CLUSTER = re.compile("[เ-ไ]?[ก-ฮ]?[\u0e30-\u0e3a\u0e45-\u0e4e]*|.", re.DOTALL)
_LONG = re.compile(r"[^\s\u0e01-\u0e5b]+")
_JOINTS = re.compile(r"(?<=[/?&=._\-:@,])(?=[^/?&=._\-:@,])")


def pieces(text: str, limit: int = 30) -> list[Piece]:
    """A text without newlines, cut for setting. Joined again it is the text.

    `limit`: how many letters fit into a line; what is longer may break anywhere but before a vowel or tone mark.
    """
    cut: list[Piece] = []
    end = 0
    for match in _RUN.finditer(text):
        cut += _foreign(text[end : match.start()], limit)
        wholes = _wholes(match)
        cut.append([part for whole in wholes for part in _short(whole, limit)])
        end = match.end()
    return cut + _foreign(text[end:], limit)


def _wholes(match: re.Match[str]) -> list[str]:
    """The words of a run; signs before and after it stay with the nearest."""
    words = [match["thai"]] if match["thai"][-1] in ".ฯ" else list(_words(match["thai"]))
    words[0] = match["before"] + words[0]
    words[-1] += match["after"]
    return words


@lru_cache(maxsize=65536)
def _words(run: str) -> tuple[str, ...]:
    """Thai letters cut into words; a letter that is no word of its own stays with its neighbour."""
    found: list[str] = []
    pending = ""
    for token in _newmm()(run):
        word = pending + token
        pending = ""
        if _ALONE.fullmatch(word):
            if found and word[0] not in "เแโใไ":
                found[-1] += word
            else:
                pending = word
        else:
            found.append(word)
    if pending and found:
        found[-1] += pending
    elif pending:
        found.append(pending)
    return tuple(found)


@lru_cache(maxsize=1)
def _newmm():  # type: ignore[no-untyped-def]
    return extras.load("pythainlp.tokenize.newmm").segment


def _foreign(text: str, limit: int) -> list[Piece]:
    """Letters of other scripts; an address or a word that is longer than a line is cut."""
    cut: list[Piece] = []
    end = 0
    for match in _LONG.finditer(text):
        if len(match[0]) <= limit:
            continue
        if match.start() > end:
            cut.append(text[end : match.start()])
        cut.append([part for joint in _JOINTS.split(match[0]) for part in _short(joint, limit)])
        end = match.end()
    if end < len(text):
        cut.append(text[end:])
    return cut


def _short(word: str, limit: int) -> list[str]:
    if len(word) <= limit:
        return [word]
    clusters = [cluster for cluster in _CLUSTER.findall(word) if cluster]
    step = max(limit // 8, 1)  # fewer parts are faster, and a line is hardly shorter for it
    return ["".join(clusters[place : place + step]) for place in range(0, len(clusters), step)]
