"""The plan: the least hours such that every authority still gets what it is owed, with a proven bound.

In: an inventory and a portfolio; how many texts of each level may be amended. Out: a plan, its bound,
the front of hours against texts, what each refusal costs, how well it stands up to what is not known.
``demands`` says what is owed, ``formulation`` writes it as a problem, ``exact`` has it solved,
``verification`` replays the plan without the solver.
"""
