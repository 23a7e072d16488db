# Every job of this project by name: `make help`. Nothing that the program does at run time needs make.
PYTHON ?= python3
BIN := .venv/bin
BOOTSTRAP := $(PYTHON) installer/bootstrap.py
# Two workers: the machines that test this have two cores. `make test WORKERS=0` runs in one process.
WORKERS ?= 2
TESTS ?=
KILLS ?= 1000
# How long `make soak` lets the line fail.
MINUTES ?= 10

.DEFAULT_GOAL := help
.PHONY: help python env test-env run test check lint types imports format translations translations-check \
	bench soak old-qt package-wheel lock clean

# Tests read what tools print, so those speak one language; the program itself keeps the user's.
test check soak old-qt bench: export LC_ALL := C.UTF-8

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

python:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed (on Debian: apt-get install python3)." >&2; exit 1; }

env: python ## make .venv from requirements.lock; nothing else
	@$(BOOTSTRAP) environment

test-env: python
	@$(BOOTSTRAP) environment --tests

run: python ## open the program; HEADLESS=1 goes through one practice visit without a screen
	@$(BOOTSTRAP) run $(if $(HEADLESS),--headless) $(ARGS)

test: test-env ## run the whole suite; TESTS="tests/unit -k log" runs a part
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

check: test-env ## everything that a change must pass: lint, types, layers, translations, then the suite
	@$(MAKE) --no-print-directory lint types imports translations-check test

lint: test-env
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: test-env
	@$(BIN)/mypy

imports: test-env
	@$(BIN)/lint-imports --no-cache

format: test-env ## put the code into the common form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

translations: test-env ## bring the interface's texts (.ts) and what is made of them (.qm) up to date
	@$(BIN)/python installer/translations.py update

translations-check: test-env
	@$(BIN)/python installer/translations.py check

bench: env ## measure against the floors of docs/testing.md
	@$(BIN)/window-app bench

soak: test-env ## look for rare failures for a long time: KILLS=1000 kills, MINUTES=10 of a failing line, 5000 examples a property
	@WINDOW_APP_KILLS=$(KILLS) $(BIN)/pytest --timeout 0 -m "kill or soak" $(TESTS)
	@$(BIN)/python -m benchmarks.soak_kill --kills $(KILLS)
	@$(BIN)/python -m benchmarks.soak_line --minutes $(MINUTES)
	@HYPOTHESIS_PROFILE=soak $(BIN)/pytest -n $(WORKERS) --timeout 0 -m "hypothesis and not kill" $(TESTS)

old-qt: test-env ## run the interface's tests on the oldest Qt that must work
	@$(BOOTSTRAP) old-qt
	@WINDOW_APP_OLD_QT=1 .venv-old-qt/bin/python -m pytest -p no:cacheprovider -n $(WORKERS) --dist loadgroup tests/smoke tests/ui

package-wheel: env ## build dist/*.whl, with definitions and resources inside
	@$(BIN)/hatchling build -t wheel

lock: ## how to renew requirements.lock
	@sed -n '/^## Renewing/,/^## /p' docs/dependencies.md

clean: ## remove what can be made again, but for the environments
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
