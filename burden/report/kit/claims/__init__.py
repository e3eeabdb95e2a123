"""What the prose claims beyond its numbers: shares of a whole, denominators, rounded phrases, changes.

A number that leads to its figure can still stand in a sentence that says too much. In: one sentence
with its numbers, in French or in English, and the figures of the audit. Out: doubts, one guard a
module; a doubt is a warning, for the person who drafts to judge.
"""
