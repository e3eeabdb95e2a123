# Two commands do everything: `make audit` and `make test`. Both create .venv from the locks.
PYTHON ?= python3
BIN := .venv/bin
AUDITED ?= inventories/portfolios/five-silo-association.csv
FOCUS ?= home-intervention
LANG_OF_REPORT ?= fr
CATALOGUE := burden/locale/fr/LC_MESSAGES/burden.po

.PHONY: audit test lint lock packages messages notebooks clean

audit: .venv/run.done
	$(BIN)/burden audit inventories --portfolio $(AUDITED) --focus "$(FOCUS)" --output audit --lang $(LANG_OF_REPORT)

test: .venv/test.done
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: .venv/test.done
	$(BIN)/ruff check burden tests
	$(BIN)/ruff format --check burden tests
	$(BIN)/mypy
	$(BIN)/lint-imports

notebooks: .venv/test.done
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace notebooks/*.ipynb

packages: .venv/run.done
	$(BIN)/python -c "import burden.sources as s; [s.describe(p.parent) for p in __import__('pathlib').Path('inventories').rglob('datapackage.json')]"

# Brings the sentences of the sources into the French catalogue: new ones are empty, changed ones are
# marked fuzzy. Dates, addresses and places are left out, so that a difference shows sentences only.
messages: .venv/run.done
	$(BIN)/pybabel -q extract -F burden/locale/babel.cfg -k text -k plural_text:1,2 --no-location --sort-by-file \
	  --no-wrap --omit-header -o .venv/burden.pot burden
	$(BIN)/pybabel -q update -i .venv/burden.pot -o $(CATALOGUE) -l fr --no-wrap --ignore-obsolete
	grep -Ev '^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):' \
	  $(CATALOGUE) > .venv/burden.po
	cp .venv/burden.po $(CATALOGUE)

# Pins and hashes, no addresses; `pip install uv` provides the tool.
lock:
	printf 'hatchling\neditables\n' | uv pip compile pyproject.toml - --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements.lock
	printf 'hatchling\neditables\n' | uv pip compile pyproject.toml - --extra test --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements-test.lock

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv

.venv/run.done: .venv/pyvenv.cfg requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/test.done: .venv/pyvenv.cfg requirements-test.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ .venv/run.done

clean:
	rm -rf .venv audit
