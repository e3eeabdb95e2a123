"""Two versions of an audit compared: what is scope, what really changed, what is estimated otherwise.

In: an earlier and a later inventory, each with its portfolio; or the folders of two audits. Out: the audit of
the later one, whose report has a section on what changed; or the headline figures and the tools side by side.
"""

from burden.report.versions.bundles import compare_bundles, is_bundle
from burden.report.versions.comparing import compared

__all__ = ["compare_bundles", "compared", "is_bundle"]
