# Everything a newcomer, a developer and CI type. Needs make, a shell and Python 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test soak check bench scale messages lock
MAKEFLAGS += --no-print-directory

PORT ?= 8000
PYTHON := .venv/bin/python

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

# Exported rather than written before the commands: make then starts them without a shell between, and Ctrl-C waits.
demo demo-reset: export SITE_URL = http://127.0.0.1:$(PORT)

demo: ## Serve the demonstration on http://127.0.0.1:8000 (PORT=... changes it); Ctrl-C stops it
	@scripts/setup run
	@scripts/demo_env
	@$(PYTHON) manage.py prepare
	@$(PYTHON) manage.py demo --if-empty
	@$(PYTHON) manage.py serve --port $(PORT) --jobs-first 60

demo-reset: ## Empty the demonstration, load it anew, serve it
	@scripts/setup run
	@scripts/demo_env
	@$(PYTHON) manage.py prepare
	@$(PYTHON) manage.py demo --reset
	@$(PYTHON) manage.py serve --port $(PORT) --jobs-first 60

# Browsers and killed workers want the machine for themselves: they run first, one by one. pytest's 5 is 'none'.
SERIAL ?= browser or workerkill
test: ## Run the tests; DATABASE_URL and REDIS_URL choose the engines
	@scripts/setup develop
	$(PYTHON) -m pytest -m "($(SERIAL)) and not soak" || [ $$? -eq 5 ]
	$(PYTHON) -m pytest -n 2 -m "not browser and not workerkill and not soak"

soak: ## Run the long tests: full matrices, real waits
	@scripts/setup develop
	$(PYTHON) -m pytest -m soak

# On a demonstration of its own, so that figures compare from one day to the next.
BENCH := DEMO=1 VAR_ROOT=var/bench
bench: ## Show ratios, server times and first paint on the demonstration
	@scripts/setup develop
	@$(BENCH) $(PYTHON) manage.py prepare
	@$(BENCH) $(PYTHON) manage.py demo --if-empty --verbosity 0
	$(BENCH) $(PYTHON) -m tests.benchmarks.report
	$(BENCH) $(PYTHON) -m tests.benchmarks.rows
	$(BENCH) $(PYTHON) -m tests.benchmarks.pages
	$(BENCH) $(PYTHON) -m tests.benchmarks.first_paint

FILES ?= 100000
scale: ## Load FILES files (100000), show what each page costs beside the demonstration, fail where it reads too much
	@scripts/setup develop
	@$(PYTHON) -m tests.scale.report $(FILES)

# What production would set, so that `check --deploy` judges production.
PRODUCTION := DEMO=0 DEBUG=0 SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmn \
	ALLOWED_HOSTS=passerelle.example SITE_URL=https://passerelle.example EMAIL_URL=smtp+tls://mail.example:587 \
	DATABASE_URL=sqlite:///var/check.sqlite3

check: ## Formatting, lint, types, templates, migrations, translations, settings for production
	@scripts/setup develop
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	for script in scripts/setup scripts/demo_env .ci/run; do bash -n $$script || exit 1; done
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(PYTHON) -m mypy
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) scripts/check_messages.py
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

messages: ## Gather the sentences of the source into the French catalogue (needs gettext)
	@scripts/setup develop
	$(PYTHON) manage.py makemessages --locale fr --no-location --no-obsolete --no-wrap \
		--ignore .venv --ignore var --ignore tests
	$(PYTHON) scripts/compile_messages.py

lock: ## Renew the two locks from pyproject.toml (needs uv)
	uv pip compile pyproject.toml $(LOCK) --output-file requirements/run.txt
	uv pip compile pyproject.toml $(LOCK) --group develop --constraint requirements/run.txt \
		--output-file requirements/develop.txt
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links
