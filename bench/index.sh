#!/bin/bash
# bench/index.sh - the portal's index of FIRMS (1,000,000) enterprises: built from the database, written, opened, asked while changes come in; then a
# server started from its file, until the first page.  MATXICH names another binary, DIR a folder with room (13 GB at a million) that is kept.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} firms=${FIRMS-1000000} runs=${RUNS-5}
dir=${DIR-$(mktemp -d -p /var/tmp)}
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; [ -n "${DIR-}" ] || rm -rf "$dir"; }
trap stop EXIT
db="$dir/firms-$firms.db"
[ -e "$db" ] || "$build/bench_index" make "sqlite:$db" "$firms"

echo "## The index from the database, and from its file"
echo
echo "| $firms enterprises, 3 to 8 products, processes, machines and certificates each | |"
echo "|---|---|"
"$build/bench_index" run "sqlite:$db" "$dir/bench.index"

# From nothing to the first page, milliseconds.
start() {
    local began said
    began=$(date +%s%N)
    exec {said}< <(exec "$program" serve --db "sqlite:$db" --listen 127.0.0.1:0 --rate 0 --log-level 0)
    server=$!
    read -r _ address <&"$said"
    curl -sf -o "$dir/page" "$address/"
    echo $((($(date +%s%N) - began) / 1000000))
    kill "$server"
    while kill -0 "$server" 2>/dev/null; do sleep 0.05; done
    exec {said}<&-
}
rm -f "$db.index"
echo "| a server's first page without the file | $(start) ms |"
echo "| with it, median of $runs | $(for _ in $(seq "$runs"); do start; done | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }') ms |"
