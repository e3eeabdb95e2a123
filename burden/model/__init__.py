"""What an inventory is: its tables as data, its values, its faults.

In: rows already read, whatever they came from (``burden.sources`` reads them).
Out: :class:`Inventory` and :class:`Portfolio`, read-only, and the findings of the checks.
Nothing here opens a file of the user, measures or draws.
"""
