# What the benchmarks share: processes with their CPU time and memory, ports, wrk, one line per measured window.
#
# The script that reads this sets `bench` (this folder), `work` (a temporary folder), `threads` and `seconds`, and tells of
# each contestant by three functions: `url`, `body` and `session_of`, which prints the id of the session it runs in.
# shellcheck shell=bash disable=SC2154

export FORETELL_RESTART=no      # what is measured is the host, not its keeper
declare -A leader=()            # contestant -> first process; also the id of its session
load=                           # the running wrk
skipped=                        # contestants that did not start

# ---- small things

say() { echo "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 2; }
now_ms() { echo $((${EPOCHREALTIME/./} / 1000)); }
http() { curl --silent --show-error --noproxy '*' --max-time 5 "$@"; }
selected() { [[ " $only " == *" $1 "* ]]; }

# ---- processes: each contestant is a session of its own, led by the process started here

start() { # contestant, command…
  local name=$1; shift
  setsid "$@" >"$work/$name.log" 2>&1 </dev/null &
  leader[$name]=$!
}

# A process may end while it is read.
stats() { cat /proc/[0-9]*/stat 2>/dev/null || true; }

# The session's processes: one line each, pid utime stime (in clock ticks, threads included).
session() {
  stats | awk -v session="$1" '
    { pid = $1; sub(/^.*\) /, "") }              # the name in parentheses may hold spaces
    $4 == session && $1 != "Z" { print pid, $12, $13 }'
}

cpu_ticks() { session "$1" | awk '{ u += $2; s += $3 } END { print u + 0, s + 0 }'; }

resident_mb() {
  local pid rest
  session "$1" | while read -r pid rest; do
    cat "/proc/$pid/status" 2>/dev/null || true
  done | awk '/^VmRSS:/ { kb += $2 } END { print kb / 1024 }'
}

stop() { # session: asks, waits up to 5 s, then insists
  local pid rest deadline=$(($(now_ms) + 5000)) signal=TERM
  while [[ -n $(session "$1") ]]; do
    session "$1" | while read -r pid rest; do kill -"$signal" "$pid" 2>/dev/null || true; done
    [[ $signal == KILL ]] && break
    while [[ -n $(session "$1") ]] && (($(now_ms) < deadline)); do sleep 0.1; done
    signal=KILL
  done
}

cleanup() {
  trap '' INT TERM
  [[ -z $load ]] || kill "$load" 2>/dev/null || true
  local name
  for name in "${!leader[@]}"; do stop "${leader[$name]}"; done
  [[ -z $work ]] || rm -rf "$work"
}

# ---- contestants

