#!/usr/bin/env bash
# sim.sh: many seeds through the core's simulation in release, each twice, with every check; then the rules alone,
# measured. SEEDS=2000 by default. A failing seed prints itself and how to run it again.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --package-path Core --product sweep
exec "$(swift build -c release --package-path Core --show-bin-path)/sweep" --to "${SEEDS:-2000}" "$@"
