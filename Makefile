# The way to do a thing is one target here: the same by hand, in the pipeline and in the README.
# Works with GNU Make 3.81 and later, so with the one that macOS brings.

PYTHON ?= python3
WORKERS ?= 2
ARGS ?=
WITHOUT ?=

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
CONTAINERS := $(VENV)/.installed-containers
STEPS := lint imports browser types+unit+components+journeys
THOROUGH := drills rarer measured
UNIT := tests --ignore=tests/bench --ignore=tests/contract --ignore=tests/explain --ignore=tests/vault --ignore=tests/container --ignore=tests/release --ignore=tests/ui/components -n $(WORKERS) --dist loadfile
CODE := tasktracker tests e2e tools vault deploy

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\# .*/\1/p' $(firstword $(MAKEFILE_LIST)))

##@ Use it

run: $(RUN) ## Install what is needed, start tasktracker with its own PostgreSQL, open the browser
	@$(BIN)/tasktracker up $(ARGS)

demo: $(RUN) ## As run, in a workspace filled like a real team's
	@$(BIN)/tasktracker up --demo $(ARGS)

##@ Prove it

test: $(DEV) ## From lint to journeys, with the time of each step (WITHOUT="components journeys" leaves steps out)
	@$(BIN)/python -m tools.steps --without "$(WITHOUT)" $(STEPS)

lint: $(DEV) ## Rules and layout of the code (ruff)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(DEV) ## Types (mypy, strict)
	$(BIN)/mypy

imports: $(DEV) ## Who may import whom (import-linter)
	$(BIN)/lint-imports

unit: $(DEV) ## Tests of the program, against a real PostgreSQL
	$(BIN)/pytest $(UNIT) -m "not drill and not thorough" $(ARGS)

# Apart from unit and e2e: Playwright's two faces, the one that waits and the one that awaits, share no process.
components: $(DEV) browser ## Tests of the board and the list by themselves, in a real browser
	$(BIN)/pytest tests/ui/components -m "not thorough" -n $(WORKERS) --dist loadfile $(ARGS)

e2e: journeys rarer measured ## Tests of the running program, in a real browser

journeys: $(DEV) browser ## The journeys that people take every day
	$(BIN)/pytest e2e -m "not measured and not thorough" -n $(WORKERS) --dist loadfile $(ARGS)

thorough: $(DEV) ## What takes longer than one waits for: drills, rarer and measured
	@$(BIN)/python -m tools.steps $(THOROUGH)

rarer: $(DEV) browser ## The journeys to the other pages, and what keeps every page accessible and in the reader's language
	outcome=0; \
	$(BIN)/pytest tests/ui/components -m thorough -n $(WORKERS) --dist loadfile $(ARGS) || outcome=$$?; \
	$(BIN)/pytest e2e -m "thorough and not measured" -n $(WORKERS) --dist load $(ARGS) && exit $$outcome

measured: $(DEV) browser ## The journeys that measure time: one after another, with the machine to themselves
	$(BIN)/pytest e2e -m measured $(ARGS)

drills: $(DEV) ## Tests of the program that take long: processes killed, many at once, S3, the guides (two minutes)
	$(BIN)/pytest $(UNIT) -m "drill or thorough" $(ARGS)

contract: $(DEV) ## Schemathesis against a real server: does the API do what its OpenAPI document says? (a minute and a half; not part of test)
	$(BIN)/pytest tests/contract -s -o faulthandler_timeout=700 $(ARGS)

vault-test: $(DEV) ## Secrets against a real OpenBao: policies, logins, users that change under load, a Vault that is away (not part of test)
	$(BIN)/pytest tests/vault -s -o faulthandler_timeout=700 $(ARGS)

image-test: $(CONTAINERS) browser ## The container image: its size, its start, how it is hardened, pages from it (not part of test)
	$(BIN)/pytest tests/container -m image -s -o faulthandler_timeout=900 $(ARGS)

roll-test: $(DEV) browser balancer ## Releases that roll and roll back behind HAProxy, under load, and a careless roll that is seen (not part of test)
	$(BIN)/pytest tests/release -s -o faulthandler_timeout=1500 $(ARGS)

compose-test: $(CONTAINERS) browser ## compose.yaml, up and down, with a journey of a person in between (not part of test)
	$(BIN)/pytest tests/container -m compose -s -o faulthandler_timeout=900 $(ARGS)

# One property takes minutes here, so no test is taken for one that hangs.
PROVEN := log moving shelves undo_property time_travel filtering_property task_lists search reports_property

