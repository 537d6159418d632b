"""The provinces, found by any of their names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from coopkm.text.guess import guess

_BEFORE = re.compile(r"^(จังหวัด|จ\.)")
_AFTER = re.compile(r"province$")
_BETWEEN = re.compile(r"[\s.\-ฯ]")


@dataclass(frozen=True)
class Province:
    """A province: the beginning of its ids, its names, and what it is called besides."""

    id: str
    th: str
    en: str
    also: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """Its Thai name as it stands in a sentence."""
        return self.th if self.is_capital else f"จังหวัด{self.th}"

    @property
    def is_capital(self) -> bool:
        """Bangkok is no province, and its offices are called otherwise."""
        return self.id == "bangkok"

    @property
    def office(self) -> tuple[str, str]:
        """What its office is usually called, in Thai and in English."""
        if self.is_capital:
            return f"สำนักงานส่งเสริมสหกรณ์{self.th}", f"{self.en} Cooperative Promotion Office"
        return f"สำนักงานสหกรณ์{self.full}", f"{self.en} Provincial Cooperative Office"


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """All of them, as provinces.yml has them."""
    rows = yaml.safe_load(files(__package__).joinpath("provinces.yml").read_text("utf-8"))
    return tuple(Province(row["id"], row["th"], row["en"], tuple(row.get("also", ()))) for row in rows)


def find_province(named: str) -> Province | None:
    """The province of this name, in Thai or English, however it is spaced."""
    return _by_name().get(_plain(named))


def near_province(named: str) -> Province | None:
    """The province whose name is nearest to this one, if one is near."""
    return _by_name().get(guess(_plain(named), _by_name()))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Province]:
    return {_plain(name): row for row in provinces() for name in (row.th, row.en, row.id, *row.also)}


def _plain(name: str) -> str:
    """A name without spaces, dots and the word for province."""
    whole = unicodedata.normalize("NFC", name).replace("ํา", "ำ").strip().casefold()
    return _AFTER.sub("", _BETWEEN.sub("", _BEFORE.sub("", whole)))
