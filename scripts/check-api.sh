#!/usr/bin/env bash
# check-api.sh: hold the running API against its own document. Starts a demonstration server on a free port over a
# folder of its own, makes tokens on the account's page, lets schemathesis (all its default checks) send what the
# document allows and what it forbids, and stops the server. EXAMPLES (15, an operation), SEED, BUILD (debug, or
# release), BINARY, SCHEMATHESIS (its command), LOGINS (whose tokens; a regulator, an enterprise, an administrator).
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

examples=${EXAMPLES:-15}
seed=${SEED:-1}
logins=${LOGINS:-duty-140500 safe-140521001 13900002041 admin}
schemathesis=$(realpath "$(command -v "${SCHEMATHESIS:-schemathesis}" || true)" 2>/dev/null || true)
if [ -z "$schemathesis" ]; then
  echo "schemathesis 没有安装:python3 -m venv .build/st && .build/st/bin/pip install schemathesis,再用 SCHEMATHESIS=.build/st/bin/schemathesis" >&2
  exit 2
fi
if [ -n "${BINARY:-}" ]; then
  binary=$(realpath "$BINARY")
else
  swift build -c "${BUILD:-debug}" --product fengsui
  binary=$(swift build -c "${BUILD:-debug}" --show-bin-path)/fengsui
fi

folder=$(mktemp -d)
server=
stop() {
  trap - EXIT INT TERM
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    for _ in $(seq 1 50); do kill -0 "$server" 2>/dev/null || break; sleep 0.2; done
    kill -9 "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

FENGSUI_ASSETS=${FENGSUI_ASSETS:-$PWD/assets} "$binary" serve --data "$folder/data" --port 0 --demo \
  >"$folder/server.log" 2>&1 </dev/null &
server=$!
address=
for _ in $(seq 1 480); do
  kill -0 "$server" 2>/dev/null || { echo "服务没有启动起来:" >&2; tail -15 "$folder/server.log" >&2; exit 1; }
  address=$(sed -n 's/^烽燧已启动 \(http:.*\)$/\1/p' "$folder/server.log")
  [ -n "$address" ] && curl -fsS -o /dev/null "$address/readyz" 2>/dev/null && break
  sleep 0.5
done
[ -n "$address" ] || { echo "服务四分钟内没有应答" >&2; exit 1; }

# The token that a page's form carries.
csrf() { sed -n 's/.*name="'"$1"'" value="\([0-9a-f]*\)".*/\1/p' | head -1; }

make_token() { # login
  local jar=$folder/jar-$1 password form page
  password=$(awk -F'\t' -v login="$1" '$1 == login { print $2 }' "$folder/data/demonstration-accounts.txt")
  form=$(curl -fsS -c "$jar" -b "$jar" "$address/login" | csrf token)
  curl -fsS -o /dev/null -c "$jar" -b "$jar" --data-urlencode "login=$1" --data-urlencode "password=$password" \
    --data "token=$form" "$address/login"
  form=$(curl -fsS -b "$jar" "$address/account" | csrf csrf)
  page=$(curl -fsS -b "$jar" --data "csrf=$form&name=check&rights=write&days=1" "$address/account/tokens")
  grep -o 'fengsui_[0-9a-f]\{64\}' <<<"$page" | head -1
}

check() { # title, key, further arguments
  local title=$1 key=$2
  shift 2
  echo "== $title"
  # Within the folder that goes: its cache of failures holds what was sent.
  cd "$folder"
  FENGSUI_TOKEN=$key "$schemathesis" --no-color --config-file "$root/scripts/schemathesis.toml" \
    run "$address/openapi.json" --workers 1 \
    --max-examples "$examples" --seed "$seed" --rate-limit auto --continue-on-failure --request-timeout 60 "$@"
}

status=0
for login in $logins; do
  token=$(make_token "$login")
  [ -n "$token" ] || { echo "没有得到 $login 的令牌" >&2; exit 1; }
  check "$login" "$token" --exclude-operation-id upload || status=1
done
key=$(awk '!/^#/ { print $2; exit }' "$folder/data/demonstration-keys.txt")
check "网关" "$key" --include-operation-id upload || status=1
if grep -E "request failed|fatal|Fatal" "$folder/server.log" >&2; then status=1; fi
exit $status
