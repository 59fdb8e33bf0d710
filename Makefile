# Everything a newcomer or the continuous integration calls; nothing else is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := demo
MEDIA  ?= sample_media/sense_and_sensibility.mp4
TO     ?= pt-BR
# Recordings with references beside them, and where Debian's packages of voice prompts are unpacked.
BENCH_MEDIA   ?= ../shared/media
BENCH_PROMPTS ?= /usr/share
# Pairs of sentences: English, tab, translation.
BENCH_PARALLEL ?= ../shared/parallel
# The release that training and its tests were made with.
TORCH  ?= 2.13.0
# pip installs exactly what the lock files name (they are complete, so nothing is resolved again) and
# checks the hash of every file.
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Two processes, the tests divided as tests/conftest.py says, in the order of the files: those with
# the long tests come first.
PYTEST := $(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# ---- environments ------------------------------------------------------------------------------

$(VENV)/.run: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies into $(VENV) (a few minutes the first time)"
	@$(PIP) install --no-deps --require-hashes -r requirements/pip.lock
	@$(PIP) install --no-deps --require-hashes -r requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies into $(VENV) (a few minutes the first time)"
	@$(PIP) install --no-deps --require-hashes -r requirements/pip.lock
	@$(PIP) install --no-deps --require-hashes -r requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run $@

setup: $(VENV)/.dev ## environment for development, every dependency pinned

hooks: $(VENV)/.dev ## lint, types and import contracts before each of your commits
	@$(BIN)/pre-commit install

# ---- use ---------------------------------------------------------------------------------------

demo: $(VENV)/.run ## the main job on the sample video, through the Prefect flow
	@POLYCUE_HOME=$(DEMO)/workspace $(BIN)/polycue run sample_media/sense_and_sensibility.mp4 \
	  --to pt-BR --out $(DEMO)/subtitles --engine prefect
	@echo
	@echo "Open the reviewer form:  make review"

run: $(VENV)/.run ## localize one title: make run MEDIA=film.mp4 TO=pt-BR
	@$(BIN)/polycue run $(MEDIA) --to $(TO)

review: $(VENV)/.run ## the reviewer form on the demo's workspace
	@POLYCUE_HOME=$(DEMO)/workspace $(BIN)/polycue review

up: $(VENV)/.run ## a whole system: Prefect, a worker, the dispatcher, the form
	@$(BIN)/polycue up

down: ## stop it, and leave nothing behind
	@$(BIN)/polycue down

doctor: $(VENV)/.run ## is this environment sound?
	@$(BIN)/polycue doctor

# ---- checks ------------------------------------------------------------------------------------

format: $(VENV)/.dev ## format and fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/.dev ## ruff: format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.dev ## the arrows between the rooms
	$(BIN)/lint-imports

test: $(VENV)/.dev ## the test suite, real engines included
	$(PYTEST) -m "not slow"

test-all: $(VENV)/.dev ## the test suite with the minutes-long tests
	$(PYTEST)

torch: $(VENV)/.dev ## PyTorch beside the environment, for training and its tests (into .torch)
	@$(PIP) install --upgrade --target .torch torch==$(TORCH)

test-torch: $(VENV)/.dev ## the tests that need PyTorch (make torch first)
	PYTHONPATH=.torch $(BIN)/pytest -m torch tests/unit/translate tests/unit/flows/models tests/contracts/test_translator.py

cover: $(VENV)/.dev ## tests with the coverage gates
	$(PYTEST) -m "not slow" --cov --cov-report=term-missing
	$(BIN)/coverage report --fail-under=90
	$(BIN)/coverage report --fail-under=95 --include='subtitles/*'

bench: bench-run bench-subtitles bench-speakers bench-asr bench-desk bench-queue bench-mt bench-flows ## every benchmark; results go to BENCHMARKS.md

bench-run: $(VENV)/.dev ## first run, second run and accuracy of the demo
	$(BIN)/python tests/benchmarks/bench_run.py

bench-subtitles: $(VENV)/.dev ## cues on real recognised speech (BENCH_MEDIA, BENCH_PROMPTS)
	$(BIN)/python tests/benchmarks/bench_subtitles.py $(BENCH_MEDIA) $(BENCH_PROMPTS)

bench-speakers: $(VENV)/.dev ## who speaks when, against references (BENCH_MEDIA)
	$(BIN)/python tests/benchmarks/bench_speakers.py $(BENCH_MEDIA)

bench-asr: $(VENV)/.dev ## recognition against bare scripts (BENCH_MEDIA, BENCH_PARTS)
	$(BIN)/python tests/benchmarks/bench_asr.py $(BENCH_MEDIA)

bench-desk: $(VENV)/.dev ## the workbench in the browser with 1500 cues
	$(BIN)/python tests/benchmarks/bench_desk.py

bench-queue: $(VENV)/.dev ## the page of the queue with 100,000 tasks (BENCH_TASKS, BENCH_PARTS)
	$(BIN)/python tests/benchmarks/bench_queue.py

interleavings: $(VENV)/.dev ## two browsers at one task on bad days (INTERLEAVINGS, INTERLEAVINGS_SEED)
	INTERLEAVINGS=$(or $(INTERLEAVINGS),1000) $(BIN)/pytest tests/browser/test_interleavings.py

screenshots: $(VENV)/.dev ## pictures of every page, both themes and widths, three languages (SCREENSHOTS)
	$(BIN)/python tests/benchmarks/screenshots.py $(or $(SCREENSHOTS),screenshots)

load-review: $(VENV)/.dev ## many reviewers saving at once (LOAD_REVIEWERS, LOAD_SECONDS, LOAD_CUES)
	$(BIN)/python tests/benchmarks/load_review.py

bench-flows: $(VENV)/.dev ## what orchestration costs (BENCH_PARTS, BENCH_MINUTES, BENCH_TITLES)
	$(BIN)/python tests/benchmarks/bench_flows.py

chaos: $(VENV)/.dev ## kills and a full disk through a night of titles (CHAOS_TITLES, CHAOS_SEED)
	$(BIN)/python tests/benchmarks/chaos.py

scaling: $(VENV)/.dev ## the capacity plan's tables, reckoned from measured figures (docs/SCALING.md)
	@$(BIN)/python tests/benchmarks/scaling.py

bench-mt: $(VENV)/.dev ## translation against bare engines (BENCH_PARALLEL, BENCH_MT_MODEL, BENCH_PARTS)
	$(BIN)/python tests/benchmarks/bench_mt.py $(BENCH_MEDIA) $(BENCH_PARALLEL)

golden-update: $(VENV)/.dev ## regenerate reference files; review them as a diff
	UPDATE_GOLDEN=1 $(BIN)/pytest tests/golden -q

sample: $(VENV)/.dev ## check sample_media against its manifest
	$(BIN)/python sample_media/build.py --check

check: lint types imports test ## what continuous integration runs

# ---- housekeeping ------------------------------------------------------------------------------

lock: ## recompute the lock files from pyproject.toml (needs uv)
	uv pip compile -q --generate-hashes --no-annotate --no-header requirements/pip.in -o requirements/pip.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra starter --extra oidc \
	  --extra postgres --extra s3 --extra otel pyproject.toml requirements/build.in -o requirements/run.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header -c requirements/run.lock \
	  --extra starter --extra oidc --extra postgres --extra s3 --extra otel --extra dev pyproject.toml requirements/build.in -o requirements/dev.lock

clean: ## remove what git ignores, the demo included
	git clean -fdX

.PHONY: help setup hooks demo run review doctor format lint types imports test test-all torch test-torch cover bench bench-run bench-subtitles bench-speakers bench-asr bench-desk bench-queue bench-mt screenshots \
        scaling golden-update sample check lock clean
