#!/usr/bin/env bash
# Makes Tests/OperationsTests/Fixtures/data-NAME.sqlite.gz: a small database as an earlier version wrote it, of invented
# enterprises, which UpgradeTests bring up to date.
#     scripts/make-upgrade-fixture.sh COMMIT NAME
# data-0012 was made with the sources of d626e3a, where migration 0012 was the newest. Needs `make setup` (assets).
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 COMMIT NAME" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$folder/sources" 2>/dev/null || true; rm -rf "$folder"' EXIT

git -C "$root" worktree add --detach "$folder/sources" "$1"
cd "$folder/sources"
swift build --product fengsui
"$(swift build --show-bin-path)/fengsui" year --days 1 --enterprises 5 --seed 4 --from 2026-01-05 --province 460000 \
    --assets "$root/assets" --file "$folder/fengsui.sqlite"
python3 - "$folder/fengsui.sqlite" <<'PYTHON'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode=DELETE", "VACUUM"]:
    database.execute(statement).fetchall()
PYTHON
mkdir -p "$root/Tests/OperationsTests/Fixtures"
gzip -9nc "$folder/fengsui.sqlite" >"$root/Tests/OperationsTests/Fixtures/data-$2.sqlite.gz"
ls -l "$root/Tests/OperationsTests/Fixtures/data-$2.sqlite.gz"
