"""Measures: an inventory (and a portfolio) in, tables out.

The formula of effort stands once, in :mod:`burden.analysis.ledger`; the other modules group it.
Nothing here reads files, draws or writes reports.
"""
