#!/bin/bash
# bench/save.sh - the save of a form over HTTP with full durability, beside the same rows written by plain SQLite statements in the same
# folder; then the API's list of 100 rows beside nginx serving those bytes.  MATXICH names another binary.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} times=${TIMES-800} seconds=${SECONDS_EACH-3} runs=${RUNS-3}
dir=$(mktemp -d -p "${BENCH_DIR-.}" bench.XXXXXX)
started=()
stop() { kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$dir"; }
trap stop EXIT
db="sqlite:$dir/list.db"

"$build/bench_list" make "$db"
cp "$dir/list.db" "$dir/plain.db"
export MATXICH_BINARY="$program"
"$program" serve --db "$db" --listen 127.0.0.1:0 --log-level 0 --rate 0 >"$dir/said" &
started+=($!)
until address=$(grep -o 'http://[0-9.:]*' "$dir/said"); do kill -0 "${started[0]}"; sleep 0.01; done

echo "## Saving"
echo
echo "100,000 enterprises; each save is a POST of the form, answered when it is on the disk; milliseconds."
echo
plain=$("$build/bench_save" "$dir/plain.db" "$times")
echo "Plain SQLite statements, the same rows and durability: median ${plain% *}, p99 ${plain#* }."
echo
echo "| clients | saves/s | median | p99 |"
echo "|---|---|---|---|"
for clients in 1 4 16; do
    line=$(node bench/save.mjs "$address" "$db" "$clients" "$times")
    [ "$clients" != 1 ] || one=$(awk -F'|' '{ print $4 + 0 }' <<<"$line")
    echo "$line"
done
echo
echo "One client's median is **$(awk "BEGIN { printf \"%.1f\", $one / ${plain% *} }")** of the plain statements'."

mkdir "$dir/www"
curl -sf -o "$dir/www/list" "$address/api/v1/enterprises?limit=100"
chmod -R a+rX "$dir"
cat >"$dir/nginx.conf" <<CONF
daemon off; pid $PWD/$dir/nginx.pid; error_log $PWD/$dir/error.log; worker_processes auto;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; keepalive_requests 100000000; default_type application/json;
    client_body_temp_path $PWD/$dir/t1; proxy_temp_path $PWD/$dir/t2; fastcgi_temp_path $PWD/$dir/t3; uwsgi_temp_path $PWD/$dir/t4; scgi_temp_path $PWD/$dir/t5;
    server { listen 127.0.0.1:${NGINX_PORT-18098}; root $PWD/$dir/www; }
}
CONF
nginx -c "$PWD/$dir/nginx.conf" 2>/dev/null &
started+=($!)
until curl -sf -o "$dir/null" "http://127.0.0.1:${NGINX_PORT-18098}/list"; do kill -0 "${started[1]}"; sleep 0.01; done
rate() { wrk -t2 -c16 -d"${seconds}s" --latency "$1" | awk '/^Requests\/sec/ { r = $2 } $1 == "99%" { p = $2 } /Non-2xx/ { exit 1 } END { printf "%.0f %s\n", r, p }'; }
median() { sort -n "$1" | awk '{ v[NR] = $0 } END { print v[int((NR + 1) / 2)] }'; }
for _ in $(seq "$runs"); do
    rate "http://127.0.0.1:${NGINX_PORT-18098}/list" >>"$dir/nginx"
    rate "$address/api/v1/enterprises?limit=100" >>"$dir/api"
done
echo
echo "| API, a list of 100 enterprises as JSON ($(stat -c %s "$dir/www/list") bytes) | requests/s | p99 |"
echo "|---|---|---|"
echo "| nginx, the bytes from a file | $(median "$dir/nginx" | sed 's/ / | /') |"
echo "| rendered from the database | $(median "$dir/api" | sed 's/ / | /') |"
