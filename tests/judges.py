"""Programs of others that read what the product writes."""

import os
import shutil

import pytest

IN_CI = os.environ.get("CI", "") not in ("", "0", "false")
# scripts/setup_debian.py has then installed them all.
INSTALLED = IN_CI and shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def program(name: str, package: str) -> str:
    """The path of a program. Without it the test is skipped and says why; where it was to be installed it fails."""
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]))
    if path is None:
        (pytest.fail if INSTALLED else pytest.skip)(f"no {name}: Debian has it in the package {package}")
    return path
