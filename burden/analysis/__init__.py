"""Measures: what the tools cost, what is asked twice, how sure that is, what it is for.

In: an inventory, and a portfolio where somebody is audited; options by name. Out: tables, one module
per question. The formula of effort stands once, in :mod:`burden.analysis.ledger`; the other modules
group it. Nothing here reads files, changes an inventory, draws or writes reports.
"""
