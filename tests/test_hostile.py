"""Texts of `hostile.yml` in every text field: nothing runs, nothing is asked of another host, nothing leads away."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from browser_pages import LANGS, Watch, policy, visitor
from conftest import Handler, Site
from every_field import Filler, document, library, source, term, unit
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Frame, Page

from coopkm.library import Article
from coopkm.model.base import Text, Unit
from coopkm.model.kinds import KINDS
from coopkm.model.project import Project
from coopkm.pages import build_site as build_pages
from coopkm.site.assembly import THEME
from coopkm.site.frame import Frame as Shell
from coopkm.site.mkdocs import build_site

HERE = Path(__file__).parent
HOSTILE: dict[str, str] = yaml.safe_load((HERE / "hostile.yml").read_text("utf-8"))
AUDIT = (HERE / "page_audit.js").read_text("utf-8")
OWN_FIELDS = [kind for kind, row in KINDS.items() if set(row.model.model_fields) - set(Unit.model_fields)]
COMMON = [kind for kind in KINDS if kind not in OWN_FIELDS]
