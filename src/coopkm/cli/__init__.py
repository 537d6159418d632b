"""The command line: a shell around plain functions."""

from coopkm.cli.main import main

__all__ = ["main"]
