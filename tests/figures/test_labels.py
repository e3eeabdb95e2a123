from __future__ import annotations

import pandas as pd
import pytest

import burden as bd
from burden.figures import labels_of
from burden.model.inventory import from_frames


def test_the_french_name_stands_where_there_is_no_other() -> None:
    inv = bd.example("four-tools")
    concepts = inv.concepts
    bare = concepts[concepts["name_en"].isna()]
    named = labels_of(inv, "concepts", language="en")

    assert all(named[i] == n for i, n in zip(bare["concept_id"], bare["name_fr"], strict=True))


def test_several_tables_make_one_mapping() -> None:
    named = labels_of(bd.example("four-tools"), "authorities", "obligations")

    assert {"ars", "CPOM"} <= set(named)


def test_one_identifier_with_two_names_is_refused() -> None:
    named = {"evidence": ["recalled"], "name_fr": ["Département"]}
    inv = from_frames(
        "clash",
        {
            "authorities": pd.DataFrame({"authority_id": ["departement"], "level": ["ars"], **named}),
            "actors": pd.DataFrame(
                {"actor_id": ["departement"], "kind": ["operator"], **named, "name_fr": ["Service"]}
            ),
        },
    )

    with pytest.raises(ValueError, match="'departement' is named 'Département' and, in actors"):
        labels_of(inv, "authorities", "actors")
