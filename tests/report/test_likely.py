from __future__ import annotations

import pytest

from burden.report.audit import Audit

pytestmark = pytest.mark.xdist_group("report")


def test_the_likely_range_lies_within_the_bounds(audited: Audit) -> None:
    likely, hours = audited.figures["likely.hours"], audited.figures["burden.hours"]
    assert hours.low < likely.low < likely.value < likely.high < hours.high


def test_what_the_central_value_leaves_out_is_left_out_of_the_range_too(audited: Audit) -> None:
    assert audited.figures["likely.hours"].unmeasured == audited.figures["burden.hours"].unmeasured


def test_measuring_the_inputs_named_leaves_the_part_of_the_range_that_is_said(audited: Audit) -> None:
    today, then = audited.figures["likely.hours"], audited.figures["next.hours"]
    left = (then.high - then.low) / (today.high - today.low)
    assert audited.figures["next.narrowed"].value == pytest.approx(1 - left, abs=1e-6)


def test_each_rank_is_a_chance(audited: Audit) -> None:
    shares = audited.tables["ranks"][["top_5_share", "top_10_share"]]
    assert shares.min(axis=None) >= 0
    assert shares.max(axis=None) <= 1
    assert (shares["top_10_share"] >= shares["top_5_share"]).all()
