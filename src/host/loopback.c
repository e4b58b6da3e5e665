#include "host/loopback.h"

#include <arpa/inet.h>
#include <curl/curl.h>

static bool is_loopback_host(const char *host)
{
    struct in_addr four;
    if (!strcmp(host, "localhost") || !strcmp(host, "[::1]")) return true;
    return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

bool is_loopback(Str url)
{
    struct arena a = arena_make(url.n + 4096, NULL);
    CURLU *u = curl_url();
    char *host = NULL;
    MUST(u);
    bool near = !curl_url_set(u, CURLUPART_URL, str_z(&a, url), 0) && !curl_url_get(u, CURLUPART_HOST, &host, 0) && is_loopback_host(host);
    curl_free(host);
    curl_url_cleanup(u);
    arena_free(&a);
    return near;
}
