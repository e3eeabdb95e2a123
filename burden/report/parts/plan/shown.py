"""The section of recommendations: measures, who decides, what stays, the proof."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.model.messages import Text, text
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Table, display
from burden.report.names import name_of_audited
from burden.report.parts.plan.measures import VARIANTS
from burden.report.parts.plan.said import limits
from burden.simplify.planning.untouched import WHY
from burden.simplify.planning.verification import CHECKS

DECISIONS = {"none": text("arguably none"), "agreement": text("an agreement"), "act": text("a text")}
CLASSES = {
    "moved": text("moved with its tool"), "same": text("the same"), "derivable": text("a sum"),
    "harmonise": text("after agreeing on a definition"),
}  # fmt: skip
LEVELS = {
    "nothing": text("nothing"), "agreement": text("agreements between authorities"),
    "order": text("orders as well"), "decree": text("decrees as well"), "law": text("laws as well"),
}  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where there is no plan."""
    if "plan.saved" not in reading.audit.figures:
        return ()
    blocks: tuple[Block, ...] = (_variants(reading), _untouched(reading))
    if len(reading.table("plan_measures")):
        blocks = (
            _variants(reading), _measures(reading), _front(reading), _decisions(reading), _gateways(reading),
            _refusals(reading), _without_text(reading), _actor(reading), _checks(reading), *limits(reading),
        )  # fmt: skip
    return (Section("plan", text("Recommendations: what could go, who would decide it, and the proof"), blocks),)


def _rendered(reading: Reading, words: dict[str, Text], values: pd.Series) -> list[str]:
    return [words[v].render(reading.language) if v in words else str(v) for v in values]


def _variants(reading: Reading) -> Table:
    frame = reading.table("plan_variants")
    shown = frame.assign(
        what=_rendered(reading, dict(VARIANTS), frame["variant"]), share=frame["saved"] / frame["today"],
    )  # fmt: skip
    columns = {
        "what": text("On what terms"), "saved": text("Hours saved a year"), "share": text("Share"),
        "measures": text("Measures"), "acts": text("Texts to amend"), "gateways": text("Exchanges to open"),
        "gap": text("Not proven"),
    }  # fmt: skip
    return Table("plan_variants", text("What could go, and on what terms"),
                 display(shown, columns, reading.language, shares=("share", "gap")),
                 text("Hours of both sides of the counter. Each row is the best plan on its terms."))  # fmt: skip


def measure_names(reading: Reading, measures: pd.DataFrame) -> list[str]:
    """What each measure does, as a reader says it."""
    said = {
        "share": text("“{tool}” takes {items} from “{source}”"),
        "register": text("“{tool}” takes {items} from the register “{source}”"),
        "merge": text("“{tool}” becomes part of “{source}”"),
        "end": text("“{tool}” ends: all that it asks is given elsewhere"),
    }
    names = []
    for row in measures.to_dict("records"):
        tool = reading.names.of("obligations", str(row["obligation_id"]))
        source = str(row["register"]) or reading.names.of("obligations", str(row["source_id"]))
        items = _few_names(reading, str(row["concept_ids"]))
        template = said[str(row["kind"])]
        names.append(text(template.template, tool=tool, source=source, items=items).render(reading.language))
    return names


def _few_names(reading: Reading, concepts: str) -> str:
    named = reading.names.several("concepts", concepts)
    if len(named) <= 3:
        return ", ".join(named)
    return text("{some} and {more} others", some=", ".join(named[:2]), more=str(len(named) - 2)).render(
        reading.language
    )


def _who(reading: Reading, joined: pd.Series) -> list[str]:
    return [", ".join(reading.names.several("authorities", str(cell))) for cell in joined]


def _texts(reading: Reading, joined: str) -> str:
    """Citations of acts; a tool that cites none is said to."""
    unknown = text("a text that the inventory does not name").render(reading.language)
    bases = reading.audit.inventory.legal_bases
    citation = dict(zip(bases["legal_base_id"], bases["citation"], strict=True))
    return " ; ".join(dict.fromkeys(str(citation.get(base, unknown)) for base in joined.split("|") if base))


def _measures(reading: Reading) -> Chart:
    labels = {**reading.names.by_table["obligations"], **reading.names.by_table["authorities"]}
    drawn = partial(charts.plan_measures, reading.table("plan_measures"), labels=labels, language=reading.language)
    return Chart("plan_measures", drawn, _measure_table(reading))


def _measure_table(reading: Reading) -> Table:
    frame = reading.table("plan_measures").head(SHOWN)
    shown = frame.assign(
        what=measure_names(reading, frame),
        texts=[_texts(reading, str(cell)) for cell in frame["acts"]],
        needs=_rendered(reading, DECISIONS, frame["decision"]),
        alike=_rendered(reading, CLASSES, frame["reuse"]),
    )
    columns = {
        "measure": text("Number"), "what": text("Measure"), "saved": text("Hours saved a year"), "p10": text("P10"),
        "p90": text("P90"), "lost": text("Lost if refused"), "survives_share": text("In the best plan"),
        "alike": text("Information"), "needs": text("Needs"), "texts": text("Texts to amend"),
    }  # fmt: skip
    rest = len(reading.table("plan_measures")) - len(frame)
    return Table(
        "plan_measures", text("The measures that save most"),
        display(shown, columns, reading.language, shares=("survives_share",)),
        text("{rest} more measures are in plan_measures. In the best plan: share of the draws in which the measure is "
             "in the best plan.", rest=str(rest)),
    )  # fmt: skip


