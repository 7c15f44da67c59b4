"""What can go wrong when a snapshot is rendered.

ReportsError
    NotASnapshot      a part is missing or of the wrong form; says which
    Altered           the snapshot's hash is not the hash of its contents: nothing is rendered from it
    UnknownKind       no such kind of rendering, plan or section
    UnknownLanguage   neither fi, sv nor en
    UnknownPlace      the snapshot has no such municipality or school
    NothingToShow     the snapshot has no figure for what was asked, such as a year on one page from two months
    BadBulletin       a bulletin has not its three figures or its two sentences
"""


class ReportsError(ValueError):
    """Something that stops a rendering; its text says what was expected."""


class NotASnapshot(ReportsError):
    """Expected the stored form of a frozen report (docs/reports.md)."""


class Altered(ReportsError):
    """Expected a snapshot whose hash matches its contents."""


class UnknownKind(ReportsError):
    """Expected one of the kinds that `render.KINDS` names."""


class UnknownLanguage(ReportsError):
    """Expected fi, sv or en."""


class UnknownPlace(ReportsError):
    """Expected the code of a municipality or school of the snapshot."""


class NothingToShow(ReportsError):
    """Expected a snapshot that has figures for this rendering."""


class BadBulletin(ReportsError):
    """Expected three figures with two sentences each; its `code` says what was wrong."""

    def __init__(self, told: str, *, code: str = "bulletin") -> None:
        super().__init__(told)
        self.code = code
