#!/bin/sh
# Search over 100,000 and 1,000,000 made-up enterprises, beside SQLite's FTS5: see bench/search.c.
set -eu
out=$(mktemp)
trap 'rm -f "$out"' EXIT
build/gcc/bench_search 100000 3 >"$out"
build/gcc/bench_search 1000000 1 >>"$out"
echo "## Search: total, best 20 and counts of six facets"
echo
echo "Milliseconds; ours $(sed -n 's/.*OURS_PASSES = \([0-9]*\).*/\1/p' bench/search.c) times each of 40 queries, FTS5 three times (once over 1,000,000)."
echo
echo "| enterprises | queries | FTS5 p50 | ours p50 | ratio | FTS5 p99 | ours p99 | ratio |"
echo "|---|---|---|---|---|---|---|---|"
grep '^|' "$out"
echo
grep -v '^|' "$out"
