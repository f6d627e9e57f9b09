# `make demo` and `make test` need Python 3.11 or newer and make; they do all the set-up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RECORD := build/january-2020.dateline
PAGES := src/dateline/serve/static/manifest.json
PAGES_FROM := $(shell find web -maxdepth 1 -type f -name "*.mjs") $(shell find web/src -type f)

CHROMIUM ?= /usr/bin/chromium

.PHONY: demo test test-web check web web-check web-look bench model clean

demo: $(VENV)/ready web ## reads the reports in examples/ and shows the timeline
	@rm -rf $(RECORD)
	$(BIN)/dateline read examples/january-2020 --record $(RECORD)
	$(BIN)/dateline events --record $(RECORD)
	@echo "Look closer:  $(BIN)/dateline show EVENT --record $(RECORD)   (EVENT: the first characters of an id above)"
	@echo "In a browser: $(BIN)/dateline serve $(RECORD)"

test: $(VENV)/ready check ## everything that must hold before a change is taken in
	$(BIN)/python -m pytest -n 2
	$(BIN)/dateline check

test-web: $(VENV)/ready web $(CHROMIUM) ## the pages in a real browser: every page, key and filter, and attacks
	CHROMIUM=$(CHROMIUM) $(BIN)/python -m pytest tests/web

$(CHROMIUM):
	@test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { echo "test-web needs Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM=/path/to/chromium"; exit 1; }
	apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-core

check: $(VENV)/ready ## style and types
	$(BIN)/ruff check src tests bench training
	$(BIN)/ruff format --check src tests bench training
	$(BIN)/mypy

web: $(PAGES) ## script and style of the pages of `dateline serve`: with the machine's Node, else with one in .venv

web-check: $(PAGES) ## their types, style and tests
	web/with-node npm run --silent check

web-look: $(PAGES) $(VENV)/ready ## a page of all parts in Debian's Chromium: used, measured, and drawn into web/sample/shots
	$(BIN)/python web/tries.py
	$(BIN)/python web/look.py

bench: $(VENV)/ready ## speed, then quality on the sets in ../shared if they are there; writes docs/quality.md
	$(BIN)/python bench/report.py

model: $(VENV)/ready ## trains the scorer on training/ (minutes) and pins its weights
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-model.txt
	$(BIN)/python training/corpus.py
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python training/train.py

$(PAGES): web/node_modules/.package-lock.json $(PAGES_FROM)
	web/with-node npm run --silent build

web/node_modules/.package-lock.json: web/package.json web/package-lock.json web/.npmrc | $(VENV)/ready
	web/with-node npm ci --silent
	touch $@

$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "dateline needs Python 3.11 or newer; set PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis web/node_modules src/dateline/serve/static
