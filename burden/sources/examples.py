"""The small inventories that are shipped with the package, to try everything on."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.sources.folder import read
from burden.sources.portfolio_file import read_portfolio


def example(name: str = "four-tools") -> Inventory:
    """A shipped inventory.

    Returns
    -------
    Inventory
        As :func:`burden.read` gives it.

    Raises
    ------
    KeyError
        If there is no example of this name.

    Examples
    --------
    >>> example("four-tools").obligations["obligation_id"].tolist()
    ['CPOM', 'ERRD', 'TDB', 'ES']
    """
    return _read(name)


# Read once: an inventory never changes.
@cache
def _read(name: str) -> Inventory:
    return read(_folder(name))


def example_portfolio(name: str = "four-tools") -> Portfolio:
    """The portfolio of a shipped inventory.

    Returns
    -------
    Portfolio
        As :func:`burden.read_portfolio` gives it.

    Raises
    ------
    KeyError
        If there is no example of this name.

    Examples
    --------
    >>> example_portfolio("four-tools").units["unit_id"].tolist()
    ['les-tilleuls']
    """
    return read_portfolio(_folder(name) / "portfolio.csv", name=name)


def _folder(name: str) -> Path:
    """In an installed package, beside the modules; in a checkout, among the inventories."""
    package = Path(str(resources.files("burden")))
    for examples in (package / "examples", package.parent / "inventories" / "examples"):
        if examples.is_dir():
            known = sorted(p.name for p in examples.iterdir() if p.is_dir())
            if name in known:
                return examples / name
            raise KeyError(f"there is no example {name!r}; there are {known}")
    raise KeyError(f"there is no example {name!r}: the examples are not installed")
