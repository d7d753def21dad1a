# Everything a developer types. Works with GNU Make 3.81 (as on a Mac) and later; `make` alone lists the targets.

PORT ?= 8000
ARGS ?=
VENV ?= .venv
BIN := $(VENV)/bin
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
# The first that is recent enough (a Mac's own python3 is not), looked for once and only where it is needed.
PYTHON = $(eval PYTHON := $(or $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c '$(RECENT)' 2>/dev/null && echo "$$name" && break; done),python3))$(PYTHON)
endif
PYTEST := $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal

# An environment whose Python was upgraded away, or without pip, counts as none.
ifneq ($(wildcard $(VENV)),)
$(shell $(BIN)/python -c 'import pip' 2>/dev/null || rm -f $(VENV)/*.stamp)
endif

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test check bench bench-web install messages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo '  PORT=8001 another port for run;  ARGS="-k name" more for pytest, ARGS=--json for bench;  KEEP=folder for bench-web, to measure there again;  PYTHON=python3.12 another interpreter'

run: $(VENV)/runtime.stamp ## set up, bring demo accounts and samples on the first run, and serve on 127.0.0.1
	@$(BIN)/python -c 'import socket, sys; sys.exit(not socket.socket().connect_ex(("127.0.0.1", $(PORT))))' || \
		{ echo 'Port $(PORT) is taken by another program; choose another one: make run PORT=8001' >&2; exit 1; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --address http://127.0.0.1:$(PORT)/
	@DJANGO_RUNSERVER_HIDE_WARNING=true $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# Each process would compile the tree anew, and pytest the tests, where the environment says to keep no bytecode.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/dev.stamp ## the whole suite on SQLite, and what depends on the database on a throw-away PostgreSQL
	DATABASE_URL= $(PYTEST) $(ARGS)
	$(BIN)/python -m tests.throwaway_postgres $(PYTEST) $(ARGS)

check: $(VENV)/dev.stamp ## style, types, templates, migrations, deployment settings, known vulnerabilities
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy newsroom articles manage.py
	find templates -name '*.html' -exec $(BIN)/djade --check {} +
	DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=newsroom.settings.production ALLOWED_HOSTS=newsroom.example \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m tests.vulnerabilities

bench: $(VENV)/runtime.stamp ## speed and memory of the pipeline, of imports and of exports, on text of the samples and invented
	$(BIN)/python manage.py bench $(ARGS)
	$(BIN)/python manage.py bench_intake $(ARGS)
	$(BIN)/python manage.py bench_exports $(ARGS)

KEPT = $(if $(KEEP),--keep $(KEEP))

bench-web: $(VENV)/dev.stamp ## the web pages with 1,000 and with 100,000 articles, on SQLite and on PostgreSQL (the first time an hour)
	DATABASE_URL= $(BIN)/python manage.py bench_web $(KEPT) $(ARGS)
	$(BIN)/python -m tests.throwaway_postgres $(KEPT) $(BIN)/python manage.py bench_web $(KEPT) $(ARGS)

install: $(VENV)/dev.stamp ## the virtual environment with everything that runs, tests and checks

messages: $(VENV)/dev.stamp ## collect the words of pages for translation, and compile the translations (needs gettext)
	$(BIN)/python manage.py makemessages --all --add-location file $(patsubst %,--ignore %,$(VENV) tests samples staticfiles)
	$(BIN)/python manage.py compilemessages --ignore $(VENV)

clean: ## remove the virtual environment and caches, never the database
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results

# Stamps, so that a second run installs nothing. Each is older than what it depends on when that changed.

$(VENV)/created.stamp:
	@command -v "$(PYTHON)" >/dev/null || \
		{ echo 'No $(PYTHON) here. Install Python 3.11 or later (apt-get install python3 python3-venv; brew install python), or name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@"$(PYTHON)" -c '$(RECENT)' || \
		{ echo "Newsroom needs Python 3.11 or later; $(PYTHON) is $$("$(PYTHON)" --version 2>&1). Install a later one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo '$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@$(BIN)/python -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@touch $@

$(VENV)/runtime.stamp: requirements.txt $(VENV)/created.stamp
	@echo 'Installing what Newsroom runs on: about 500 MB, a minute or two.'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	@echo 'Installing what tests and checks need.'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
