#!/bin/bash
# bench/list.sh - pages of a workspace list of 100,000 enterprises, filtered and sorted: from the model with 16 askers at once, then
# as pages over HTTP with wrk's 16 connections, for an officer who is signed in.  MATXICH names another binary.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5}
. bench/portal.bash
db="sqlite:$dir/list.db"

"$build/bench_list" make "$db"
echo "## Lists"
echo
echo "100,000 enterprises, an officer's list, 50 records a page with their children; milliseconds."
echo
echo "| list_load, 16 threads | p50 | p99 | processor time: p50 | p99 |"
echo "|---|---|---|---|---|"
"$build/bench_list" ask "$db" "${PASSES-10}"

serve_signed_in "$db"
echo
echo "| page, 16 connections | requests/s | p50 | p99 |"
echo "|---|---|---|---|"
for path in \
    '/workspace/enterprises' \
    '/workspace/enterprises?sort=name_vi' \
    '/workspace/enterprises?sort=name_vi&ward=00166' \
    '/workspace/enterprises?sort=name_vi&ward=00004' \
    '/workspace/enterprises?sort=-ward&founded.min=2015&website.empty=1' \
    '/workspace/enterprises?sort=name_vi&name_vi.like=c%C6%A1+kh%C3%AD&g1.legal_form=CP&g1.legal_form=TNHH'
do
    ask_page 16 "\`$path\`" "$path"
done
