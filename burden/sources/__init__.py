"""What comes in: folders of CSV files (Data Packages) and workbooks, and their way back out.

In: files as they arrive, in any common encoding, delimiter, header language or layout.
Out: :class:`~burden.model.inventory.Inventory`, :class:`~burden.model.portfolio.Portfolio`, or
every fault found. A row is read, reported, or empty: none is lost silently, and no file is lost.
"""

from burden.sources.examples import example, example_portfolio
from burden.sources.folder import read, read_partial
from burden.sources.package import describe, write
from burden.sources.portfolio_file import read_portfolio
from burden.sources.workbook import blank_workbook, write_workbook

__all__ = [
    "blank_workbook",
    "describe",
    "example",
    "example_portfolio",
    "read",
    "read_partial",
    "read_portfolio",
    "write",
    "write_workbook",
]
