# portal.bash - for scripts that time pages of the workspace; to be sourced.  Makes the folder $dir; what was started and the folder go with
# the script.
dir=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$dir"; }
trap stop EXIT

# The cookies a reply sets, as a request sends them.
cookies() { sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' "$1" | paste -sd';' | sed 's/;/; /g'; }

# Serves the database DB with $program: sets server, address and db.
serve() {
    db=$1
    rm -f "$dir/said"
    "$program" serve --db "$db" --listen 127.0.0.1:0 --log-level 0 --rate 0 --files "$dir/files" >"$dir/said" &
    server=$!
    until address=$(grep -os 'http://[0-9.:]*' "$dir/said"); do kill -0 "$server"; sleep 0.01; done
}

stop_serving() { kill "$server"; wait "$server" || true; server=; }

# Signs somebody new of the role in, with these options of `account add`: sets cookie.
sign_in() {
    local role=$1 email="$1@example.org" password token
    shift
    password=$(head -c 18 /dev/urandom | base64)
    echo "$password" | "$program" account add "$email" --name Bench --role "$role" "$@" --password-stdin --db "$db" >"$dir/account"
    curl -sf -D "$dir/form.head" -o "$dir/form" "$address/sign-in"
    token=$(grep -o 'name="form_token" value="[^"]*"' "$dir/form" | head -1 | sed 's/.*value="//; s/"$//')
    curl -sf -D "$dir/in.head" -o "$dir/in" -H "Cookie: $(cookies "$dir/form.head")" -H "Origin: $address" \
        --data-urlencode "form_token=$token" --data-urlencode "email=$email" --data-urlencode "password=$password" "$address/sign-in"
    cookie=$(cookies "$dir/in.head")
}

# Both, for an officer.
serve_signed_in() { serve "$1" && sign_in officer; }

# A row of a table: LABEL, requests/s, median and p99 in milliseconds of PATH, asked for over so many CONNECTIONS for $seconds.
ask_page() {
    local connections=$1 label=$2 path=$3 threads=$(($1 < 8 ? 1 : 2))
    curl -sf -o "$dir/page" -H "Cookie: $cookie" "$address$path"
    wrk -t"$threads" -c"$connections" -d"${seconds}s" --latency -H "Cookie: $cookie" "$address$path" | awk -v label="$label" '
        function ms(s) { return s ~ /us$/ ? s / 1000 : s ~ /ms$/ ? s + 0 : s * 1000 }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        /Non-2xx/ { wrong = 1 }
        /^Requests\/sec/ { printf "| %s | %d | %.1f | %.1f |\n", label, $2, p50, p99 }
        END { exit wrong }'
}
