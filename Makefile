# Everything lodeclaim needs from a fresh machine: Python 3.11 or newer, and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
LEDGER := demo/lodeclaim.sqlite

# Versions and hashes come from the locks alone; the package itself is built without fetching anything.
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet
PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help install dev demo test test-compiled fuzz lint format compile bench bench-geopolrisk bench-kill scores docs \
	reference lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "lodeclaim needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 install")'
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/install: requirements.lock pyproject.toml | $(STAMPS)/venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PROJECT)
	@touch $@

$(STAMPS)/dev: requirements-dev.lock pyproject.toml | $(STAMPS)/venv
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PROJECT)
	@touch $(STAMPS)/install $@

install: $(STAMPS)/install ## Make .venv and install from the hashed lock

dev: $(STAMPS)/dev ## The same with what tests, documentation and locks need

# FollowTheMoney reads one of our exports in a test; it stands apart since its types hide those of SQLAlchemy.
$(STAMPS)/ftm: requirements-ftm.lock | $(STAMPS)/dev
	$(PYTHON) -m venv $(VENV)/ftm
	$(VENV)/ftm/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-ftm.lock
	@touch $@

# The same source with its reader as machine code; needs a C compiler and the headers of Python. It is built from a copy,
# so that no compiled module ever hides the source it was made from.
COMPILED := build/compiled
SOURCES  := $(shell find src -type f -not -name '*.pyc')

$(COMPILED)/.made: $(SOURCES) pyproject.toml README.md LICENSE THIRD_PARTY.md requirements-dev.lock
	@command -v $${CC:-cc} >/dev/null || { echo "Compiling the reader needs a C compiler and the headers of Python; none was found."; exit 2; }
	@$(MAKE) --no-print-directory dev
	@echo "Compiling the reader, which takes some minutes"
	@rm -rf build/source $(COMPILED) && mkdir -p build/source dist
	@cp -r src pyproject.toml README.md LICENSE THIRD_PARTY.md build/source
	@cd build/source && HATCH_BUILD_HOOK_ENABLE_MYPYC=true \
		../../$(PIP) wheel --no-deps --no-build-isolation --wheel-dir ../wheel .
	@mv build/wheel/*.whl dist && rm -rf build/source build/wheel
	@$(PIP) install --no-deps --target $(COMPILED) $$(ls -t dist/*.whl | head -1)
	@touch $@

compile: $(COMPILED)/.made ## Build a wheel in dist/ whose reader is machine code
	@ls -t dist/*.whl | head -1

demo: install ## Read the sample articles and print the tungsten brief
	@mkdir -p demo && rm -f $(LEDGER) $(LEDGER)-wal $(LEDGER)-shm demo/tungsten.html
	$(BIN)/lodeclaim read examples/articles --ledger $(LEDGER) --format none
	$(BIN)/lodeclaim brief tungsten --ledger $(LEDGER) --save demo/tungsten.html

test: lint $(STAMPS)/ftm ## Every check and every test
	$(BIN)/python -m pytest

test-compiled: $(COMPILED)/.made ## The tests of what reads and keeps claims, on the compiled reader
	PYTHONPATH=$(COMPILED) $(BIN)/python -m pytest tests/reading tests/documents tests/ledger tests/reconciliation \
		tests/exports tests/cli

fuzz: dev ## Property tests with new random examples
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=default

lint: dev ## Style, layers and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

format: dev ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install ## Measure start-up, reading, growth with hostile texts, indicators, and a ledger of a million claims
	@$(MAKE) --no-print-directory compile || echo "The reader could not be compiled; it is measured as Python source."
	$(BIN)/python bench/run.py
	$(BIN)/python bench/adversarial.py
	$(BIN)/python bench/indicators.py
	$(BIN)/python bench/million.py

bench-suites: install ## Measure quantities on public suites: make bench-suites SUITES=FOLDER
	@test -n "$(SUITES)" || { echo "Say where the checkouts are: make bench-suites SUITES=FOLDER. It holds any of Recognizers-Text, duckling, CQE_Evaluation."; exit 2; }
	$(BIN)/python bench/suites.py "$(SUITES)"

bench-peers: install ## Compare speed with lingua, dateparser and quantulum3, kept apart in build/peers
	$(BIN)/python bench/peers.py

bench-geopolrisk: install ## Compare GeoPolRisk with its reference implementation, kept apart in build/geopolrisk
	$(BIN)/python bench/geopolrisk_peer.py

scores: dev ## Score the reader and write the tables of docs/benchmarks.md
	$(BIN)/python tools/score_table.py

bench-kill: dev ## Kill readings and crowd reviewers at full size, on SQLite and PostgreSQL
	$(BIN)/python bench/kill.py --kills 300 --server-kills 100
	$(BIN)/python bench/reviewers.py --decisions 5000

reference: dev ## Write docs/commands.md from the commands and the vocabulary
	$(BIN)/python tools/generate_reference.py

docs: dev ## Build the documentation; a warning is an error
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

LOCKED  = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
COMPILE = $(BIN)/uv pip compile pyproject.toml $(LOCKED) --group build
FTM     = $(BIN)/uv pip compile $(LOCKED) --group ftm

lock: dev ## Renew the locks
	$(COMPILE) --upgrade --output-file requirements.lock
	$(COMPILE) --extra dev --group lock --group compile --constraint requirements.lock --output-file requirements-dev.lock
	$(FTM) --upgrade --output-file requirements-ftm.lock

clean: ## Remove what was built, the demo and the caches; .venv stays
	rm -rf build dist demo docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools bench docs -name __pycache__ -type d -prune -exec rm -rf {} +
