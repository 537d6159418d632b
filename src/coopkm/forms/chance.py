"""Chance that can be repeated: what is drawn follows from the seed and from names alone.

Things are ranked by a digest of the seed, of what the ranking is for, and of their ids. No state is kept, so neither
the order in which things are asked nor the version of Python changes what comes out.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from coopkm.text.digest import digest

Thing = TypeVar("Thing")


def mixed(seed: int, purpose: str, things: Iterable[Thing], name: Callable[[Thing], str]) -> list[Thing]:
    """The things in an order that only chance gives; their names must differ."""
    return sorted(things, key=lambda thing: digest(str(seed), purpose, name(thing)))
