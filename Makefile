# `make` lists the targets. Everything is installed into .venv, once, and again only when a requirements file changes.

PYTHON ?= python3
PORT ?= 8501
REPLICAS ?= 2
BASE ?=
TASK ?= sentiment
DATA ?= data
CELL ?= all
ARGS ?=

BIN := .venv/bin
APP := .venv/app-installed
DEV := .venv/dev-installed
DOCS := .venv/docs-installed
SUPPLY := .venv/supply-installed
CPU_WHEELS := $(shell sed -n 's/^--find-links *//p' requirements.txt)
TORCH := $(shell sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements.txt)

.DEFAULT_GOAL := help
.PHONY: help run serve test lint format bench train docs lock supply clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1:\2/p' $(MAKEFILE_LIST) | awk -F: '{ printf "make %-8s %s\n", $$1, $$2 }'

run: $(APP) ## start the app (PORT=8501)
	$(BIN)/streamlit run app.py --server.port $(PORT)

serve: $(APP) ## start several processes of the app behind nginx (REPLICAS=2 PORT=8501 BASE=path)
	$(BIN)/python -m deploy.serve --replicas $(REPLICAS) --port $(PORT) --base "$(BASE)"

test: $(DEV) lint ## check style and types, then run every test (ARGS="-k trace" for some)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

lint: $(DEV) ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV) ## put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV) ## measure speed and memory against the budgets, and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks $(ARGS)

train: $(DEV) ## train a model (TASK=sentiment CELL=all DATA=folder)
	$(BIN)/python -m lstm_viz.training $(TASK) --cell $(CELL) --data $(DATA) $(ARGS)

docs: $(DOCS) ## build the reference site into site/: open site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

lock: $(SUPPLY) ## write requirements.lock anew: every package that the app is made of, with hashes
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m deploy.supply lock

supply: $(SUPPLY) ## install from the lock into an empty environment, list its packages, ask for known vulnerabilities
	$(BIN)/python -m deploy.supply check $(PYTHONS)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m deploy.supply bill
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m deploy.supply audit

clean: ## remove the environment, the site and the tools' caches
	rm -rf .venv site .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("LSTM Viz needs Python 3.11 or newer: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# PyTorch first, asking for its CPU build once: where that page cannot be reached, pip would try it again for every package.
$(APP): requirements.txt | $(BIN)/python
	@echo "Installing what the app needs. The first time this takes a few minutes."
	@$(BIN)/python -m pip install --quiet --no-index --no-deps --retries 1 --find-links $(CPU_WHEELS) $(TORCH) 2>/dev/null \
		|| echo "PyTorch's CPU builds cannot be reached ($(CPU_WHEELS)); taking the default build."
	@grep -v '^--find-links' requirements.txt > .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .venv/requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(APP)
	@echo "Installing what the tests need."
	@grep -v '^-r' requirements-dev.txt > .venv/requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .venv/requirements-dev.txt
	@touch $@

$(SUPPLY): requirements-supply.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-supply.txt
	@touch $@

$(DOCS): requirements-docs.txt $(DEV)
	@echo "Installing what the reference site needs."
	@grep -v '^-r' requirements-docs.txt > .venv/requirements-docs.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r .venv/requirements-docs.txt
	@touch $@