declare -A taken=()
free_port() { # variable: sets it to a port nobody listens on, below the range that outgoing connections use
  local candidate
  while :; do
    candidate=$((20000 + RANDOM % 10000))
    [[ -z ${taken[$candidate]:-} ]] || continue
    (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || break
  done
  taken[$candidate]=yes
  printf -v "$1" %s "$candidate"
}

await_200() { # contestant, url, seconds
  local deadline=$(($(now_ms) + $3 * 1000))
  until http --fail --output /dev/null "$2" 2>/dev/null; do
    kill -0 "${leader[$1]}" 2>/dev/null || return 1
    (($(now_ms) < deadline)) || return 1
    sleep 0.02
  done
}

answers() { # contestant: one predict must come back as 2, within 5 s of asking
  local answer deadline=$(($(now_ms) + 5000))
  while :; do
    answer=$(http --header 'Content-Type: application/json' --data "$(body "$1")" "$(url "$1")" 2>&1) || true
    [[ ${answer//[[:space:]]/} != 2 ]] || return 0
    (($(now_ms) < deadline)) || { say "$1 answered: $answer"; return 1; }
    sleep 0.1
  done
}

explain() { # contestant: why it is out
  say "$(basename "$0"): $1 does not start or does not answer 2; it is skipped. The end of its log:"
  tail -n 20 "$work/$1.log" >&2 2>/dev/null || true
  [[ -z ${leader[$1]:-} ]] || stop "${leader[$1]}"
  skipped+="${skipped:+, }$1"
}

# ---- our router, and stub workers for it

# The launcher builds on first use: that is no part of any start-up time.
build_foretell() {
  timeout 900 "$root/foretell" --help >"$work/build.log" 2>&1 </dev/null ||
    { cat "$work/build.log" >&2; fail "./foretell does not build"; }
}

start_router() { # contestant, options of `foretell router`
  local name=$1; shift
  mkdir "$work/$name"
  FORETELL_JAVA_OPTS=$heap start "$name" "$root/foretell" router --port "${port[$name]}" --data "$work/$name" \
    --set http.drain-delay=0s "$@"
  await_200 "$name" "http://127.0.0.1:${port[$name]}/readyz" 30
}

register() { # contestant, the ports of its two workers where they are not the usual
  local worker='{"host":"127.0.0.1","port":%d,"local_worker_id":0}'
  # shellcheck disable=SC2059
  http --fail --request PUT --header 'Content-Type: application/json' --output /dev/null \
    --data "$(printf '{"AI":{"fib":['"$worker,$worker"']}}' "${2:-$worker1}" "${3:-$worker2}")" \
    "http://127.0.0.1:${port[$1]}/v1/model_workers_map"
}

# Models m1 to mN, each with four of two hundred workers: each of two addresses is a hundred of them, told apart by their ids.
register_many() { # contestant, models
  awk -v models="$2" -v one="$worker1" -v two="$worker2" '
    function worker(port, id) { return sprintf("{\"host\":\"127.0.0.1\",\"port\":%d,\"local_worker_id\":%d}", port, id % 100) }
    BEGIN {
      printf "{\"AI\":{"
      for (i = 1; i <= models; i++)
        printf "%s\"m%d\":[%s,%s,%s,%s]", (i > 1 ? "," : ""), i, worker(one, 2 * i), worker(one, 2 * i + 1), worker(two, 2 * i), worker(two, 2 * i + 1)
      printf "}}"
    }' >"$work/map"
  http --max-time 60 --fail --request PUT --header 'Content-Type: application/json' --data-binary "@$work/map" --output /dev/null \
    "http://127.0.0.1:${port[$1]}/v1/model_workers_map"
}

# What a worker answers to a batch of n calls, for nginx's map: n times the answer to one.
batch_answers() {
  awk 'BEGIN { item = "{\"status\":200,\"body\":2}"; list = item
    for (n = 2; n <= 32; n++) { list = list "," item; print n " \x27[" list "]\x27;" } }'
}

configure() { # template, port: prints the path of the filled-in configuration
  sed -e "s|@WORK@|$work|g" -e "s|@PORT@|$2|g" -e "s|@LOOPS@|$loops|g" \
    -e "s|@WORKER1@|$worker1|g" -e "s|@WORKER2@|$worker2|g" \
    -e "s|@WORKER3@|${worker3:-}|g" -e "s|@WORKER4@|${worker4:-}|g" "$bench/conf/$1.conf" >"$work/$1.conf"
  echo "$work/$1.conf"
}

# The first two echo, the others do not.
start_workers_stubs() {
  free_port worker3; free_port worker4
  batch_answers >"$work/batch-answers"
  start workers nginx -e stderr -p "$work" -c "$(configure stub-workers "$worker1")"
}

# ---- load

run_wrk() { # contestant, connections, seconds
  timeout --kill-after=5 $(($3 + 15)) wrk --threads "$threads" --connections "$2" --duration "${3}s" --latency \
    --script "$bench/wrk/post.lua" "$(url "$1")" -- "$(body "$1")" >"$work/wrk.out" 2>&1 &
  load=$!
  wait "$load" || { cat "$work/wrk.out" >&2; fail "wrk failed on $1"; }
  load=
}

# The whole machine, in clock ticks: idle, stolen by other guests, ours (contestants, wrk, this script), all.
machine_ticks() {
  local ours; ours=$(stats | awk -v self=$$ -v sessions=" ${leader[*]} " '
    { pid = $1; sub(/^.*\) /, "") }
    index(sessions, " " $4 " ") { ticks += $12 + $13 }
    pid == self { ticks += $12 + $13 + $14 + $15 }      # with its finished children: wrk
    END { print ticks + 0 }')
  awk -v ours="$ours" '$1 == "cpu" { for (i = 2; i <= 9; i++) all += $i; print $5 + $6, $9, ours, all; exit }' /proc/stat
}

measure() { # contestant, connections: adds one line to the measurements (see table.awk)
  local id; id=$(session_of "$1")
  run_wrk "$1" "$2" 1                    # connections open, caches warm, the others' last work done
  local before after machine_before machine_after
  machine_before=$(machine_ticks)
  before=$(cpu_ticks "$id")
  run_wrk "$1" "$2" "$seconds"
  after=$(cpu_ticks "$id")
  machine_after=$(machine_ticks)
  awk -v row="$2 $1" -v cpu="$before $after" -v machine="$machine_before $machine_after" -v hertz="$(getconf CLK_TCK)" \
    -v resident="$(resident_mb "$id")" -f "$bench/window.awk" "$work/wrk.out" >>"$work/measurements" ||
    { cat "$work/wrk.out" >&2; fail "no figures for $1"; }
  awk 'END { printf "%-9s %4d connections  %7.0f requests/s  p99 %.2f ms  errors %d\n", $2, $1, $3, $7 / 1000, $10 }' \
    "$work/measurements" >&2
}

# ---- report

machine_facts() {
  echo "- $(date -u +%Y-%m-%d), commit $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  echo "- $(nproc) cores ($(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo))," \
    "$(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r)"
}
