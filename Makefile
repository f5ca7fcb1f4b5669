# zz110: everything a person needs, with Python 3.11+ and make only.  `make` alone says what there is.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
# Arguments for the program or for pytest: make run ARGS="--city zhangzhou", make test ARGS="tests/unit/core -x"
ARGS ?=
# Without -n the tests run one after the other.
PYTEST ?= $(BIN)/python -m pytest -q -n auto --dist worksteal

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
# The first Python that is new enough; `make PYTHON=/path/to/python3.12 …` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if "$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then echo "$$p"; break; fi; done)

.PHONY: help run install test check bench lock clean

help:
	@echo "make run     open the desk          (first time: makes $(VENV) and installs, about a minute; then at once)"
	@echo "make test    the whole test suite   (first time: about a minute to install; then about seven minutes on two cores)"
	@echo "make check   style, types, rooms    (ruff, mypy --strict, import-linter, house rules, the manual; about half a minute)"
	@echo "make bench   every benchmark        (each benchmarks/bench_*.py in turn, one table each; it says so if there is none)"
	@echo "make lock    pin the dependencies anew in requirements/ (needs uv and the network; a few seconds)"
	@echo "make clean   remove $(VENV), caches and builds (at once; no call and no setting is touched)"

run: $(VENV)/run.stamp
	@$(BIN)/zz110 $(ARGS)

install: $(VENV)/run.stamp

test: $(VENV)/dev.stamp
	@$(PYTEST) $(ARGS)

# Every check is made even if one before it fails.
check: $(VENV)/dev.stamp
	@failed=; step() { echo "== $$*"; "$(BIN)/$$@" || failed="$$failed $$1"; }; \
	step ruff check; \
	step ruff format --check; \
	step mypy; \
	step lint-imports --no-logo; \
	step pytest -q tests/unit/test_house.py tests/unit/test_manual.py; \
	[ -z "$$failed" ] || { echo "Not right yet:$$failed" >&2; exit 1; }

bench: $(VENV)/dev.stamp
	@set -e; found=; for file in benchmarks/bench_*.py; do \
		[ -e "$$file" ] || continue; found=yes; name=$$(basename "$$file" .py); \
		echo "== $$name"; $(BIN)/python -m "benchmarks.$$name" $(ARGS); \
	done; \
	[ -n "$$found" ] || { echo "There is no benchmark yet: none of benchmarks/bench_*.py exists." >&2; exit 1; }

lock: $(VENV)/dev.stamp
	@$(PIP_INSTALL) uv
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --quiet \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --extra build -o requirements/run.txt
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --quiet \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --extra dev -c requirements/run.txt -o requirements/dev.txt

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .grimp_cache .hypothesis .coverage
	@find zz110_tui tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# ------------------------------------------------------------------------------------------------ the environment

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then \
		echo "zz110 needs Python 3.11 or later, and $(if $(PYTHON),$(PYTHON) is not,found none (python3, python3.13 to 3.11))." >&2; \
		echo "Install one (Debian 12, Ubuntu 24.04: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3.12 …" >&2; \
		exit 1; fi
	@if ! $(PYTHON) -c 'import venv, ensurepip' >/dev/null 2>&1; then \
		echo "$(PYTHON) cannot make virtual environments: its venv module is missing." >&2; \
		echo "Install it (Debian, Ubuntu: apt install python3-venv), then run make again." >&2; \
		exit 1; fi
	@echo "Making a virtual environment in $(VENV) with $$($(PYTHON) --version) (a few seconds) …" >&2
	@$(PYTHON) -m venv $(VENV)

# Hash-locked packages first, then this checkout itself in place, which needs nothing more from the network.
define install_locked
	@echo "Installing $(1) into $(VENV) (about a minute, once) …" >&2
	@$(PIP_INSTALL) --require-hashes -r requirements/$(1).txt || { \
		echo "The packages of requirements/$(1).txt could not be installed; pip's reason is above." >&2; \
		echo "They come from the package index pip is configured for (pip config list): check the network, a proxy" >&2; \
		echo "(https_proxy) or the index (PIP_INDEX_URL), and run make again. Nothing done so far is lost." >&2; \
		exit 1; }
	@$(PIP_INSTALL) --no-build-isolation --no-deps -e .
	@touch $@
endef

$(VENV)/run.stamp: $(BIN)/python pyproject.toml requirements/run.txt
	$(call install_locked,run)

$(VENV)/dev.stamp: $(BIN)/python pyproject.toml requirements/dev.txt
	$(call install_locked,dev)
	@touch $(VENV)/run.stamp
