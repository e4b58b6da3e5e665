#!/bin/bash
# bench/year.sh - ten years of the programme (10,000 participations, 50,000 vouchers): its views, figures and targets as functions, beside the same year in a
# database that holds it alone; then the pages of it over HTTP, one asked for after the other, for an officer who is signed in (whose pages nobody keeps).
# MATXICH names another binary.  Making the databases takes some seconds.  DATABASE=postgresql://... takes that one, which must be empty.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5}
. bench/portal.bash
ten="${DATABASE-sqlite:$dir/ten.db}" one="sqlite:$dir/one.db"

"$build/bench_year" make "$ten" 10
"$build/bench_year" make "$one" 1
echo "## The programme's year"
echo
echo "Ten years, each with 60 tasks, 30 contracts, 1,000 participations and 5,160 vouchers; the first is asked for, and again where it is the only one; milliseconds."
echo
echo "| what | p50 | p99 | processor time: p50 | p99 | the year alone: p50 | ratio |"
echo "|---|---|---|---|---|---|---|"
"$build/bench_year" ask "$ten" "$one" "${TIMES-200}"

serve_signed_in "$ten"
echo
echo "| page, 1 connection | requests/s | p50, ms | p99, ms |"
echo "|---|---|---|---|"
for path in /dashboard /dashboard/participants '/money?by=agency' '/money?by=source' '/money?by=content' '/money?by=month' '/money?by=line' '/money?by=task' \
    /money/forecast /money/counterparts /targets /targets/participations_yearly /targets/participations_yearly/list /progress /plan; do
    ask_page 1 "\`$path\`" "$path"
done
