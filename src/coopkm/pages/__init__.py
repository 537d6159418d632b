"""The tree of pages: views in, HTML out. Pure; the boundary of the product."""

from coopkm.pages.page import Page
from coopkm.pages.tree import Site, build_site

__all__ = ["Page", "Site", "build_site"]
