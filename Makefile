# `make demo` and `make test` are all that a newcomer needs: both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= out/demo
# What the system lacks and what Python lacks is installed at the same time.
MAKEFLAGS += -j2

.PHONY: help demo test attack lint bench docs screens welsh examples changelog lock system clean

help:
	@echo "make demo    set up and run the main job on the bundled example (into $(OUT))"
	@echo "make test    set up and pass the whole suite"
	@echo "make attack  the long attacks in full"
	@echo "make lint    ruff and mypy"
	@echo "make bench   speed, as ratios (ONLY=scoring for one)"

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "maturity needs Python 3.11 or newer; name one with PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: .venv/.installed
	$(BIN)/maturity demo --out $(OUT)

test: .venv/.installed system lint
	$(BIN)/python -m pytest -n auto --dist worksteal

attack: .venv/.installed system
	MATURITY_ATTACK=1 $(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/.installed
	$(BIN)/python tests/bench $(ONLY)

# Chromium, LibreOffice, Java and pdftotext: installed on Debian as root; elsewhere the script says what is missing.
system:
	@sh tests/system_packages.sh

examples: .venv/.installed
	$(BIN)/python examples/make_examples.py

docs: .venv/.installed
	$(BIN)/python docs/make_reference.py

# The interview's screens and the reports' pages as pictures.
screens: .venv/.installed system
	$(BIN)/python docs/make_screens.py
	$(BIN)/python docs/make_page_screens.py

# What each version of socitm changed, newest first, as `maturity diff` tells it; in both languages.
CHANGES = $(BIN)/maturity diff --responses examples/wales-2026 --format changelog --lang $(1)
define changelog
(echo "# $(3)"; echo; echo "[$(4)]($(5))"; echo; \
  $(CHANGES) socitm@2.0.0 socitm@2.0.1; echo; \
  $(CHANGES) socitm@1.1.0 socitm@2.0.0; echo; \
  $(CHANGES) socitm@1.0.0 socitm@1.1.0) > questionnaires/socitm/$(2)
endef
changelog: .venv/.installed
	$(call changelog,en,CHANGELOG.md,What changed in socitm,Cymraeg,CHANGELOG.cy.md)
	$(call changelog,cy,CHANGELOG.cy.md,Beth a newidiodd yn socitm,English,CHANGELOG.md)

welsh: .venv/.installed
	$(BIN)/python -m maturity.locale.catalogue

lock:
	$(PYTHON) -m venv .stamps/lock
	.stamps/lock/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]'
	(echo "# Versions that the suite passes with; 'make lock' renews them."; \
	  .stamps/lock/bin/python -m pip freeze --exclude maturity) > constraints.txt

clean:
	rm -rf .venv .stamps out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
