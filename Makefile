# `make` alone says what there is. Needed: Python 3.11 or later with venv, and make.
# Every step leaves a stamp, so that what is done is not done again. All paths are relative:
# the folder may have spaces in its name, and `make -C` works.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup serve test test-slow test-wide test-all test-fire test-clients browser lint format bench wheel inputs lock clean

# the first that is new enough; evaluated only while .venv is made
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
LOCKED := .venv/locked
PACKAGED := node_modules/locked
TOOLS := node_modules/tools
VENDORED := webapp/vendor/made
BUILT := layers/cache/catalog.json
WHOLE := layers/cache/every-date
RIVALS := .venv/rivals
ON_ALL_CORES := -n auto --dist loadfile
# a third of the slow tests' time is waiting for browsers and servers
CORES_AND_ONE = $(shell $(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)")

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

setup: $(LOCKED) $(VENDORED) $(BUILT)  ## everything that the rest needs; each other target does it first

serve: setup  ## serve the map on HOST (127.0.0.1) and PORT (8000)
	@exec $(BIN)/clausemap serve

# a run of tests starts a hundred programs, each of which would compile a thousand modules for a second and a half
test test-slow test-wide: export PYTHONDONTWRITEBYTECODE :=
test test-slow test-wide: export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled

test: setup browser $(TOOLS)  ## the quick tests, the same on every run
	$(BIN)/python -m webapp.setup test-scripts
	HYPOTHESIS_PROFILE=fixed $(BIN)/python -m pytest $(ON_ALL_CORES) -m "not slow"

# in the order of folders, since the few dear tests of the browser would else come last and leave a core idle
test-slow: setup $(WHOLE) browser $(TOOLS)  ## the tests that take longer; properties are tried with other examples on each run
	$(BIN)/python -m pytest -n $(CORES_AND_ONE) --dist loadfile --no-loadscope-reorder -m "(slow or hypothesis) and not alone and not fire and not wide"
	$(BIN)/python -m pytest -m "alone and not wide"

test-wide: setup $(WHOLE) browser $(TOOLS)  ## what the slow tests try on a sample, on every combination of options
	$(BIN)/python -m pytest -n $(CORES_AND_ONE) --dist loadfile --no-loadscope-reorder -m "wide and not alone"
	$(BIN)/python -m pytest -m "alone and wide"

test-all: test test-slow test-wide  ## all tests but those of test-fire

test-fire: setup  ## kill builds, publishing and imports again and again, and 10^5 random requests; REQUESTS and SEED choose others
	$(BIN)/python -m pytest -m fire -s

test-clients: setup  ## read the API with GDAL, OWSLib, schemathesis and, where Debian's python3-qgis is installed, QGIS
	$(BIN)/python -m pytest tests/clients

browser: $(LOCKED)  ## find a Chromium for the tests, or install one
	@$(BIN)/python -m webapp.setup browser

lint: $(LOCKED) $(TOOLS)  ## ruff and mypy, and for the scripts of pages eslint and tsc
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m webapp.setup check-scripts

format: $(LOCKED)  ## let ruff put imports and layout right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup $(WHOLE) $(RIVALS) browser  ## measure build, timeline, comparisons, images, map page, service and archive against what else there is
	$(BIN)/python bench/build.py
	$(BIN)/python bench/timeline.py
	$(BIN)/python bench/compare.py
	$(BIN)/python bench/images.py
	$(BIN)/python bench/page.py
	$(BIN)/python bench/serve.py
	$(BIN)/python -m bench.scale
	$(BIN)/python bench/draw.py
	$(BIN)/python bench/archive.py

wheel: setup  ## a wheel that runs without a checkout, with the lock of the packages that it needs, in dist/
	rm -rf dist
	$(BIN)/python -m webapp.setup lock-of-service
	$(BIN)/python -m hatchling build -t wheel

inputs: $(LOCKED) $(TOOLS)  ## make layers/sources again from the packages
	$(BIN)/clausemap inputs

lock: $(LOCKED)  ## make both lock files again; LOCK_OPTIONS=--upgrade for newer versions
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --fork-strategy fewest \
		--only-binary :all: --generate-hashes --no-emit-index-url --no-header $(LOCK_OPTIONS) -q -o requirements.txt
	$(BIN)/uv pip compile bench/requirements.in --universal --python-version 3.11 -c requirements.txt \
		--generate-hashes --no-emit-index-url --no-header $(LOCK_OPTIONS) -q -o bench/requirements.txt
	$(BIN)/python -m webapp.setup npm-lock

clean:  ## remove all that the set-up made
	rm -rf .venv node_modules webapp/vendor layers/cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

.venv/made:
	@python="$(PYTHON)"; "$${python:-false}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Clausemap needs Python 3.11 or later; where it has another name: make setup PYTHON=name" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || \
		{ echo "This Python has no venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	@touch $@

$(LOCKED): .venv/made requirements.txt pyproject.toml
	@echo "Python packages of the lock, once"
	$(BIN)/python -m webapp.setup packages
	@touch $@

$(RIVALS): $(LOCKED) bench/requirements.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r bench/requirements.txt
	@touch $@

$(PACKAGED): $(LOCKED) package.json package-lock.json .npmrc
	$(BIN)/python -m webapp.setup npm
	@touch $@

# all of npm's packages take sixty times the room and four times the time of those that pages are made of
$(TOOLS): $(LOCKED) package.json package-lock.json .npmrc | $(VENDORED)
	$(BIN)/python -m webapp.setup npm-tools
	@touch -r $(VENDORED) $(PACKAGED)
	@touch $@

$(VENDORED): $(PACKAGED) webapp/setup/assets.py webapp/setup/fonts.py webapp/setup/stress.py
	$(BIN)/python -m webapp.setup vendor
	@touch $@

$(BUILT): $(LOCKED) layers/sources layers/sources/control layers/proposals \
		$(wildcard layers/sources/* layers/sources/control/* layers/proposals/* layers/languages/*/* \
		layers/*.toml geo/*.py layers/*.py layers/*/*.py) | $(VENDORED)
	$(BIN)/clausemap build --newest

# what the tests and measurements compare with; a build of fewer dates takes the stamp away with the folder
$(WHOLE): $(BUILT)
	$(BIN)/clausemap build --all
	@touch $@