proof: $(DEV) ## The properties of the log, positions, shelves, undo, time travel, filters, lists, search, reports and recurrence, on a thousand examples each (about 15 minutes)
	TASKTRACKER_PROOF=1 $(BIN)/pytest $(PROVEN:%=tests/services/test_%.py) tests/domain/test_recurrence.py -n $(WORKERS) -o faulthandler_timeout=3600 $(ARGS)

explain: filled ## How PostgreSQL finds things among a million tasks (not part of test)
	$(BIN)/pytest tests/explain $(ARGS)

bench: filled ## Measure the figures that the documentation promises (not part of test)
	$(BIN)/pytest tests/bench -s $(ARGS)

filled: $(DEV) ## The databases of explain and bench: filled once, in a few minutes, and kept in the folder for temporary files
	@$(BIN)/python -m tests.explain.filled

##@ Ship it

image: ## Build the container image with buildah, into build/image/ (ARGS=--pinned takes no stand-in for its base)
	$(need_python)
	@$(PYTHON) -m tools.image $(ARGS)

compose-up: ## Start all of production's shape on this machine: two replicas, balancer, PostgreSQL, Vault
	$(need_python)
	@$(PYTHON) -m tools.compose up $(ARGS)

compose-down: ## Stop it; what people entered stays (ARGS=--volumes deletes it)
	$(need_python)
	@$(PYTHON) -m tools.compose down $(ARGS)

##@ Work on it

install: $(DEV) ## Make .venv as the locks say; the other targets do it by themselves

format: $(DEV) ## Lay the code out and mend what can be mended by rule
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

messages: $(DEV) ## Bring the catalogues of the interface's languages in line with the texts in the code
	@$(BIN)/python -m tools.messages

docs: $(DEV) ## Write the pages of docs/reference that are made from the code: settings, the API, the keyboard
	@$(BIN)/python -m tools.settings_reference
	@$(BIN)/python -m tools.api_reference
	@$(BIN)/python -m tools.keyboard_reference

vault-bootstrap: $(DEV) ## Bring the Vault at VAULT_ADDR to what vault/ says, as VAULT_TOKEN; any number of times
	@$(BIN)/python -m vault.bootstrap

vault-deliver: $(DEV) ## Hand a new process its first secret, wrapped (ARGS="app /run/tasktracker")
	@$(BIN)/python -m vault.deliver $(ARGS)

icons: $(DEV) browser ## Draw the icons of the installed app anew, from ui/static/favicon.svg
	@$(BIN)/python -m tools.icons

vault-snapshot: $(DEV) ## Save all of Vault to a file, verify one, or put one back (ARGS="save vault.snap")
	@$(BIN)/python -m vault.snapshot $(ARGS)

screenshots: $(DEV) browser ## Take the pictures of the README anew
	$(BIN)/python -m e2e.screenshots $(ARGS)

gallery: $(DEV) browser ## Take the pictures of every page anew, for docs/gallery (some minutes)
	$(BIN)/python -m e2e.screenshots --gallery

browser: $(DEV) ## Find a Chromium for e2e and screenshots, or install one
	@$(BIN)/python -m tools.browser

balancer: $(DEV) ## Find HAProxy, the balancer of one machine, or install it
	@$(BIN)/python -m tools.haproxy

lock: $(DEV) ## Bring requirements/ in line with pyproject.toml, keeping every pin that still fits
	@$(BIN)/python -m tools.lock

upgrade: $(DEV) ## Renew every pin in requirements/
	@$(BIN)/python -m tools.lock --upgrade

clean: ## Remove .venv, every cache and the images that were built; what people entered stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist test-results
	rm -rf "$${TMPDIR:-/tmp}/tasktracker-filled-$$(id -u)-"*
	-@$(PYTHON) -m tools.containers
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 } \
		END { print "" }' $(firstword $(MAKEFILE_LIST))

# --- .venv, brought in line whenever a lock changes ---

define need_python
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "tasktracker needs Python 3.11 or later, and \"$(PYTHON)\" is $$($(PYTHON) -V 2>/dev/null || echo missing)." >&2; \
	echo "Install one, or name the one you have, as in: make run PYTHON=python3.13" >&2; exit 1; }
endef

$(RUN): requirements/build.txt requirements/run.txt pyproject.toml
	$(need_python)
	@$(PYTHON) -m tools.install run

$(DEV): requirements/dev.txt pyproject.toml
	$(need_python)
	@$(PYTHON) -m tools.install dev

$(CONTAINERS): requirements/dev.txt requirements/containers.txt pyproject.toml
	$(need_python)
	@$(PYTHON) -m tools.install containers
