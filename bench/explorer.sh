#!/bin/bash
# bench/explorer.sh - the pages of the supply network at 100,000 enterprises and 800,000 links: what it costs to have it in memory, then pages
# over HTTP with wrk's 4 connections, for an officer who is signed in.  MATXICH names another binary.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5} firms=${FIRMS-100000}
dir=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$dir"; }
trap stop EXIT
db="sqlite:$dir/network.db"

"$build/bench_explorer" make "$db" "$firms"
echo "## The explorer"
echo
echo "$firms enterprises with 8 links each (power law)."
echo
echo "| what | time | |"
echo "|---|---|---|"
"$build/bench_explorer" ask "$db"

password=$(head -c 18 /dev/urandom | base64)
echo "$password" | "$program" account add bench@example.org --name Bench --role officer --password-stdin --db "$db" >"$dir/account"
"$program" serve --db "$db" --listen 127.0.0.1:0 --log-level 0 --rate 0 --files "$dir/files" >"$dir/said" &
server=$!
until address=$(grep -o 'http://[0-9.:]*' "$dir/said"); do kill -0 "$server"; sleep 0.01; done

# The cookies a reply sets, as a request sends them.
cookies() { sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' "$1" | paste -sd';' | sed 's/;/; /g'; }
curl -sf -D "$dir/form.head" -o "$dir/form" "$address/sign-in"
token=$(grep -o 'name="form_token" value="[^"]*"' "$dir/form" | head -1 | sed 's/.*value="//; s/"$//')
curl -sf -D "$dir/in.head" -o "$dir/in" -H "Cookie: $(cookies "$dir/form.head")" -H "Origin: $address" \
    --data-urlencode "form_token=$token" --data-urlencode email=bench@example.org --data-urlencode "password=$password" "$address/sign-in"
cookie=$(cookies "$dir/in.head")

# Files are refused until the network, and then what places are worth, is in memory.
until curl -sf -o "$dir/ranking" -H "Cookie: $cookie" "$address/network/ranking.json"; do kill -0 "$server"; sleep 0.5; done
until curl -sf -o "$dir/places" -H "Cookie: $cookie" "$address/network/map.json"; do kill -0 "$server"; sleep 0.5; done
hub=$(grep -o '"id":"[^"]*"' "$dir/ranking" | awk -F\" "NR == 1 { print \$4 }")
usual=$(grep -o '"id":"[^"]*"' "$dir/ranking" | awk -F\" "NR == $firms / 2 { print \$4 }")

# Requests/s, median and p99 of a page in milliseconds.
ask() {
    curl -sf -o "$dir/page" -H "Cookie: $cookie" "$address$2"
    wrk -t1 -c4 -d"${seconds}s" --latency -H "Cookie: $cookie" "$address$2" | awk -v what="$1" '
        function ms(s) { return s ~ /us$/ ? s / 1000 : s ~ /ms$/ ? s + 0 : s * 1000 }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        /Non-2xx/ { wrong = 1 }
        /^Requests\/sec/ { printf "| %s | %d | %.1f | %.1f |\n", what, $2, p50, p99 }
        END { exit wrong }'
}
echo
echo "| page, 4 connections | requests/s | p50, ms | p99, ms |"
echo "|---|---|---|---|"
ask "explorer, a firm of middling index, 2 tiers" "/network/enterprises/$usual"
ask "explorer, the firm of greatest index, 2 tiers" "/network/enterprises/$hub"
ask "explorer, the same, 4 tiers" "/network/enterprises/$hub?depth=4"
ask "why, the same" "/network/enterprises/$hub/why"
ask "at a glance" "/network"
ask "ranking" "/network/ranking"
ask "concentration" "/network/concentration"
ask "flows" "/network/flows"
ask "places" "/network/map"
