#!/bin/bash
# bench/http.sh - pages beside nginx serving the same bytes as files, on the loopback, 64 connections kept open, medians of
# runs taken in turn.  "kept": a page whose data have not changed; "made": the same server told to keep none, so that
# each answer is rendered from the database.  Neither side logs requests.  MATXICH names another binary.
set -euo pipefail
program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-2} runs=${RUNS-5}
dir=$(mktemp -d)
started=()
stop() { kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$dir"; }
trap stop EXIT

# Starts the server with these options; its address is put into `address`.
serve() {
    local said="$dir/said.${#started[@]}"
    "$program" serve --db "sqlite:$dir/demo.db" --listen 127.0.0.1:0 --rate 0 --log-level 0 "$@" >"$said" &
    started+=($!)
    until address=$(grep -o 'http://[0-9.:]*' "$said"); do kill -0 $!; sleep 0.01; done
}

# nginx with its usual settings for files; "daemon off" so that it is our child.
serve_files() {
    cat >"$dir/nginx.conf" <<CONF
daemon off; pid $dir/nginx.pid; error_log $dir/error.log; worker_processes auto;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; default_type text/html;
    client_body_temp_path $dir/t1; proxy_temp_path $dir/t2; fastcgi_temp_path $dir/t3; uwsgi_temp_path $dir/t4; scgi_temp_path $dir/t5;
    server { listen unix:$dir/unused; listen 127.0.0.1:${NGINX_PORT-18099}; root $dir/files; }
}
CONF
    nginx -c "$dir/nginx.conf" 2>/dev/null &
    started+=($!)
    files=http://127.0.0.1:${NGINX_PORT-18099}
    until curl -sf -o "$dir/null" "$files/ready"; do kill -0 $!; sleep 0.01; done
}

# One run: requests/s and p99 in milliseconds, appended to the file named.
ask() {
    wrk -t2 -c64 -d"${seconds}s" --latency "$2" | awk '
        $1 == "99%" { p = $2 + 0; if ($2 ~ /us$/) p /= 1000; else if ($2 !~ /ms$/) p *= 1000 }
        /Non-2xx/ { wrong = 1 }
        /^Requests\/sec/ { printf "%.0f %.2f\n", $2, p }
        END { exit wrong }' >>"$dir/$1"
}
median() { sort -n -k"$2,$2" "$dir/$1" | awk -v column="$2" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'; }

measure() {
    local name=$1 path=$2 size
    curl -sf -o "$dir/files/$name" "$kept$path"
    size=$(stat -c %s "$dir/files/$name")
    for _ in $(seq "$runs"); do
        ask "$name.nginx" "$files/$name"
        ask "$name.kept" "$kept$path"
        ask "$name.made" "$made$path"
    done
    local nginx kept_rate
    nginx=$(median "$name.nginx" 1) kept_rate=$(median "$name.kept" 1)
    printf '| %s | %d | %d | %s | %d | %s | **%s** | %d | %s |\n' "$name" "$size" "$nginx" "$(median "$name.nginx" 2)" \
        "$kept_rate" "$(median "$name.kept" 2)" "$(awk "BEGIN { printf \"%.2f\", $kept_rate / $nginx }")" \
        "$(median "$name.made" 1)" "$(median "$name.made" 2)"
}

mkdir "$dir/files"
echo ready >"$dir/files/ready"
chmod -R a+rX "$dir"
"$program" demo --db "sqlite:$dir/demo.db" >/dev/null
serve && kept=$address
serve --cache-mb 0 && made=$address
serve_files
profile=$(curl -sf "$kept/enterprises" | grep -o 'href="/enterprises/[^"?/]*"' | head -1 | cut -d'"' -f2)

echo "## Pages"
echo
echo "1,200 enterprises; 64 connections on the loopback, $runs runs of $seconds s in turn, medians; p99 in milliseconds."
echo
echo "| page | bytes | nginx, a file: requests/s | p99 | kept: requests/s | p99 | of nginx | made: requests/s | p99 |"
echo "|---|---|---|---|---|---|---|---|---|"
measure directory /enterprises
measure profile "$profile"
