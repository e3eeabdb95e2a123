"""Documents that stand up outside: one content, written as docx, odt, pdf and html.

In: a :class:`~burden.report.documents.document.Document` of sections, sentences, tables and
charts. Out: files. Every number of a sentence is a link to its line in the document's list of
figures, whatever the format; what comes from an inventory can never act as markup.
"""

from burden.report.documents.document import Document, Facts, Listing, Part, Signature
from burden.report.documents.formats import FORMATS, write_document

__all__ = ["FORMATS", "Document", "Facts", "Listing", "Part", "Signature", "write_document"]
