# saydo. A newcomer needs two commands: `make demo` and `make test`.
#
#   PYTHON=python3.12 make test    another interpreter for a new environment (3.11 or later)
#   VENV=elsewhere make demo       another place for the environment
#
# Packages come from requirements/*.txt, pinned and checked by hash; a stamp per file skips what is up to date.

SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
CASE ?= demo-case
EXAMPLE ?= examples/alay-corridor

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
# What git does not keep is no source: what is built, and what npm fetched to build it.
SOURCES := $(shell find src -type f ! -name '*.pyc' ! -path '*/node_modules/*' ! -path '*/built/*')
BROWSER := $(filter src/saydo/web/browser/%,$(SOURCES))

.PHONY: help demo test check docs sbom release system dev lock hooks clean
.DEFAULT_GOAL := help

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.stamp-package ## install saydo, code the example reports, print the summary
	rm -rf $(CASE)
	$(BIN)/saydo run $(EXAMPLE) --case $(CASE)
	@echo
	@echo "Open $(CASE)/report.html in a browser, or look closer:"
	@echo "  $(BIN)/saydo open --case $(CASE)"
	@echo "  $(BIN)/saydo show --case $(CASE) discrepancies"

test: $(VENV)/.stamp-dev $(VENV)/.stamp-s3 $(VENV)/.stamp-ftm system check ## install saydo for development, lint, type-check, run every test
	$(BIN)/python -m pytest

check: $(VENV)/.stamp-dev ## lint, formatting and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python hatch_build.py --check

docs: $(VENV)/.stamp-dev ## the documentation site, into build/site
	$(BIN)/python docs/site/build.py

sbom: $(VENV)/.stamp-dev ## the list of parts, into build/saydo.cdx.json
	$(BIN)/python release/sbom.py -o build/saydo.cdx.json

release: $(VENV)/.stamp-dev ## wheel, sdist, list of parts and checksums, into dist (docs/release.md)
	$(BIN)/python release/make.py -o dist

system: ## what tests need besides Python: Debian's chromium, openssl, postgresql, a compiler with ICU; installed where that may be
	@tests/system-packages chromium openssl g++ pkg-config libicu-dev:genbrk postgresql:pg_ctlcluster

dev: $(VENV)/.stamp-dev ## the development environment only (saydo installed from src, editable)

# --- the environment ------------------------------------------------------------------------------------

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "saydo needs Python 3.11 or later; name one with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "could not make an environment in $(VENV); on Debian install the package python3-venv" >&2; exit 1; }

$(VENV)/.stamp-runtime: $(VENV)/pyvenv.cfg requirements/runtime.txt requirements/build.txt
	$(INSTALL) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@touch $@

# The demo installs a wheel, as a user would, so that it fails if the wheel lacks a file; an environment that
# already has the editable install of `make test` keeps it.
$(VENV)/.stamp-package: $(VENV)/.stamp-runtime pyproject.toml hatch_build.py README.md $(SOURCES)
	@test -e $(VENV)/.stamp-dev || $(INSTALL) --no-deps --no-build-isolation --force-reinstall .
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-runtime requirements/dev.txt pyproject.toml hatch_build.py $(BROWSER)
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation --force-reinstall --editable .
	@touch $@

# The server of S3 that tests write to, in an environment of its own (decision 20).
$(VENV)/.stamp-s3: $(VENV)/pyvenv.cfg requirements/s3.txt
	$(BIN)/python -m venv $(VENV)/s3
	$(VENV)/s3/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements/s3.txt
	@touch $@

# The library of FollowTheMoney that tests read its export with, likewise (decision 21): pyicu, which it needs, is built by a
# compiler. Without one there is no such environment, no stamp, and what asks for it is skipped.
$(VENV)/.stamp-ftm: $(VENV)/pyvenv.cfg requirements/ftm.txt | system
	@tests/ftm-environment $(BIN)/python $(VENV)/ftm
	@test ! -d $(VENV)/ftm || touch $@

# --- upkeep ---------------------------------------------------------------------------------------------

# Needs uv (`pip install uv`). Universal: one file serves every platform and Python from 3.11 on.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock: ## pin the requirement files anew after a change of dependencies
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) requirements/container.in -o requirements/container.txt
	$(COMPILE) requirements/s3.in -o requirements/s3.txt
	$(COMPILE) requirements/ftm.in -o requirements/ftm.txt

hooks: $(VENV)/.stamp-dev ## run lint, formatting and types before every commit
	$(BIN)/pre-commit install

clean: ## remove what the commands above made
	rm -rf src/saydo/*/built src/saydo/web/browser/node_modules
	rm -rf $(VENV) $(CASE) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests lab -name __pycache__ -type d -prune -exec rm -rf {} +
