"""What can go wrong with statistics. Each refusal has a `code` that a face turns into words.

StatisticsError
├── NotAllowed         neither statistician nor coordinator (or, for frozen reports, a stranger to the area)
├── NotEnded           the report's period is not over
├── PeriodClosed       a report over this period is frozen: what comes now counts later
├── WrongReport        no such report, plan or school year in this area
├── WrongTurn          the report's state does not allow this step
├── CatalogueChanged   the year was begun with other sets than this release counts
├── SecretLost         the year's secret is gone: no further figure of this year can be made
├── Changed            what was checked is not what would be frozen
├── TextTaken          a cell has another text already: the report is a draft again, and takes that text over
├── NoteMissing        a correction does not tell what it corrects
├── TypedFigure        a figure stands in people's own words; `field` tells where, `found` which
└── BadFacts           a line of a loaded file is wrong; nothing of the file was loaded
"""


class StatisticsError(Exception):
    """Base of this room's errors."""

    code = "statistics"


class NotAllowed(StatisticsError):
    """Expected a statistician or a coordinator of the area."""

    code = "not_allowed"


class NotEnded(StatisticsError):
    """Expected a period that is over."""

    code = "not_ended"


class PeriodClosed(StatisticsError):
    """Expected a period over which no report is frozen."""

    code = "period_closed"


class WrongReport(StatisticsError):
    """Expected a report, plan and school year of this area."""

    code = "wrong_report"


class WrongTurn(StatisticsError):
    """Expected a step that the table of states has."""

    code = "wrong_turn"


class CatalogueChanged(StatisticsError):
    """Expected the catalogue with which the school year was begun."""

    code = "catalogue_changed"


class SecretLost(StatisticsError):
    """Expected the secret of the school year in the key directory."""

    code = "secret_lost"


class Changed(StatisticsError):
    """Expected the counts that were checked: check again."""

    code = "changed"


class TextTaken(StatisticsError):
    """Expected the text that a cell was published with."""

    code = "text_taken"


class NoteMissing(StatisticsError):
    """Expected a correction's note, in at least one language, that tells what it corrects."""

    code = "note_missing"


class TypedFigure(StatisticsError):
    """Expected words without figures: those come from the counters alone."""

    code = "typed_figure"

    def __init__(self, *, field: str, found: str) -> None:
        super().__init__(f"{field}: expected no figure in people's own words, not {found!r}")
        self.field = field
        self.found = found


class BadFacts(StatisticsError):
    """A line of a file; `line` counts from 1, the head included."""

    code = "bad_facts"

    def __init__(self, *, line: int, column: str, expected: str) -> None:
        super().__init__(f"line {line}, column {column}: expected {expected}")
        self.line = line
        self.column = column
