"""Names of what an inventory identifies, for the ``labels`` of the figures."""

from __future__ import annotations

from burden.model import schema
from burden.model.inventory import Inventory


def labels_of(inv: Inventory, *tables: str, language: str = "fr") -> dict[str, str]:
    """Identifier → name in the reader's language, the French name where there is no other.

    Parameters
    ----------
    tables : str
        Tables to name, such as ``authorities`` and ``concepts``.

    Returns
    -------
    dict of str to str
        What the figures take as ``labels``.

    Raises
    ------
    ValueError
        If two of the tables give different names to one identifier: ask for them apart.

    Examples
    --------
    >>> import burden as bd
    >>> labels_of(bd.example("four-tools"), "obligations", language="en")["CPOM"] != ""
    True
    """
    known: dict[str, str] = {}
    for table in tables:
        frame = getattr(inv, table)
        key = schema.tables()[table].primary_key[0]
        names = frame["name_fr"]
        if language != "fr":
            names = frame[f"name_{language}"].fillna(names)
        for identifier, name in zip(frame[key], names, strict=True):
            if known.setdefault(identifier, name) != name:
                raise ValueError(f"{identifier!r} is named {known[identifier]!r} and, in {table}, {name!r}")
    return known
