#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL on loopback, whose address is in FENGSUI_TEST_POSTGRES:
#     scripts/test-postgres.sh swift test
# The server lives in a temporary folder and ends with the command. It does not wait for the disk: for tests only.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }

programs=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)}
programs=${programs:-$(dirname "$(command -v postgres || true)")}
[ -x "$programs/initdb" ] || { echo "$0: PostgreSQL is not installed (apt-get install postgresql)" >&2; exit 1; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/fengsui-postgres-XXXXXX")
as_owner=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as_owner=(setpriv --reuid postgres --regid postgres --init-groups)
fi

server=
stop() {
    [ -z "$server" ] || { kill -QUIT "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$folder"
"${as_owner[@]}" "$programs/initdb" --pgdata="$folder/data" --auth=trust --username=postgres \
    --encoding=UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }

# A port that is free now may be taken a moment later: try others.
for attempt in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    "${as_owner[@]}" "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c max_connections=300 \
        -c shared_buffers=64MB -c max_wal_size=1GB -c autovacuum=off >"$folder/server.log" 2>&1 &
    server=$!
    for _ in $(seq 1 100); do
        "$programs/pg_isready" -q -h 127.0.0.1 -p "$port" && break 2
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
done
[ -n "$server" ] || { cat "$folder/server.log" >&2; exit 1; }

cd "$OLDPWD"
export FENGSUI_TEST_POSTGRES="postgresql://postgres@127.0.0.1:$port"
status=0
"$@" || status=$?
exit "$status"
