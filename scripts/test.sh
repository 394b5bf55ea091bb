#!/usr/bin/env bash
# test.sh: every test, from a clean clone: installs what the tests need, the core's rules first (seconds), then both
# databases, the operations, the server, crashes and the browser. PostgreSQL runs on loopback in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."

# Tests that block a thread must not keep those that wait from going on: a few at a time.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=${SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH:-4}

say() { printf '\n==> %s (%s)\n' "$1" "$(date +%H:%M:%S)"; }

say "what the tests need"
scripts/setup.sh --tests

say "core: the rules of the regulations"
swift test --package-path Core

say "building the server and its tests"
swift build --build-tests

say "both databases, operations, services, pages, drills"
scripts/test-postgres.sh env FENGSUI_TEST_ENGINES=all \
  swift test --skip-build --skip AcceptanceTests --skip Rehearsal --skip Demonstration --skip YearTests

say "whole days of the platform under a seed, with crashes"
scripts/test-postgres.sh env FENGSUI_TEST_ENGINES=all swift test --skip-build --filter "Rehearsal|Demonstration|YearTests"

say "the real server: killed under load, and a case in the browser"
exec scripts/test-postgres.sh env FENGSUI_TEST_ENGINES=all swift test --skip-build --filter AcceptanceTests
