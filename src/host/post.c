#include "host/post.h"

#include "base/unicode.h"
#include "host/log.h"
#include "host/loopback.h"
#include "host/message.h"
#include "host/routine.h"

#include <curl/curl.h>

enum { LOOK_EVERY_MS = 1000, CONNECT_S = 20, SEND_S = 120, REASON_MOST = 500 };

struct post {
    struct arena    self;
    struct routine *routine;
    CURL           *curl;                   /* keeps its connection from one mail to the next     */
    Str             from, base_url;
    int64_t         sent;                   /* a mail sent and not yet noted as such; 0: none      */
    char            error[CURL_ERROR_SIZE];
    char            said[REASON_MOST];      /* the line in which the server refused it           */
    size_t          said_n;
};

/* ---- one mail -------------------------------------------------------------------------------- */

struct reading { Str rest; };

static size_t give_text(char *to, size_t size, size_t n, void *arg)
{
    struct reading *r = arg;
    Str part = str_sub(r->rest, 0, size * n);
    if (part.n) memcpy(to, part.p, part.n);
    r->rest = str_sub(r->rest, part.n, r->rest.n);
    return part.n;
}

static size_t hear_line(char *line, size_t size, size_t n, void *arg)
{
    struct post *p = arg;
    Str s = str_sub(str_trim((Str){ line, size * n }), 0, sizeof p->said);
    if (s.n && (s.p[0] == '4' || s.p[0] == '5')) {          /* after it comes "221 Bye"           */
        memcpy(p->said, s.p, s.n);
        p->said_n = s.n;
    }
    return size * n;
}

static int stop_at_once(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    return routine_stopping(arg);
}

static CURLcode send_mail(struct post *p, struct routine *routine, struct arena *a, const struct mail *m)
{
    struct buf text = buf_make(a);
    put_mail_message(&text, m, p->from, p->base_url);
    struct reading reading = { buf_str(&text) };
    struct curl_slist *to = curl_slist_append(NULL, str_z(a, str_f(a, "<%.*s>", FMT(m->to))));
    p->said_n = 0;
    p->error[0] = 0;
    curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(p->curl, CURLOPT_READDATA, &reading);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFODATA, routine);
    CURLcode code = to ? curl_easy_perform(p->curl) : CURLE_OUT_OF_MEMORY;
    curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);
    return code;
}

/* ---- what came of it ----------------------------------------------------------------------------- */

struct outcome { int64_t id; CURLcode code; long answer; bool sent, for_ever; Str why; };

static bool refused_for_ever(long answer)
{
    bool sign_in = answer == 530 || answer == 534 || answer == 535 || answer == 538;        /* RFC 4954 */
    return answer >= 500 && answer < 600 && !sign_in;
}

static struct outcome outcome_of(struct post *p, struct arena *a, const struct mail *m, CURLcode code)
{
    struct outcome o = { .id = m->id, .code = code, .sent = code == CURLE_OK };
    curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &o.answer);
    o.for_ever = !o.sent && refused_for_ever(o.answer);
    Str said = p->said_n ? (Str){ p->said, p->said_n } : str_of(p->error[0] ? p->error : curl_easy_strerror(code));
    if (!text_clean(a, said, &o.why)) o.why = str_of(curl_easy_strerror(code));
    return o;
}

static enum err note(struct work *w, void *arg)
{
    struct outcome *o = arg;
    return o->sent ? mail_sent(w, o->id) : mail_failed(w, o->id, o->why, o->for_ever);
}

static void say(const struct outcome *o, const struct mail *m)
{
    LOG(o->sent ? LOG_INFO : LOG_ERROR, o->sent ? "mail-sent" : "mail-failed", F_NUMBER("mail", m->id), F_NUMBER("tries", m->tries + 1),
        F_NUMBER("answer", o->answer), F_TEXT("curl", str_of(curl_easy_strerror(o->code))));
}

/* What was sent and could not be noted, as the database was away, is noted before anything else is sent. */
static enum err send_next(struct routine *r, struct work *w, void *arg, bool *more)
{
    struct post *p = arg;
    struct mail m;
    if (p->sent) TRY(work_write(w, note, &(struct outcome){ .id = p->sent, .sent = true }));
    p->sent = 0;
    TRY(mail_next(w, &m));
    if (!m.id) return OK;
    CURLcode code = send_mail(p, r, w->a, &m);
    if (code == CURLE_ABORTED_BY_CALLBACK) return OK;       /* the server stops                   */
    struct outcome o = outcome_of(p, w->a, &m, code);
    say(&o, &m);
    if (o.sent) p->sent = m.id;
    TRY(work_write(w, note, &o));
    p->sent = 0;
    *more = true;
    return OK;
}

static const struct routine_kind sending = { "mail", LOOK_EVERY_MS, send_next };

/* ---- starting ---------------------------------------------------------------------------------- */

static void set_up(struct post *p, const struct config *c, struct arena *a)
{
    bool near = is_loopback(c->smtp);
    curl_easy_setopt(p->curl, CURLOPT_URL, str_z(a, c->smtp));
    curl_easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(p->curl, CURLOPT_USE_SSL, near ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    if (c->smtp_user.n) {
        curl_easy_setopt(p->curl, CURLOPT_USERNAME, str_z(a, c->smtp_user));
        curl_easy_setopt(p->curl, CURLOPT_PASSWORD, str_z(a, c->smtp_password));
    }
    curl_easy_setopt(p->curl, CURLOPT_MAIL_FROM, str_z(a, str_f(a, "<%.*s>", FMT(c->mail_from))));
    curl_easy_setopt(p->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(p->curl, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(p->curl, CURLOPT_HEADERFUNCTION, hear_line);
    curl_easy_setopt(p->curl, CURLOPT_HEADERDATA, p);
    curl_easy_setopt(p->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFOFUNCTION, stop_at_once);
    curl_easy_setopt(p->curl, CURLOPT_ERRORBUFFER, p->error);
    curl_easy_setopt(p->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, (long)SEND_S);
    curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
}

enum err post_start(const struct config *c, const struct work *like, Str base_url, struct post **out, Message *why)
{
    *out = NULL;
    if (!c->smtp.n) return OK;
    if (!str_starts(c->smtp, S("smtp://")) && !str_starts(c->smtp, S("smtps://")))
        return *why = MSG(N_("--smtp is written smtp://HOST:PORT or smtps://HOST:PORT; “{1}” is not."), c->smtp), ERR_INVALID;
    if (!mail_is_address(c->mail_from)) return *why = MSG(N_("--mail-from is not an address: “{1}”."), c->mail_from), ERR_INVALID;
    struct arena self = arena_make(1 << 18, NULL);
    struct post *p = NEW(&self, struct post);
    *p = (struct post){ .from = str_dup(&self, c->mail_from), .base_url = str_dup(&self, base_url), .curl = curl_easy_init() };
    MUST(p->curl);
    set_up(p, c, &self);
    p->self = self;
    *out = p;
    return routine_start(c, like, &sending, p, &p->routine);
}

void post_stop(struct post *p)
{
    if (!p) return;
    routine_stop(p->routine);
    curl_easy_cleanup(p->curl);
    struct arena self = p->self;
    arena_free(&self);
}
