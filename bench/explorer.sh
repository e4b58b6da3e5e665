#!/bin/bash
# bench/explorer.sh - the pages of the supply network at 100,000 enterprises and 800,000 links: what it costs to have it in memory, then pages
# over HTTP with wrk's 4 connections, for an officer who is signed in.  MATXICH names another binary.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5} firms=${FIRMS-100000}
. bench/portal.bash
db="sqlite:$dir/network.db"

"$build/bench_explorer" make "$db" "$firms"
echo "## The explorer"
echo
echo "$firms enterprises with 8 links each (power law)."
echo
echo "| what | time | |"
echo "|---|---|---|"
"$build/bench_explorer" ask "$db"

serve_signed_in "$db"

# Files are refused until the network, and then what places are worth, is in memory.
until curl -sf -o "$dir/ranking" -H "Cookie: $cookie" "$address/network/ranking.json"; do kill -0 "$server"; sleep 0.5; done
until curl -sf -o "$dir/places" -H "Cookie: $cookie" "$address/network/map.json"; do kill -0 "$server"; sleep 0.5; done
hub=$(grep -o '"id":"[^"]*"' "$dir/ranking" | awk -F\" "NR == 1 { print \$4 }")
usual=$(grep -o '"id":"[^"]*"' "$dir/ranking" | awk -F\" "NR == $firms / 2 { print \$4 }")

echo
echo "| page, 4 connections | requests/s | p50, ms | p99, ms |"
echo "|---|---|---|---|"
ask_page 4 "explorer, a firm of middling index, 2 tiers" "/network/enterprises/$usual"
ask_page 4 "explorer, the firm of greatest index, 2 tiers" "/network/enterprises/$hub"
ask_page 4 "explorer, the same, 4 tiers" "/network/enterprises/$hub?depth=4"
ask_page 4 "why, the same" "/network/enterprises/$hub/why"
ask_page 4 "at a glance" "/network"
ask_page 4 "ranking" "/network/ranking"
ask_page 4 "concentration" "/network/concentration"
ask_page 4 "flows" "/network/flows"
ask_page 4 "places" "/network/map"
