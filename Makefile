# Everything a person or a machine does with this repository. Needs Python 3.11 or newer, git and GNU make.

SHELL := /bin/sh
.DEFAULT_GOAL := site
.PHONY: site serve test test-long reference bench clean environment test-environment
bin := .venv/bin

site: environment ## Build this repository's own site into public/
	@$(bin)/twinsite build </dev/null
	@echo
	@echo 'The site is in public/. To look at it, run:  make serve'

serve: environment ## Look at the site while editing it
	@$(bin)/twinsite serve

test: test-environment ## Run every check and test
	@CHROMIUM="$$($(bin)/python tests/support/chromium.py </dev/null)" || exit 1; export CHROMIUM; sh scripts/check.sh

test-long: test-environment ## The same, with many more random steps and the slow comparisons
	@CHROMIUM="$$($(bin)/python tests/support/chromium.py </dev/null)" || exit 1; export CHROMIUM; LONG=1 sh scripts/check.sh

reference: environment ## Write the guide pages that are made from the code
	@$(bin)/python -m twinsite.reference content/pages/guide </dev/null

bench: ## Compare the speed with other generators: records=1000 rounds=3 tools=twinsite,hugo minutes=20 publish=yes
	@sh bench/environment.sh
	@.venv-bench/bin/python -m bench $(foreach name,records rounds slow-rounds tools scenarios minutes,$(if $($(name)),--$(name) $($(name)))) $(if $(publish),--publish) </dev/null

clean: ## Remove everything that these commands made
	rm -rf .venv .venv-bench bench/eleventy/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .twinsite public build dist
	find twinsite tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh scripts/environment.sh

test-environment:
	@sh scripts/environment.sh test
