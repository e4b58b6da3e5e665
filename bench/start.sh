#!/bin/bash
# bench/start.sh - from nothing to the first page (the home page, curl's own start included), then memory at rest.
set -euo pipefail
program=${MATXICH-build/matxich} runs=${RUNS-11}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$program" demo --db "sqlite:$dir/demo.db" >/dev/null

now() { date +%s%N; }
once() {
    local began said server
    began=$(now)
    exec {said}< <(exec "$program" serve --db "sqlite:$dir/demo.db" --listen 127.0.0.1:0 --rate 0 --log-level 0)
    server=$!
    read -r _ address <&"$said"
    curl -sf -o "$dir/page" "$address/"
    echo $((($(now) - began) / 1000000)) "$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")"
    kill "$server"
    exec {said}<&-
}
median() { sort -n -k"$1,$1" "$dir/times" | awk -v column="$1" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'; }

for _ in $(seq "$runs"); do once; done >"$dir/times"
echo "## Start and memory"
echo
echo "| 1,200 enterprises, median of $runs | |"
echo "|---|---|"
echo "| cold start to the first page | $(median 1) ms |"
echo "| memory after it (RSS) | $(($(median 2) / 1024)) MB |"
strip -o "$dir/stripped" "$program"
echo "| binary, stripped | $(($(stat -c %s "$dir/stripped") / 1048576)) MB |"
