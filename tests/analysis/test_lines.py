"""What one occurrence takes, line by line: whose minutes they are, and how sure."""

from __future__ import annotations

from burden.analysis.lines import lines
from tests.analysis.inventories import asks, inventory, obligation


def test_minutes_that_nobody_gave_are_the_standard_time_and_said_to_be_assumed() -> None:
    standard = [{"activity": "obtaining_data", "side": "respondent", "complexity": "simple", "minutes": 2.0}]
    requests = [asks("A", "days", None, complexity="simple"), asks("A", "ftes", None), asks("A", "siret", None),
                asks("A", "project", 5)]  # fmt: skip
    rows = lines(inventory([obligation("A")], requests, standard_times=standard))
    assert rows["minutes_basis"].tolist() == ["assumed", "none", "identifier", "given"]
    assert rows["minutes"].fillna(-1).tolist() == [2, -1, 0, 5]


def test_minutes_are_as_sure_as_who_gave_them_and_assumed_where_nobody_did() -> None:
    requests = [asks("A", "days", 5, minutes_evidence="measured"), asks("A", "ftes", None, minutes_evidence="survey")]
    rows = lines(inventory([obligation("A")], requests))
    assert rows["number_evidence"].tolist() == ["measured", "assumed"]


def test_a_label_is_words_where_only_activities_take_time() -> None:
    meeting = {"obligation_id": "A", "activity": "meeting", "side": "respondent", "minutes": 60.0}
    rows = lines(inventory([obligation("A")], [], activities=[meeting]))
    assert rows["label_fr"].dtype == "str"
