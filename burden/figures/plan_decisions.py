"""Who must decide what: texts and exchanges by authority, and the saving that hangs on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from burden.figures import amounts, frame, grid, groups, known, lettering, style
from burden.model.messages import Text, plural_text, text
from burden.simplify.planning.rules import BINDING

_NAME_PT, _BAR_PT, _LABEL_PT, _ROW_PT, _HEAD_PT, _SIZE = 226.0, 88.0, 64.0, 32.0, 68.0, 10.5
_ABOVE_PT = 24.0
_TINY = 1e-9

_TEXTS: Mapping[str, Text] = {
    "eu_law": text("law of the EU"), "law": text("law"), "decree": text("decree"), "order": text("order"),
    "unknown": text("level not known"), "soft": text("circular, contract, practice"),
}  # fmt: skip
_EXCHANGES: Mapping[str, Text] = {"agreed": text("by agreement"), "enacted": text("by decree or law")}
_COLUMNS = (*_TEXTS, *_EXCHANGES)


@dataclass(frozen=True, eq=False)
class _Reading:
    """Counts per authority × column and what hangs on each, the largest first; sums of the plan."""

    counts: pd.DataFrame
    hangs: pd.Series
    authorities: int
    grouped: int
    total: float
    without: pd.DataFrame
    measure: str

    @property
    def columns(self) -> list[str]:
        """Columns in which somebody has something to decide."""
        return [c for c in _COLUMNS if self.counts[c].sum() > 0]

    def amount(self, value: float, language: str) -> str:
        """A saving in words."""
        return amounts.amount(value, self.measure, language)


@style.look()
def plan_decisions(
    measures: pd.DataFrame,
    acts: pd.DataFrame,
    gateways: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    measure: str = amounts.HOURS,
    language: str = "fr",
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """A table-figure: what each authority must amend or open, and what of the saving hangs on it.

    Parameters
    ----------
    measures, acts, gateways : DataFrame
        Those of :func:`burden.simplify.plan`.
    labels : mapping
        Names of the authorities.
    measure : str
        What the plan weighs: ``hours_per_year`` or ``cost_eur_per_year``.
    most : int
        Authorities apart, at most; the rest is counted together as *others*.

    Returns
    -------
    Axes
        One row per authority, the one on which most hangs first: a bar of what the measures that
        need it save, then how many texts it must amend by level and how many exchanges it must
        take part in, the darker the more. What hangs on two authorities is counted with both.
    """
    total = float(measures["saved"].sum()) if len(measures) else 0.0
    if not total > _TINY:
        return frame.nothing_to_show(ax, amounts.nothing_saved(), language)
    read = _read(measures, acts, gateways, most, measure)
    if read.counts.empty:
        return frame.nothing_to_show(ax, _nobody(read, language), language)
    names = [groups.authority_name(a, labels, language, read.grouped) for a in read.counts.index]
    height = _HEAD_PT + _ROW_PT * len(names)
    given = ax is not None
    ax = frame.new_axes(ax, height_in=height / 72 + 2.3)
    _draw(ax, read, names, language)
    frame.finish(ax, title=_finding(read, names, language), note=_note(read, language), alt=_alt(read, names, language))
    return ax if given else grid.at_height(ax, height)


def _read(measures: pd.DataFrame, acts: pd.DataFrame, gateways: pd.DataFrame, most: int, measure: str) -> _Reading:
    decided = _decided(acts, gateways)
    saved = measures.set_index("measure")["saved"]
    asked = _asked(measures)
    ranked = asked.groupby("authority")["measure"].agg(lambda m: float(saved[m].sum()))
    counted = decided.groupby("authority").size().reindex(ranked.index).fillna(0)
    order = pd.DataFrame({"saved": ranked, "counted": counted}).sort_values(
        ["saved", "counted"], ascending=False, kind="stable"
    )  # fmt: skip
    first = groups.apart(order.index, most)
    asked["authority"] = groups.others(asked["authority"], first)
    decided["authority"] = groups.others(decided["authority"], first)
    hangs = asked.drop_duplicates().groupby("authority")["measure"].agg(lambda m: float(saved[m].sum()))
    rows = [a for a in [*first, groups.OTHER] if a in hangs.index]
    # A text or an exchange that two of the others share is one.
    counts = decided.drop_duplicates().pivot_table(index="authority", columns="column", values="what", aggfunc="count")
    return _Reading(
        counts=counts.reindex(index=rows, columns=list(_COLUMNS)).fillna(0).astype(int),
        hangs=hangs.reindex(rows),
        authorities=len(order),
        grouped=len(order) - len(first),
        total=float(measures["saved"].sum()),
        without=measures[measures["authority_ids"] == ""],
        measure=measure,
    )


def _asked(measures: pd.DataFrame) -> pd.DataFrame:
    """Measures × authorities that must decide or agree."""
    asked = measures[["measure", "authority_ids"]].assign(authority=measures["authority_ids"].str.split("|"))
    asked = asked.explode("authority")[["authority", "measure"]].astype(object)
    return asked[asked["authority"].fillna("") != ""]


def _decided(acts: pd.DataFrame, gateways: pd.DataFrame) -> pd.DataFrame:
    """Texts and exchanges × authorities that must decide them, with their column."""
    levels = [level if level in (*BINDING, "unknown") else "soft" for level in acts["level"]]
    texts = pd.DataFrame({"authority": acts["amended_by_id"], "what": acts["legal_base_id"], "column": levels})
    opened = ["enacted" if level in BINDING else "agreed" for level in gateways["level"]]
    way = gateways["from_authority_id"] + ">" + gateways["to_authority_id"] + gateways["personal"].map(str)
    ends = [
        pd.DataFrame({"authority": gateways[end], "what": way, "column": opened})
        for end in ("from_authority_id", "to_authority_id")
    ]
    decided = pd.concat([texts, *ends], ignore_index=True).astype(object)
    split = decided.assign(authority=decided["authority"].str.split("|")).explode("authority")
    return split[split["authority"].fillna("") != ""].reset_index(drop=True)


def _nobody(read: _Reading, language: str) -> Text:
    saved = read.amount(read.total, language)
    return text("Nothing to show: arguably, nobody needs to decide anything to save {saved} a year.", saved=saved)


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> None:
    ax.axis("off")
    width = frame.size_pt(ax)[0]
    start = _NAME_PT + _BAR_PT + _LABEL_PT
    side = (width - start) / max(len(read.columns), 1)
    ax.set_xlim(0, width)
    ax.set_ylim(_HEAD_PT + _ROW_PT * len(names), 0)
    _heads(ax, read, (start, side), language)
    largest, most = float(read.hangs.max()), int(read.counts.to_numpy().max(initial=0))
    for row, name in enumerate(names):
        top = _HEAD_PT + row * _ROW_PT
        ax.text(0, top + _ROW_PT / 2, _fitted(name), va="center", fontsize=_SIZE, linespacing=1.05)
        hangs = float(read.hangs.iloc[row])
        wide = max(_BAR_PT * hangs / largest, 1.0) if largest > 0 else 1.0
        ax.add_patch(Rectangle((_NAME_PT, top + 8), wide, _ROW_PT - 16, facecolor=style.MAIN))
        ax.text(_NAME_PT + wide + 6, top + _ROW_PT / 2, read.amount(hangs, language), va="center", fontsize=_SIZE)
        for place, column in enumerate(read.columns):
            _cell(ax, (start + place * side, top), side, int(read.counts[column].iloc[row]), most, language)


def _fitted(name: str) -> str:
    """A name in two lines, by its initials where it does not fit."""
    whole = lettering.wrapped(name, into_pt=_NAME_PT - 10, size=_SIZE, lines=2)
    if "…" not in whole:
        return whole
    return lettering.wrapped(lettering.short(name), into_pt=_NAME_PT - 10, size=_SIZE, lines=2)


def _heads(ax: Axes, read: _Reading, place: tuple[float, float], language: str) -> None:
    """What the columns are, texts and exchanges apart."""
    start, side = place
    heads = {**_TEXTS, **_EXCHANGES}
    words = [word for c in read.columns for word in heads[c].render(language).split()]
    size = lettering.fitting_size(words, into_pt=side - 8, size=_SIZE)
    for number, column in enumerate(read.columns):
        said = lettering.wrapped(heads[column].render(language), into_pt=side - 6, size=size, lines=4)
        ax.text(start + (number + 0.5) * side, _ABOVE_PT + 4, said, ha="center", va="top", fontsize=size,
                linespacing=1.05)  # fmt: skip
    for columns, head in ((_TEXTS, text("Texts to amend")), (_EXCHANGES, text("Exchanges to open"))):
        inside = [i for i, c in enumerate(read.columns) if c in columns]
        if inside:
            left, right = start + inside[0] * side + 3, start + (inside[-1] + 1) * side - 3
            said = head.render(language)
            fitted = lettering.fitting_size([said], into_pt=right - left, size=_SIZE, weight="bold")
            ax.text((left + right) / 2, _ABOVE_PT - 7, said, ha="center", va="baseline", weight="bold",
                    fontsize=fitted)  # fmt: skip
            ax.plot([left, right], [_ABOVE_PT, _ABOVE_PT], color=style.MUTED, linewidth=0.9)
    head = {amounts.HOURS: text("Hours a year that hang on it")}.get(read.measure, text("Euros a year that hang on it"))
    said = lettering.balanced(head.render(language), into_pt=_BAR_PT + _LABEL_PT - 10, size=_SIZE)
    ax.text(_NAME_PT, _ABOVE_PT + 4, said, va="top", fontsize=_SIZE, linespacing=1.05)


def _cell(ax: Axes, corner: tuple[float, float], side: float, count: int, most: int, language: str) -> None:
    left, top = corner
    colour = style.SHADES((count / most) ** 0.5) if count else style.PAPER
    box = Rectangle((left + 1, top + 1), side - 2, _ROW_PT - 2, facecolor=colour, edgecolor=style.RULE, linewidth=0.5)
    ax.add_patch(box)
    if count:
        ax.text(left + side / 2, top + _ROW_PT / 2, lettering.number(count, language), ha="center", va="center",
                fontsize=_SIZE, color=style.ink_on(colour))  # fmt: skip


def _finding(read: _Reading, names: list[str], language: str) -> str:
    said = {
        "authority": names[0],
        "share": lettering.share(min(float(read.hangs.iloc[0]) / read.total, 1.0), language),
        "saved": read.amount(read.total, language),
    }
    number = read.authorities
    return plural_text(
        "{authority}: {share} of the {saved} a year hang on it; {n} authority must decide or agree",
        "{authority}: {share} of the {saved} a year hang on it; {n} authorities must decide or agree",
        number, n=lettering.number(number, language), **said,
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    key = text(
        "A measure may need several authorities: what hangs on it is counted with each. An exchange is counted with "
        "both of its ends; the act that opens it, where it takes a decree or a law, is in no column of texts."
    )
    free = ""
    if len(read.without):
        number = len(read.without)
        free = plural_text(
            "Besides, {n} measure ({saved} a year) arguably needs no decision.",
            "Besides, {n} measures ({saved} a year) arguably need no decision.",
            number, n=lettering.number(number, language),
            saved=read.amount(float(read.without["saved"].sum()), language),
        ).render(language)  # fmt: skip
    return [key.render(language), free]


def _alt(read: _Reading, names: list[str], language: str) -> str:
    heads = {**_TEXTS, **_EXCHANGES}
    parts = []
    for row, name in enumerate(names):
        said = [read.amount(float(read.hangs.iloc[row]), language)]
        for columns, head in ((_TEXTS, text("Texts to amend")), (_EXCHANGES, text("Exchanges to open"))):
            counted = [
                f"{heads[c].render(language)} {lettering.number(int(read.counts[c].iloc[row]), language)}"
                for c in read.columns
                if c in columns and read.counts[c].iloc[row]
            ]
            if counted:
                said.append(f"{head.render(language).lower()} ({', '.join(counted)})")
        parts.append(f"{name}, {', '.join(said)}")
    return text("By authority: {values}.", values=known.joined(parts, language)).render(language)
