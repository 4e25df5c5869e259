# The two commands that matter: `make demo` and `make test`. Both set up all they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Each of the hundreds of commands that tests start would compile all of the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test setup lint types unit bridge tools lock clean bench scale mutants fuzz campaign ruined-files

demo: $(STAMP)
	@rm -rf demo && mkdir demo
	@$(BIN)/python -m sheets_automation.demo_workbook demo

# What can go side by side does: the environments and the system's programs, then what looks at the code without running it.
test:
	@$(MAKE) --no-print-directory -j3 setup
	@$(MAKE) --no-print-directory -j2 lint types bridge
	@$(MAKE) --no-print-directory unit

setup: $(STAMP) .venv-run/.installed tools

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

# The core is measured by its own tests and those of the jobs; measuring all the others would only make them slow.
CORE := $(addprefix tests/,core jobs imports analysis tags rediscovery line export follow_up partners retention incident reading)

# As many workers as there are processors, up to what the servers and browsers of the tests leave room for.
WORKERS := -n logical --maxprocesses 8 --dist worksteal

unit: export OVERHEARD := build/overheard
unit: $(STAMP) .venv-run/.installed tools
	@rm -rf $(OVERHEARD)
	$(BIN)/coverage erase
	$(BIN)/coverage run --parallel-mode -m pytest $(WORKERS) $(CORE)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include 'sheets_automation/core/*' --fail-under 95 --skip-covered
	$(BIN)/python -m pytest $(WORKERS) $(addprefix --ignore=,$(CORE))
	$(BIN)/python -m tests.overheard $(OVERHEARD)

tools:
	@tests/install-tools.sh

# The Apps Script project: its types and its pure parts. What npm brings is pinned by digests, runs no scripts of its own, and is
# asked for only when the lock has changed; where the registry of this machine does not have it, this fails and says so.
BRIDGE := apps_script_bridge
bridge: tools $(BRIDGE)/node_modules/.package-lock.json
	cd $(BRIDGE) && npm run --silent types
	cd $(BRIDGE) && node --test

$(BRIDGE)/node_modules/.package-lock.json: $(BRIDGE)/package.json $(BRIDGE)/package-lock.json
	cd $(BRIDGE) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Goes on where the last one with this seed stopped; ends with 1 when a promise was broken. See docs/reliability.md.
SEED ?= 1
SECONDS_LIMIT ?= 600
campaign: $(STAMP)
	$(BIN)/python -m tests.campaign --seed $(SEED) --seconds $(SECONDS_LIMIT)

# Every ruined file, and everything in the way of a run at each of its steps: an hour of CPU. The figures are kept.
ruined-files: $(STAMP)
	nice $(BIN)/python -m tests.ruined_files --all

# After a change of the dependencies in pyproject.toml; needs uv. The lock names no index, so any mirror serves it.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --extra keyring --extra google --extra excel --extra metrics --group dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --extra google --extra line --extra metrics --extra export pyproject.toml -o requirements-run.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --group build -o requirements-build.lock

clean:
	rm -rf $(VENV) .venv-run .venv-bench .venv-mutants .venv-fuzz build demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the image holds, and nothing else: the tests of the container put our wheel into it.
.venv-run/.installed: requirements-run.lock
	@$(PYTHON) -m venv .venv-run
	@.venv-run/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-run.lock
	@touch $@

# The peers live in an environment of their own: what they install must not help or hinder us.
bench: $(STAMP) .venv-bench/.installed
	$(BIN)/python -m tests.bench --write docs/performance.md

# A thousand workbooks by real processes, and a model of ten thousand: for a quiet hour. What was played is kept in build/scale, so it
# goes on where it was stopped. With what an earlier run measured: ARGUMENTS=--model-only.
ARGUMENTS ?=
scale: $(STAMP)
	$(BIN)/python -m tests.scale --write docs/scale.md $(ARGUMENTS)

.venv-bench/.installed: requirements-bench.lock
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# mutmut brings much along that nobody else needs; so it has an environment of its own, too.
mutants: .venv-mutants/.installed
	nice .venv-mutants/bin/python -m tests.mutation --write tests/mutation/FIGURES.json

.venv-mutants/.installed: requirements-mutants.lock
	@$(PYTHON) -m venv .venv-mutants
	@.venv-mutants/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutants.lock
	@touch $@

# Seconds for each of the four parsers; what was reached is kept in .fuzz, where the next run begins.
SECONDS ?= 60
fuzz: $(STAMP) .venv-fuzz/.installed
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

.venv-fuzz/.installed: requirements-fuzz.lock
	@$(PYTHON) -m venv .venv-fuzz
	@.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@touch $@
