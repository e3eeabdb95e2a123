"""The drafting kit: from an audit and its plan to documents that an inspection body can sign.

In: an audit; then the folder of a kit, edited or not. Out: that folder (note, report, recommendations,
tools, operators, the list of every change), and the findings of the checks: that its files say the same,
that each number of its prose is a figure of the audit, that no sentence claims more (``claims``).
"""
