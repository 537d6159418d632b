"""The one exception that means: cannot go on."""


class CannotGoOn(Exception):
    """One line for the person at the keyboard, in both languages; the process ends with exit code 2.

    Faults of content are never exceptions: they are `Problem`s, reported all together.
    """

    def __init__(self, th: str, en: str) -> None:
        super().__init__(en)
        self.lines = {"th": th, "en": en}
