"""The same inputs give the same bytes, whatever the order in which a run meets its sets."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

WRITE = """
import datetime as dt, sys
from pathlib import Path
import burden as bd
from burden.report import reply
from burden.report.bundle import write_data
from burden.report.documents import write_document
from burden.report.kit.changes import digest
from burden.report.kit.draft import draft
from burden.report.kit.figures import with_kit_figures
from burden.report.kit.note import note
from burden.report.processes import InTurn

folder = Path(sys.argv[1])
inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
found = with_kit_figures(bd.audit.run(inv, ptf))
write_data(found, folder, executor=InTurn()).result()
drawn = draft(found, "fr")
for document in (note(drawn), digest(drawn)):
    write_document(document, folder, drawings={})
reply.write_forms(reply.draft(inv, ptf, language="fr"), folder / "forms", only=["drees"], today=dt.date(2026, 1, 1))
bd.write_workbook(inv, folder / "inventory.xlsx")
bd.write_workbook(inv, folder / "inventory.ods")
bd.write(inv, folder / "inventory")
"""


def written(folder: Path, seed: int) -> dict[str, str]:
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    subprocess.run([sys.executable, "-c", WRITE, str(folder)], check=True, env=environment, capture_output=True)
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*") if p.is_file()
    }  # fmt: skip


def test_audit_documents_forms_and_workbooks_are_the_same_bytes_with_another_hash_seed(tmp_path: Path) -> None:
    first, second = written(tmp_path / "first", 1), written(tmp_path / "second", 2)
    assert len(first) > 80
    assert [name for name in first if first[name] != second[name]] == []
