"""A change between two states is not given as one number where part of it is only a better estimate.

By convention, the figures of one change share a stem and end in ``.before``, ``.after``, ``.change``,
``.real``, ``.re-estimate`` and ``.scope`` (as those of :mod:`burden.report.versions.figures`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from burden.model.messages import text
from burden.report.key_figures import KeyFigure
from burden.report.kit.claims.claim import Claim
from burden.report.kit.claims.sentences import Said

PARTS = ("real", "re-estimate")
"""What a sentence gives apart."""


def mixed_changes(sentence: Said, figures: Mapping[str, KeyFigure]) -> Iterator[Claim]:
    """Changes that a sentence gives as one though real change and re-estimates are both in them."""
    said = {x.figure.id for x in sentence.led}
    for stem in sorted({identifier.rpartition(".")[0] for identifier in said}):
        parts = [f"{stem}.{part}" for part in PARTS]
        # An unknown part is not a part of zero.
        both = all(part in figures and figures[part].value != 0 for part in parts)
        whole = f"{stem}.change" in said or {f"{stem}.before", f"{stem}.after"} <= said
        if both and whole and not set(parts) <= said:
            shown = ", ".join(
                sentence.words[x.start : x.end] for x in sentence.led if x.figure.id.startswith(f"{stem}.")
            )
            yield Claim(
                shown,
                text("the change ({shown}) adds up real change and re-estimates.", shown=shown),
                text(
                    "Give both apart, with the figures {real} and {re_estimate}.", real=parts[0], re_estimate=parts[1]
                ),
                led=True,
            )
