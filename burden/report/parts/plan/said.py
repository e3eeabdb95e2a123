"""What the plan saves, what proves it, what it needs, and what it leaves alone."""

from __future__ import annotations

from burden.model.messages import Text, text
from burden.report.content import Block, Reading, Sentence


def findings(reading: Reading) -> list[Block]:
    """What can go and at what price; the proof; what stays and why: three sentences."""
    if "plan.saved" not in reading.audit.figures:
        return []
    if not reading.figure("plan.saved").value > 0:
        return [Sentence(_nothing(reading))]
    return [Sentence(_saved(reading)), Sentence(_proven(reading)), *[Sentence(s) for s in _stays(reading)]]


def _nothing(reading: Reading) -> Text:
    return text(
        "Plan: as the inventory stands, nothing can be asked in fewer places without somebody losing what it is owed "
        "({checked} items looked at).",
        checked=reading.figure("plan.checked"),
    )  # fmt: skip


def _saved(reading: Reading) -> Text:
    figure = reading.figure
    likely = figure("plan.likely")
    return text(
        "Plan: without amending a law or a regulation or opening an exchange, {nothing} hours a year can go; "
        "{few_acts} texts amended would bring {few}, and {acts} texts and {gateways} exchanges {saved}, {share} of the "
        "hours of both sides at standard times ({low} to {high} hours when times vary as they may), with every "
        "authority still given what it is owed.",
        nothing=figure("plan.nothing.saved"), few_acts=figure("plan.few.acts"), few=figure("plan.few.saved"),
        acts=figure("plan.acts"), gateways=figure("plan.gateways"), saved=figure("plan.saved"), low=(likely, "low"),
        high=(likely, "high"), share=figure("plan.share"),
    )  # fmt: skip


def _proven(reading: Reading) -> Text:
    figure = reading.figure
    if figure("plan.faults").value:
        return text(
            "The replay of the plan found {faults} faults: do not use it before they are mended.",
            faults=figure("plan.faults"),
        )  # fmt: skip
    return text(
        "The plan is proven: on these terms none saves more than {most} hours, and each of the {checked} items asked "
        "today was found again, or its source, when the plan was replayed without the program that found it.",
        most=figure("plan.most"), checked=figure("plan.checked"),
    )  # fmt: skip


def _stays(reading: Reading) -> list[Text]:
    """What the plan leaves alone: work beside the items, and what is protected."""
    known, figure = reading.audit.figures, reading.figure
    said = []
    if "plan.stays.beside_items.share" in known:
        said.append(text(
            "Most stays: {share} of the hours are work beside the items (reading the rules, meetings, sending, "
            "checking), which goes only with a whole tool.",
            share=figure("plan.stays.beside_items.share"),
        ))  # fmt: skip
    if "plan.stays.protected_tool" in known:
        said.append(text(
            "In protected tools, {hours} hours a year are about something asked elsewhere under another definition; "
            "the plan leaves them. Agreeing on the definitions, with the tools kept, would bring the saving to {saved} "
            "hours: a choice for those who answer for the protection, not for this calculation.",
            hours=figure("plan.stays.protected_tool"), saved=figure("plan.protected.saved"),
        ))  # fmt: skip
    return said


def limits(reading: Reading) -> list[Block]:
    """How to read the plan, and where it stops."""
    figure = reading.figure
    said = [
        text(
            "Measures do not add up: counted one by one, the ideas behind the plan would save {added_up} hours, "
            "together {saved}, because two of them may save the same hour, need the same text, or stand in for one "
            "another. What is lost when one is refused is therefore shown beside what it saves.",
            added_up=figure("plan.added_up"), saved=figure("plan.saved"),
        ),
        text(
            "For a demand or a declaration, the code of relations between the public and the administration "
            "({articles}) arguably excuses already from giving again what an administration has or can "
            "get from another: there the plan counts no text, only the exchange. It gives way to special provisions, "
            "and does not reach inspections, contracts, statistical surveys, courts or independent authorities. "
            "Elsewhere every text that a tool rests on is counted, as the inventory does not say which one settles "
            "what. The level of the act that opens an exchange is a judgement: a convention, a decree for personal "
            "data, a law where a court takes part.",
            articles=reading.joined(["L. 113-12", "L. 114-8"]),
        ),
        text(
            "Not counted: what the changes themselves take, what running an exchange takes, delays between two dates "
            "that are not known, and what the inventory does not list. A register is taken to cover all who are "
            "audited. Times are assumed, so the saving is of the same make as the hours above."
        ),
    ]  # fmt: skip
    return [Sentence(s) for s in said]
