#!/bin/bash
# bench/list.sh - pages of a workspace list of 100,000 enterprises, filtered and sorted: from the model with 16 askers at once, then
# as pages over HTTP with wrk's 16 connections, for an officer who is signed in.  MATXICH names another binary.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5}
dir=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$dir"; }
trap stop EXIT
db="sqlite:$dir/list.db"

"$build/bench_list" make "$db"
echo "## Lists"
echo
echo "100,000 enterprises, an officer's list, 50 records a page with their children; milliseconds."
echo
echo "| list_load, 16 threads | p50 | p99 | processor time: p50 | p99 |"
echo "|---|---|---|---|---|"
"$build/bench_list" ask "$db" "${PASSES-10}"

password=$(head -c 18 /dev/urandom | base64)
echo "$password" | "$program" account add bench@example.org --name Bench --role officer --password-stdin --db "$db" >"$dir/account"
"$program" serve --db "$db" --listen 127.0.0.1:0 --log-level 0 --rate 0 >"$dir/said" &
server=$!
until address=$(grep -o 'http://[0-9.:]*' "$dir/said"); do kill -0 "$server"; sleep 0.01; done

# The cookies a reply sets, as a request sends them.
cookies() { sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' "$1" | paste -sd';' | sed 's/;/; /g'; }
curl -sf -D "$dir/form.head" -o "$dir/form" "$address/sign-in"
token=$(grep -o 'name="form_token" value="[^"]*"' "$dir/form" | head -1 | sed 's/.*value="//; s/"$//')
curl -sf -D "$dir/in.head" -o "$dir/in" -H "Cookie: $(cookies "$dir/form.head")" -H "Origin: $address" \
    --data-urlencode "form_token=$token" --data-urlencode email=bench@example.org --data-urlencode "password=$password" "$address/sign-in"
cookie=$(cookies "$dir/in.head")

# Requests/s, median and p99 of a page in milliseconds.
ask() {
    curl -sf -o "$dir/page" -H "Cookie: $cookie" "$address$1"
    wrk -t2 -c16 -d"${seconds}s" --latency -H "Cookie: $cookie" "$address$1" | awk -v path="$1" '
        function ms(s) { return s ~ /us$/ ? s / 1000 : s ~ /ms$/ ? s + 0 : s * 1000 }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        /Non-2xx/ { wrong = 1 }
        /^Requests\/sec/ { printf "| `%s` | %d | %.1f | %.1f |\n", path, $2, p50, p99 }
        END { exit wrong }'
}
echo
echo "| page, 16 connections | requests/s | p50 | p99 |"
echo "|---|---|---|---|"
ask '/workspace/enterprises'
ask '/workspace/enterprises?sort=name_vi'
ask '/workspace/enterprises?sort=name_vi&ward=00166'
ask '/workspace/enterprises?sort=name_vi&ward=00004'
ask '/workspace/enterprises?sort=-ward&founded.min=2015&website.empty=1'
ask '/workspace/enterprises?sort=name_vi&name_vi.like=c%C6%A1+kh%C3%AD&g1.legal_form=CP&g1.legal_form=TNHH'
