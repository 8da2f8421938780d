# Needs make and Python 3.11 or newer; everything else goes into .venv/.
# Another Python: make PYTHON=python3.12 demo

new_enough := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p $(new_enough) 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
SETUP := .venv/.set-up
UV_VERSION := 0.13.9

.PHONY: demo test campaign check-code gate-fast bench reports lock setup clean

demo: $(SETUP)
	$(BIN)/snowplan demo

# The long proofs run the engine at its own speed; the rest is watched for coverage.
test: check-code
	$(BIN)/python -m pytest -n 2 -m slow
	$(BIN)/python -m pytest -n 2 -m "not slow" --cov

gate-fast: check-code
	$(BIN)/python -m pytest -n 2 -q -m "not slow"

# The proofs that `make test` has a small version of, at full size; tens of minutes.
campaign: $(SETUP)
	# 1,000 random towns with every group at work; the test has the first 200
	SNOWPLAN_TOWNS=1000 $(BIN)/python -m pytest -n 2 tests/simulation/test_groups_random.py
	# The same towns: the time of every section taken apart, and since when work was due
	SNOWPLAN_TOWNS=1000 $(BIN)/python -m pytest -n 2 tests/analysis/test_held_parts.py \
		tests/simulation/test_due_told.py
	# How often intervals hold, and how often the best is picked, on drawn studies
	SNOWPLAN_STUDIES=500 $(BIN)/python -m pytest -n 2 tests/analysis/test_study_campaign.py
	# A study of 6,000 runs killed 20 times; workers and a cluster, one of their processes killed
	SNOWPLAN_KILLS=20 $(BIN)/python -m pytest tests/experiments/test_compare_killed.py \
		tests/experiments/test_comparing_engines.py
	# Workers killed at random 30 times, here and on a cluster
	SNOWPLAN_KILLS=30 $(BIN)/python -m pytest tests/experiments/test_engines_local.py \
		tests/experiments/test_engines_cluster.py -k random
	# 3,000 random damages to stored runs
	SNOWPLAN_FAULTS=3000 $(BIN)/python -m pytest tests/results/test_replication_store_faults.py
	# Every number of the four shipped scenarios' quick report found anew, and of its documents
	SNOWPLAN_READINESS=1 $(BIN)/python -m pytest tests/reporting/test_readiness_numbers.py
	# Location models on the OR-Library's instances; -s shows the times
	SNOWPLAN_ORLIB=1 $(BIN)/python -m pytest tests/planning/test_locating_orlib.py -s

check-code: $(SETUP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(SETUP)
	$(BIN)/snowplan bench

# The samples in reports/, after anything that changes what a run gives.
reports: $(SETUP)
	$(BIN)/python reports/build.py

setup: $(SETUP)

$(SETUP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) $(new_enough) 2>/dev/null || \
		{ echo "snowplan needs Python 3.11 or newer; $(or $(PYTHON),python3) is not. Try: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON); the first time takes a minute or a few." >&2
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The lock holds every system's files (--universal) and one version of each package.
# Pins stay as they are unless asked: make lock LOCK_FLAGS=--upgrade
lock: $(SETUP)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet uv==$(UV_VERSION)
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra cluster --output-file requirements.lock \
		--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-config --custom-compile-command "make lock" --quiet $(LOCK_FLAGS)

clean:
	rm -rf .venv build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache *.egg-info
	find snowplan tests -name __pycache__ -type d -prune -exec rm -rf {} +
