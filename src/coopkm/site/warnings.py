"""Counts MkDocs' warnings, so that a build that `strict` will refuse does not replace the last good site."""

import logging


class WarningCount(logging.Handler):
    """A log handler that counts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

    def start(self) -> None:
        """Begin to count anew."""
        self.count = 0
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