def _front(reading: Reading) -> Chart:
    drawn = partial(charts.plan_front, reading.table("plan_front"), language=reading.language)
    return Chart("plan_front", drawn, _front_table(reading))


def _front_table(reading: Reading) -> Table:
    frame = reading.table("plan_front")
    shown = frame.assign(
        terms=[a if b == "acts" else LEVELS[a].render(reading.language)
               for a, b in zip(frame["allowed"], frame["by"], strict=True)],
    )  # fmt: skip
    columns = {
        "terms": text("Texts allowed"), "acts": text("Texts to amend"), "gateways": text("Exchanges to open"),
        "saved": text("Hours saved a year"), "bound_saved": text("At most"), "gap": text("Not proven"),
    }  # fmt: skip
    return Table("plan_front", text("What more texts, and higher ones, would bring"),
                 display(shown, columns, reading.language, shares=("gap",)))  # fmt: skip


def _decisions(reading: Reading) -> Chart:
    tables = (reading.table(f"plan_{name}") for name in ("measures", "acts", "gateways"))
    drawn = partial(
        charts.plan_decisions, *tables, labels=reading.names.by_table["authorities"], language=reading.language
    )
    return Chart("plan_decisions", drawn, _acts(reading))


def _acts(reading: Reading) -> Table:
    frame = reading.table("plan_acts").head(SHOWN)
    shown = frame.assign(
        act=[_texts(reading, str(b)) for b in frame["legal_base_id"]],
        kind=["" if level == "unknown" else reading.code("legal_level", level) for level in frame["level"]],
        who=_who(reading, frame["amended_by_id"]),
        numbers=[m.replace("|", ", ") for m in frame["measures"]],
    )
    columns = {
        "act": text("Text"), "kind": text("Level"), "who": text("Who can amend it"), "numbers": text("Measures"),
        "saved": text("Hours that hang on it"),
    }  # fmt: skip
    return Table("plan_acts", text("Texts to amend, and who can"), display(shown, columns, reading.language))


def _gateways(reading: Reading) -> Table:
    frame = reading.table("plan_gateways").head(SHOWN)
    shown = frame.assign(
        giver=_who(reading, frame["from_authority_id"]), receiver=_who(reading, frame["to_authority_id"]),
        opened=[reading.code("legal_level", level) for level in frame["level"]],
        what=[_few_names(reading, str(c)) for c in frame["concept_ids"]],
    )  # fmt: skip
    columns = {
        "giver": text("From"), "receiver": text("To"), "what": text("Information"), "personal": text("Personal data"),
        "opened": text("Act that opens it"), "saved": text("Hours that hang on it"),
    }  # fmt: skip
    return Table("plan_gateways", text("Exchanges to open between authorities"),
                 display(shown, columns, reading.language))  # fmt: skip


def _refusals(reading: Reading) -> Table:
    frame = reading.table("plan_refusals")
    shown = frame.assign(who=_who(reading, frame["refused"]))
    columns = {
        "who": text("If it refuses"), "hangs_on_it": text("Hours that hang on it"), "lost": text("Hours lost"),
        "saved": text("Hours still saved"),
    }  # fmt: skip
    return Table(
        "plan_refusals", text("What each authority could take away by refusing"),
        display(shown, columns, reading.language),
        text("Hours lost are fewer than those that hang on it where another source takes its place."),
    )  # fmt: skip


def _without_text(reading: Reading) -> Table:
    frame = reading.table("plan_without_text").head(SHOWN)
    shown = frame.assign(what=measure_names(reading, frame))
    columns = {"what": text("Measure"), "saved": text("Hours saved a year")}
    return Table("plan_without_text", text("What arguably needs neither a text nor a new exchange"),
                 display(shown, columns, reading.language))  # fmt: skip


def _actor(reading: Reading) -> Chart:
    """Today and after the plan, and why the rest stays."""
    today, after, stays = (reading.table(f"plan_{name}") for name in ("today", "after", "untouched"))
    drawn = partial(
        charts.plan_actor, today, after, stays, actor=name_of_audited(reading.audit.portfolio),
        labels=reading.names.by_table["authorities"], language=reading.language,
    )  # fmt: skip
    return Chart("plan_actor", drawn, _untouched(reading))


def _untouched(reading: Reading) -> Table:
    frame = reading.table("plan_untouched")
    shown = frame.assign(why=_rendered(reading, dict(WHY), frame["reason"]))
    columns = {
        "why": text("What becomes of today's hours"), "items": text("Items or tools"), "weight": text("Hours a year"),
        "share": text("Share"),
    }  # fmt: skip
    return Table("plan_untouched", text("What the plan leaves alone, and why"),
                 display(shown, columns, reading.language, shares=("share",)))  # fmt: skip


def _checks(reading: Reading) -> Table:
    frame = reading.table("plan_checks")
    shown = frame.assign(what=_rendered(reading, dict(CHECKS), frame["check"]))
    columns = {"what": text("Replayed without the solver"), "looked_at": text("Looked at"), "faults": text("Faults")}
    return Table("plan_checks", text("The replay of the plan"), display(shown, columns, reading.language))
