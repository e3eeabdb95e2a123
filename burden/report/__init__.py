"""The audit and its documents: results gathered once, content assembled once, formats rendered.

In: an inventory and a portfolio, or an audit already run. Out: a bundle of files.
A sentence is built from key figures, so it cannot say what they do not.
"""
