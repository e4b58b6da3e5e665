#!/bin/sh
# Time to survive and risk exposure beside the same linear programs written down plainly; second suppliers: see bench/recovery.c.
set -eu
program=${BENCH-build/gcc/bench_recovery}
out=$(mktemp)
trap 'rm -f "$out"' EXIT
"$program" 10000 200 >"$out"
"$program" 100000 100 >>"$out"
echo "## Supply network: recovery and second suppliers"
echo
echo "Made-up networks of power law (8 links a firm), firms out for up to 60 days, losses followed through three tiers.  Stock and spare capacity are drawn up to the"
echo "figures given.  Plain: the linear program of recovery.h for all firms in reach, by the same GLPK; programs above its limit of entries are left out there.  Processor time."
echo
echo "| firms | stock, days | spare | firms at risk | only bounded | plain, firms/s | ours, firms/s | ratio |"
echo "|---|---|---|---|---|---|---|---|"
grep '^|' "$out"
echo
grep -v '^|' "$out"
