"""The name that was probably meant. `suggest.js` does the same."""

from collections.abc import Iterable

_SHORTEST = 4  # letters: below, every other name would be near


def nearest_name(asked: str, names: Iterable[tuple[str, str]]) -> str:
    """The name nearest to a query's joined letters; `names` are pairs of joined letters and the name as written.

    Empty where none is near, or where the query is a name itself.
    """
    if len(asked) < _SHORTEST:
        return ""
    best, nearest = len(asked) // 4 + 1, ""
    for letters, name in names:
        if letters == asked:
            return ""
        if abs(len(letters) - len(asked)) < best and (distance := edits(asked, letters, best)) < best:
            best, nearest = distance, name
    return nearest


def edits(one: str, other: str, limit: int) -> int:
    """Letters to put in, leave out, change or swap with the next to make one of the other; `limit` if not fewer."""
    before, last = list[int](), list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        row = [at]
        for there, letter in enumerate(other, 1):
            cost = min(last[there] + 1, row[there - 1] + 1, last[there - 1] + (char != letter))
            if at > 1 and there > 1 and char == other[there - 2] and one[at - 2] == letter:
                cost = min(cost, before[there - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
        before, last = last, row
    return min(last[-1], limit)
