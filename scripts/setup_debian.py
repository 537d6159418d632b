"""Installs the programs that judge what the product writes, where continuous integration may: Debian's packages.

They are never needed to use the product. A test that misses its program is skipped and says so.
"""

import os
import shutil
from typing import Dict, List, Mapping

from setup_browser import may_use_apt, show
from setup_env import Place, run_logged
from setup_text import Voice

PACKAGES: Dict[str, str] = {
    "epubcheck": "epubcheck",
    "localc": "libreoffice-calc-nogui",
    "nginx": "nginx-light",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui",
    "xmllint": "libxml2-utils",
}


def set_up_judges(place: Place, voice: Voice, environ: Mapping[str, str] = os.environ) -> None:
    """Install what is missing. Does nothing outside of CI: a person's machine is the person's."""
    packages = missing()
    if not packages or environ.get("CI", "") in ("", "0", "false") or not may_use_apt():
        return
    voice.say("getting-judges", packages=" ".join(packages))
    apt = ["env", "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    for command in ([*apt, "update"], [*apt, "install", "--no-install-recommends", *packages]):
        run_logged(command, place, show(voice, ("Unpacking ",)))


def missing() -> List[str]:
    """Packages of the programs that cannot be found; those of administrators are not on everybody's PATH."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return [package for program, package in sorted(PACKAGES.items()) if not shutil.which(program, path=path)]
