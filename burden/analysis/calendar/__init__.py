"""The year in dated deliveries: what falls due when, the weeks it fills, what falls together.

A rule of a deadline gives a day, or it does not: what counts from an event, or has no deadline, is
spread evenly over the working days of the year and says so. No hour is lost on the way: the weeks
of a year sum to the ledger. One-off effort (``once_h`` of :mod:`burden.analysis.ledger`) belongs to
no year and is not here. Holidays of schools, leave and days worked around a public holiday are not
known, so that no week is lighter for them. In: an inventory, a portfolio, a year. Out: tables.
"""

from burden.analysis.calendar.deliveries import LEAD_DAYS, by_dating, deliveries
from burden.analysis.calendar.moving import Moving, effect_of_moving, moved
from burden.analysis.calendar.together import PEAK, collisions, peaks
from burden.analysis.calendar.weeks import weekly_load
from burden.analysis.calendar.working_days import last_working_days, public_holidays, working_days

__all__ = [
    "LEAD_DAYS",
    "PEAK",
    "Moving",
    "by_dating",
    "collisions",
    "deliveries",
    "effect_of_moving",
    "last_working_days",
    "moved",
    "peaks",
    "public_holidays",
    "weekly_load",
    "working_days",
]
