"""What the prose claims beyond its numbers: shares of a whole, denominators, rounded phrases, changes.

A number that leads to its figure can still stand in a sentence that says too much. Each guard takes
one sentence and yields doubts, in French and in English; a doubt is a warning, for the person who
drafts to judge.
"""
