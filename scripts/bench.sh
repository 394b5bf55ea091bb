#!/usr/bin/env bash
# bench.sh: uploads as many gateways to a server of its own on loopback, in release, and prints readings a second and the
# time to answer. POINTS (100000), ENTERPRISES (1600), SECONDS_LOAD (20), PORT (18099).
set -euo pipefail
cd "$(dirname "$0")/.."
points=${POINTS:-100000} enterprises=${ENTERPRISES:-1600} seconds=${SECONDS_LOAD:-20} port=${PORT:-18099}

# PROGRAM: one that is built already.
program=${PROGRAM:-}
if [ -z "$program" ]; then
  swift build -c release --product fengsui
  program=$(swift build -c release --show-bin-path)/fengsui
fi
folder=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then kill -9 "$server" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap stop EXIT

"$program" load drill --enterprises 50 --days 2 >"$folder/city.json"
began=$(date +%s%N)
"$program" drill "$folder/city.json" >"$folder/drill.out"
echo "drill, two days of 50 enterprises: $((($(date +%s%N) - began) / 1000000)) ms, $(wc -l <"$folder/drill.out") lines"
"$program" load prepare --data "$folder/data" --points "$points" --enterprises "$enterprises"
began=$(date +%s%N)
"$program" serve --data "$folder/data" --port "$port" >"$folder/server.log" 2>&1 &
server=$!
for _ in $(seq 1 600); do
  if curl -fsS -o /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || { tail -5 "$folder/server.log" >&2; exit 1; }
  sleep 0.1
done
echo "start with $points points: $((($(date +%s%N) - began) / 1000000)) ms until ready"
"$program" load send --server "http://127.0.0.1:$port" --points "$points" --enterprises "$enterprises" \
  --seconds "$seconds"
# At the national average, with what the server needs of a core, and a reading's way to the desk meanwhile.
rate=${RATE:-9300}
before=$(awk '{print $14 + $15}' "/proc/$server/stat")
"$program" load send --server "http://127.0.0.1:$port" --points "$points" --enterprises "$enterprises" \
  --seconds "$seconds" --rate "$rate" --epoch 2 &
sender=$!
"$program" load watch --server "http://127.0.0.1:$port" --data "$folder/data" --probes 150
wait "$sender"
after=$(awk '{print $14 + $15}' "/proc/$server/stat")
echo "server at $rate readings/s: $(((after - before) * 100 / $(getconf CLK_TCK) / seconds)) % of one core"
kill -9 "$server"; wait "$server" 2>/dev/null || true
began=$(date +%s%N)
"$program" serve --data "$folder/data" --port "$port" >>"$folder/server.log" 2>&1 &
server=$!
until curl -fsS -o /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || { tail -5 "$folder/server.log" >&2; exit 1; }
  sleep 0.05
done
echo "start after kill -9 with $points points: $((($(date +%s%N) - began) / 1000000)) ms until ready"
kill -9 "$server"; wait "$server" 2>/dev/null || true

# The same readings into stores of the same machine, in the same run, where they are installed (apt install influxdb
# victoria-metrics): they keep values and check no limit.
peer() { # name, write address, ready address, command...
  local name=$1 write=$2 ready=$3
  shift 3
  command -v "$1" >/dev/null || { echo "$name: not installed"; return 0; }
  "$@" >"$folder/$name.log" 2>&1 &
  server=$!
  for _ in $(seq 1 200); do
    if curl -fsS -o /dev/null "$ready" 2>/dev/null; then break; fi
    sleep 0.1
  done
  [ "$name" != influxdb ] || curl -fsS -o /dev/null -XPOST "${ready%/ping}/query" --data-urlencode 'q=CREATE DATABASE bench'
  echo "$name: $("$program" load send --peer "$write" --points "$points" --enterprises "$enterprises" --seconds "$seconds")"
  kill -9 "$server"; wait "$server" 2>/dev/null || true
}
cat >"$folder/influxdb.conf" <<EOF
reporting-disabled = true
bind-address = "127.0.0.1:18188"
[meta]
  dir = "$folder/influx/meta"
[data]
  dir = "$folder/influx/data"
  wal-dir = "$folder/influx/wal"
[http]
  bind-address = "127.0.0.1:18186"
  log-enabled = false
EOF
peer influxdb "http://127.0.0.1:18186/write?db=bench&precision=ms" http://127.0.0.1:18186/ping \
  influxd -config "$folder/influxdb.conf"
peer victoria-metrics "http://127.0.0.1:18187/write?precision=ms" http://127.0.0.1:18187/health \
  victoria-metrics -storageDataPath "$folder/victoria" -httpListenAddr 127.0.0.1:18187
server=
