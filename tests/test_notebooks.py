"""The notebooks run from top to bottom."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("notebook", sorted(FOLDER.glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebook_runs(notebook: Path) -> None:
    content = nbformat.read(notebook, as_version=4)
    NotebookClient(content, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    assert all(cell["execution_count"] for cell in content.cells if cell.cell_type == "code")
