"""Datasets of others as accounts: what others have coded becomes reports with claims, beside what Saksi reads itself.

ACLED and UCDP GED exports (CSV) and the plain claims format (a folder, `docs/how-to/datasets.md`). A row or report
becomes a plain text of labelled lines with every value as it stands in the data, so that every value of a claim is
anchored in it; the evidence are the bytes of the row. Names are resolved with the reader's own means, so that coded and
machine-read claims meet on the same actors and places; this folder therefore stands on more rooms than its neighbours.
"""

from saksi.sources.datasets.dataset import Dataset, dataset_of

__all__ = ["Dataset", "dataset_of"]
