#include "host/fetch.h"

#include "host/log.h"
#include "host/loopback.h"

#include <curl/curl.h>

enum { CONNECT_S = 5, ANSWER_S = 10, BODY_MOST = 1 << 20, TYPE_MOST = 100 };

struct hearing { struct buf body; bool too_big; };

static size_t hear(char *bytes, size_t size, size_t n, void *arg)
{
    struct hearing *h = arg;
    h->too_big = n > BODY_MOST - h->body.n;
    if (h->too_big) return 0;
    put(&h->body, (Str){ bytes, n });
    return n;
}

static void set_up(CURL *curl, const char *url, Str body, bool near, struct hearing *hearing)
{
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, near ? "http,https" : "https");
    if (near) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ANSWER_S);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, hear);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, hearing);
    if (!body.n) return;
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.p);
}

static enum err failed(CURLcode code, const struct hearing *hearing, Str url, Message *why)
{
    Str reason = str_of(curl_easy_strerror(code));
    LOG(LOG_ERROR, "fetch-failed", F_TEXT("url", url), F_TEXT("why", reason));
    *why = MSG(N_("{1} gave no usable answer: {2}."), url, reason);
    if (hearing->too_big) return ERR_TOO_BIG;
    return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ? ERR_INVALID : ERR_BUSY;
}

/* All memory is taken before curl has anything: an escape from the arena would leave it behind. */
enum err fetch(struct arena *a, Str url, Str body, Str authorization, struct fetched *out, Message *why)
{
    struct hearing hearing = { .body = buf_make(a) };
    const char *url_z = str_z(a, url), *header = str_z(a, str_f(a, "Authorization: %.*s", FMT(authorization)));
    struct buf type = buf_make(a);
    buf_room(&hearing.body, BODY_MOST);
    buf_room(&type, TYPE_MOST);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
    MUST(curl && headers && (!authorization.n || curl_slist_append(headers, header)));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    set_up(curl, url_z, body, is_loopback(url), &hearing);
    CURLcode code = curl_easy_perform(curl);
    long status = 0;
    char *said = NULL;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &said);
    put(&type, str_sub(str_of(said), 0, TYPE_MOST));
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    *out = (struct fetched){ (int)status, buf_str(&type), buf_str(&hearing.body) };
    return code ? failed(code, &hearing, url, why) : OK;
}
