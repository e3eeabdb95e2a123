"""The audit and its documents: results gathered once, content assembled once, formats rendered.

In: an inventory and a portfolio, or an audit already run. Out: folders of files: the audit
(``audit``, of ``parts``), the drafting kit (``kit``), reply forms (``reply``), two versions compared
(``versions``), what may be shared (``shared``). ``documents`` renders content in every format.
A sentence is built from key figures, so it cannot say what they do not.
"""
