# Every daily action. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8080
DATA ?= data

.PHONY: help setup run test core check check-api sim quality year bench package format

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: ## install what is missing (apt), fetch browser files and public tables into assets/
	@scripts/setup.sh

run: ## build and serve the demonstration city at http://127.0.0.1:8080 (PORT=, DATA=)
	@PORT=$(PORT) DATA=$(DATA) scripts/run.sh

test: ## everything: core rules, both databases, drills, crashes, the browser
	@scripts/test.sh

core: ## the core's tests alone: seconds
	@swift test --package-path Core

check: ## before a commit: format, core tests, then build with its tests
	@swift format lint --strict --recursive --parallel Core/Sources Core/Tests Sources Tests Package.swift
	@swift test --package-path Core
	@swift build --build-tests

check-api: ## the running API against /openapi.json with schemathesis (EXAMPLES=, SEED=, LOGINS=)
	@scripts/check-api.sh

sim: ## seeds through the simulation, in release (SEEDS=)
	@scripts/sim.sh

quality: ## detectors of forged data: false alarms and hits on simulated plants (SEEDS=)
	@swift build -c release --package-path Core --product sweep
	@"$$(swift build -c release --package-path Core --show-bin-path)/sweep" quality --to $(or $(SEEDS),12)

year: ## a province's year in virtual time, every bulletin as page and DOCX (DAYS=, SEED=, OUT=.build/year)
	@swift build -c release --product fengsui
	@"$$(swift build -c release --show-bin-path)/fengsui" year --days $(or $(DAYS),365) --seed $(or $(SEED),1) \
		--out $(or $(OUT),.build/year)

bench: ## measure a server under load: readings a second, time to answer (POINTS=, ENTERPRISES=)
	@scripts/bench.sh

package: ## a Debian package, and a folder to install it without a network (OFFLINE=no leaves the second out)
	@scripts/package.sh

format: ## lay the sources out by .swift-format
	@swift format --in-place --recursive --parallel Core/Sources Core/Tests Sources Tests Package.swift
