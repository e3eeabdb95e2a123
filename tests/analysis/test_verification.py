import burden as bd
from burden.analysis.verification import evidence_by_silo, verify_first


def test_rows_by_evidence_add_up_to_the_inventory(real: bd.Inventory) -> None:
    counted = evidence_by_silo(real).groupby("table")["total"].sum()
    assert counted.to_dict() == {"obligations": len(real.obligations), "requests": len(real.requests)}


def test_what_was_read_in_force_in_full_is_not_to_verify(real: bd.Inventory) -> None:
    sure = real.obligations.query("evidence == 'text' and item_list == 'complete'")["obligation_id"]
    assert not set(sure) & set(verify_first(real)["obligation_id"])


def test_what_shares_most_information_comes_first(real: bd.Inventory) -> None:
    assert verify_first(real)["shared_items"].is_monotonic_decreasing
