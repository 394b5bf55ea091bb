#!/usr/bin/env bash
# run.sh: set up, build, serve the demonstration city and let its plants live. Ctrl-C ends both. A second run says that
# one is there already. PORT (8080), DATA (data), INCIDENTS (an hour, 6), SPEED (1), FIRST (what goes
# wrong at once), BUILD (release, or debug).
set -euo pipefail
cd "$(dirname "$0")/.."

port=${PORT:-8080}
data=${DATA:-data}
incidents=${INCIDENTS:-6}
speed=${SPEED:-1}
build=${BUILD:-release}
first=${FIRST:-leak@晋沁化工/V-203!moderate}
address=http://127.0.0.1:$port
mkdir -p "$data"
chmod 700 "$data"
note=$data/run.pid

say() { printf '\n==> %s\n' "$*"; }

is_running() { # pid: is it alive, and ours?
  [ -n "$1" ] && kill -0 "$1" 2>/dev/null && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -q 'fengsui serve'
}

show_where() {
  cat <<EOF

  烽燧(演示数据)        $address
  数据目录              $(cd "$data" && pwd)
  演示账号与口令        $(cd "$data" && pwd)/demonstration-accounts.txt(仅本用户可读,每个数据目录各不相同)

  登录名                角色
  duty-140500           晋城市应急管理局 值守员
  duty-140521           沁水县应急管理局 值守员(另有各县、省 140000、中心 AKY、园区 P140525001)
  safe-140521001        晋沁化工 安全员
  13900002041           晋沁化工 合成氨装置 操作负责人(手机页)
  admin                 系统管理员
EOF
}

if is_running "$(cat "$note" 2>/dev/null || true)"; then
  echo "已经在运行(进程 $(cat "$note")),没有再启动一份。"
  address=$(cat "$data/run.address" 2>/dev/null || echo "$address")
  show_where
  echo
  echo "  停止:在启动它的终端按 Ctrl-C,或 kill $(cat "$note")"
  exit 0
fi

if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "端口 $port 已被别的程序占用。换一个:make run PORT=8090" >&2
  exit 1
fi

say "准备环境(scripts/setup.sh)"
scripts/setup.sh

say "编译($build;首次约十分钟,之后几秒)"
swift build -c "$build" --product fengsui
binary=$(swift build -c "$build" --show-bin-path)/fengsui

server=
simulator=
stop() {
  trap - EXIT INT TERM
  # Our own two processes, by their ids; the server ends in order, and is made to end if it does not.
  [ -n "$simulator" ] && kill "$simulator" 2>/dev/null || true
  [ -n "$server" ] && kill "$server" 2>/dev/null || true
  for pid in $simulator $server; do
    for _ in $(seq 1 50); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -f "$note" "$data/run.address"
}
trap stop EXIT
trap 'echo; echo "停止…"; exit 0' INT TERM

say "启动(日志:$data/server.log)"
FENGSUI_ASSETS=${FENGSUI_ASSETS:-$PWD/assets} "$binary" serve --data "$data" --port "$port" --demo \
  >>"$data/server.log" 2>&1 </dev/null &
server=$!
echo "$server" >"$note"
echo "$address" >"$data/run.address"

for try in $(seq 1 240); do
  if ! kill -0 "$server" 2>/dev/null; then
    echo "服务没有启动起来,最后几行日志:" >&2
    tail -15 "$data/server.log" >&2
    exit 1
  fi
  curl -fsS -o /dev/null "$address/readyz" 2>/dev/null && break
  [ "$try" = 240 ] && { echo "两分钟内没有应答,见 $data/server.log" >&2; exit 1; }
  sleep 0.5
done

: >"$data/incidents.txt"
"$binary" simulate --requests "$data/incidents.txt" --incident "$first" --server "$address" --keys "$data/demonstration-keys.txt" --speed "$speed" \
  --incidents-per-hour "$incidents" >>"$data/simulator.log" 2>&1 </dev/null &
simulator=$!

show_where
cat <<EOF

  仿真                  约 ${incidents} 起异常/小时,日志 $data/simulator.log
  开场                  $first
  再造一起              echo 'coolingLoss@云杉新材/R-101!severe' >> $data/incidents.txt
  停止                  Ctrl-C
EOF

# Whichever ends first ends the run.
wait -n "$server" "$simulator" || true
if ! kill -0 "$server" 2>/dev/null; then
  echo "服务已退出,最后几行日志:" >&2
  tail -15 "$data/server.log" >&2
else
  echo "仿真已退出,最后几行日志(服务仍在,按 Ctrl-C 停止):" >&2
  tail -5 "$data/simulator.log" >&2
  wait "$server" || true
fi
