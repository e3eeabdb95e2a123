"""The contradictory procedure: what is sent for reply, what comes back, what it changes.

In: an inventory and a portfolio; forms filled in. Out: one form per body concerned, a dated layer of
replies beside the inventory, the inventory with the replies that were accepted, and what each changed.
The inventory itself is never touched.

>>> from burden.report import reply
>>> import burden as bd
>>> draft = reply.draft(bd.example("four-tools"), bd.example_portfolio("four-tools"), language="en")
>>> [addressee.id for addressee in reply.addressees(draft)]
['ars', 'cnsa', 'departement', 'drees', 'les-tilleuls']
"""

from burden.report.reply.addressees import Addressee, addressees
from burden.report.reply.applying import apply, apply_numbers
from burden.report.reply.draft import Draft, audited_tables, draft
from burden.report.reply.effects import effects, replied
from burden.report.reply.forms import write_forms
from burden.report.reply.layer import Layer, decide, read_layer, save_layer, write_layer
from burden.report.reply.reading import Read, read_forms

__all__ = [
    "Addressee",
    "Draft",
    "Layer",
    "Read",
    "addressees",
    "apply",
    "apply_numbers",
    "audited_tables",
    "decide",
    "draft",
    "effects",
    "read_forms",
    "read_layer",
    "replied",
    "save_layer",
    "write_forms",
    "write_layer",
]
