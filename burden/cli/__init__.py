"""The command line: one verb, one function; the only place that prints.

In: what a user types. Out: tables, files and messages. A verb reads, calls one function, prints.
"""

from burden.cli import auditing, comparing, drafting, inventories, measures, planning, replying  # noqa: F401  (their verbs join)
from burden.cli.app import app

__all__ = ["app"]
