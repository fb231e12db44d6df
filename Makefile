# The archive's commands; `make help` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA ?= ../shared/data
PY = .venv/bin/python
export PYTHONUTF8 = 1

.PHONY: help run editor dev test test-sqlite test-postgres check promises judges bench bench-imports bench-search fixtures clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: $(PYTHON) is older. On Debian 12: apt install python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python’s venv is missing. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing what the archive runs on (a minute, the first time)…"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what the tests need…"
	@.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: .venv/run.stamp ## serve the archive at http://127.0.0.1:8000/ (PORT=8123 elsewhere)
	@$(PY) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null || { echo "Port $(PORT) is in use. Choose another: make run PORT=8123"; exit 1; }
	@echo "Preparing the database…"
	@$(PY) manage.py migrate --verbosity 0
	@echo "Loading the starting data (some ten seconds, the first time)…"
	@$(PY) manage.py import_archive fixtures/
	@$(PY) manage.py index_words --verbosity 0
	@$(PY) manage.py rebuild_index --missing --verbosity 0
	@$(PY) manage.py make_release --if-none
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@$(PY) manage.py check --database default
	@echo "The archive is at http://127.0.0.1:$(PORT)/ (editors: /admin/, account: make editor). Ctrl-C ends it."
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} .venv/bin/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 --log-level warning archive.wsgi:application

editor: .venv/run.stamp ## create an editor's account
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createsuperuser

dev: .venv/run.stamp ## serve with tracebacks, restarting on changes
	@DEBUG=1 $(PY) manage.py runserver 127.0.0.1:$(PORT)

test: test-sqlite test-postgres ## run every test on SQLite, then on PostgreSQL what asks a database

test-sqlite: .venv/dev.stamp
	@echo "SQLite:"
	@$(PY) -m pytest

test-postgres: .venv/dev.stamp
	@echo "PostgreSQL:"
	@$(PY) -m tests.postgres $(PY) -m pytest -m "not browser and not once"

check: .venv/dev.stamp ## format, lint, types, imports, system checks, missing migrations
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py check
	@$(PY) manage.py makemigrations --check --dry-run

promises: .venv/dev.stamp ## check the promises at full size on both databases (hours); writes docs/PROMISES.md
	@$(PY) -m tests.promises

judges: .venv/dev.stamp ## what Zotero itself makes of our pages (needs Node and npm; a few minutes)
	@$(PY) -m tests.judges

bench-imports: .venv/dev.stamp ## time, memory and faults found of a table of 10,000 meetings (SIZE=…)
	@$(PY) -m bench.imports

bench-search: .venv/dev.stamp ## times of searches on both databases beside the plain way's (SIZE=…); writes docs/SPEED.md
	@$(PY) -m bench.search

bench: .venv/dev.stamp ## rates of the main pages as a share of an empty view's
	@$(PY) -m bench.pages

fixtures: .venv/run.stamp ## write fixtures/ anew from the collected material (DATA=…)
	@$(PY) -m fixtures.conversion $(DATA)

clean: ## remove the virtual environment and caches, never var/
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
