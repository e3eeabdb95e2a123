from burden.graph.rows import joined, surest


def test_evidence_that_no_row_gives_is_empty() -> None:
    assert surest([{"evidence": ""}]) == ""


def test_evidence_on_a_fact_is_surer_than_on_a_number() -> None:
    assert surest([{"evidence": "assumed"}, {"evidence": "recalled"}]) == "recalled"


def test_joined_values_stay_in_step_with_the_rows() -> None:
    rows = [{"a": "x", "b": ""}, {"a": "y", "b": "z"}]
    assert (joined(rows, "a"), joined(rows, "b")) == ("x|y", "|z")
