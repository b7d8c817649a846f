# Everything that a target needs is installed into .venv, once; `make clean` starts afresh.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
PIP := -m pip --quiet --disable-pip-version-check
LOCKS := .ci/locks
# Only files whose digests stand in a lock; .ci/lock.py says more.
LOCKED := $(PIP) install --require-hashes --requirement $(LOCKS)
CHROMIUM := tests/browser/chromium.py

.DEFAULT_GOAL := help
.PHONY: help build site serve test check format property fuzz bench golden font dist lock audit clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

build: $(VENV)/runtime ## publish content/ to public/
	$(RUN) generator build

serve: $(VENV)/runtime ## show the site at http://127.0.0.1:8000/, and again when a file changes
	$(RUN) generator serve

test: $(VENV)/test ## run every test, with coverage; finds or installs a Chromium
	@$(VENV)/bin/python $(CHROMIUM)
	$(RUN) pytest --cov --numprocesses auto --dist loadfile --no-loadscope-reorder

site: $(VENV)/test build ## publish content/ and look at it as search engines and feed readers do
	$(RUN) generator check --site public --strict

check: $(VENV)/lint ## check style and types
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

format: $(VENV)/lint ## format the code, and correct what can be corrected by itself
	$(RUN) ruff check --fix
	$(RUN) ruff format

property: $(VENV)/test ## try the laws of tests/property on many more examples
	$(RUN) pytest -m property --hypothesis-profile nightly

FUZZ_SECONDS ?= 60

fuzz: $(VENV)/fuzz ## let a coverage-guided fuzzer try the markup for FUZZ_SECONDS (60)
	$(RUN) tests.fuzz.markup -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1

PAPERS ?= 1000
ROUNDS ?= 3

bench: $(VENV)/test $(VENV)/bench ## build PAPERS papers (1000) beside Hugo in ROUNDS turns (3); print what each costs
	$(RUN) tests.bench.markup
	$(RUN) tests.bench.formats
	$(foreach count,$(PAPERS),$(RUN) tests.bench.stages $(count) &&) true
	$(RUN) tests.bench.builds --rounds $(ROUNDS) $(PAPERS)
	$(RUN) tests.bench.preview $(PAPERS)

golden: $(VENV)/test ## rewrite the expected outputs, to be read in the diff
	$(RUN) pytest -m "not browser and not property" --update-golden

MATH := package/files/stix-two-math-latin-400-normal.woff2
SIGNS := package/files/noto-sans-math-latin-400-normal.woff2
FONTS := $(CURDIR)/static/fonts
CARDS := $(CURDIR)/generator/cards/fonts

font: ## make the fonts of formulas and of social cards anew; the same bytes come of it
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cd "$$folder" && \
	npm pack --silent @fontsource/stix-two-math@5.3.0 @fontsource/noto-sans-math@5.3.0 \
	  @expo-google-fonts/source-serif-4@0.4.1 && \
	for archive in *.tgz; do tar -xzf "$$archive" || exit 1; done && \
	$(PYTHON) -m venv venv && venv/bin/python -m pip install --quiet fonttools==4.68.0 brotli==1.2.1 && \
	venv/bin/python $(CURDIR)/.ci/math_font.py $(MATH) $(FONTS)/site-math.woff2 $(FONTS)/site-math-rare.woff2 && \
	venv/bin/python $(CURDIR)/.ci/card_fonts.py \
	  package/400Regular/SourceSerif4_400Regular.ttf $(SIGNS) $(CARDS)/text.ttf && \
	venv/bin/python $(CURDIR)/.ci/card_fonts.py \
	  package/600SemiBold/SourceSerif4_600SemiBold.ttf $(SIGNS) $(CARDS)/title.ttf

dist: $(VENV)/test ## make the source distribution and the wheel in dist/
	$(RUN) hatchling build

lock: $(VENV)/upkeep ## lock what is installed after a change of pyproject.toml; UPGRADE=--upgrade takes newer ones
	$</bin/python .ci/lock.py $(UPGRADE)

audit: $(VENV)/upkeep ## ask the Python Packaging Advisory Database about every library that is locked
	$</bin/python -m pip_audit --strict --disable-pip $(foreach one,$(wildcard $(LOCKS)/*.txt),--requirement $(one))

clean: ## delete all that the targets made
	rm -rf $(VENV) public dist build .offprint test-output .coverage .coverage.*
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed: each stamp says that its part is there, as pyproject.toml and the locks have it.

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Offprint needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Name another one, such as: make PYTHON=python3.12 $(MAKECMDGOALS)" % sys.version_info[:2])'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) comes without venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime: $(VENV)/python pyproject.toml $(LOCKS)/runtime.txt
	$(VENV)/bin/python $(LOCKED)/runtime.txt
	$(VENV)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/runtime $(LOCKS)/test.txt
	$(VENV)/bin/python $(LOCKED)/test.txt
	@touch $@

$(VENV)/lint: $(VENV)/test $(LOCKS)/lint.txt
	$(VENV)/bin/python $(LOCKED)/lint.txt
	@touch $@

$(VENV)/fuzz: $(VENV)/test $(LOCKS)/fuzz.txt
	$(VENV)/bin/python $(LOCKED)/fuzz.txt
	@touch $@

# In environments of their own: Hugo, which Offprint is measured against, and the tools for the locks.
$(VENV)/bench $(VENV)/upkeep: $(VENV)/%: $(VENV)/python $(LOCKS)/%.txt
	$(PYTHON) -m venv $@
	$@/bin/python $(LOCKED)/$*.txt
	@touch $@
