"""The drafting kit: from an audit and its plan to documents that an inspection body can sign.

In: an audit. Out: a folder of documents, the list of every change, and checks that they say the same.
"""
