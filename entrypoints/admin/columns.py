"""Tables in a terminal."""

from collections.abc import Sequence

from ui.as_text import plain

_GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a row a line; figures stand at the right, what is None is a dash."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *cells, strict=True)]
    right = [any(isinstance(row[at], int | float) for row in rows) for at in range(len(head))]
    return "\n".join(
        _GAP.join(
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [list(head), *cells]
    )


def _cell(value: object) -> str:
    match value:
        case None | "":
            return "–"
        case float():
            return f"{value:.2f}"
        case _:
            return plain(str(value))
