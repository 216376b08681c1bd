# make run    sets up .venv, installs, starts the chat page     (make run ARGS="--port 8000 --documents FOLDER")
# make test   sets up .venv, then ruff, mypy, bandit and all tests       (make test TESTS="tests/test_read.py -x")
# make bench  sets up .venv, then measures speed and memory
# A second run installs nothing; remove .venv to begin again.

PYTHON ?= python3
ARGS ?=
TESTS ?=
BIN := .venv/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_NO_INPUT := 1

.PHONY: run test bench chromium
.DELETE_ON_ERROR:

run: .venv/installed
	@exec $(BIN)/python app.py $(ARGS)

test: .venv/installed-dev chromium
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/bandit -q -c pyproject.toml -r app.py chat documents index qa
	$(BIN)/python -m pytest $(TESTS)

bench: .venv/installed-dev
	$(BIN)/python benchmarks/speed.py $(ARGS)

# torch first and pinned: sentence-transformers takes whatever version it finds.
.venv/torch:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install torch==2.13.0
	@touch $@

.venv/installed: .venv/torch pyproject.toml
	$(BIN)/python -m pip install --editable .
	@touch $@

.venv/installed-dev: .venv/torch pyproject.toml
	$(BIN)/python -m pip install --editable '.[dev]'
	@touch $@ .venv/installed

# For the tests that drive the page. $CHROMIUM may name the browser's program.
chromium:
	@[ -z "$$CHROMIUM" ] || exit 0; \
	for name in chromium chromium-browser google-chrome; do ! command -v $$name >/dev/null || exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0; \
	fi; \
	echo "The browser tests need Chromium and a font with Chinese: install chromium and fonts-noto-cjk, or set CHROMIUM to the browser's program."
