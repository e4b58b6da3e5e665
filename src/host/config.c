#include "host/config.h"

#include "base/file.h"

#include <stddef.h>
#include <stdlib.h>

enum kind { TEXT, NUMBER, SECRET };                 /* SECRET: the file that holds it          */

enum { SECRET_MOST = 4096 };

static const struct option {
    const char *name, *variable, *fallback;
    size_t      place;                              /* in struct config                          */
    enum kind   kind;
    int64_t     least, most;
    const char *help;
} options[] = {
#define PLACE(member) offsetof(struct config, member)
    { "db", "MATXICH_DB", "sqlite:var/matxich.db", PLACE(db), TEXT, 0, 0,
      N_("the database: sqlite:PATH or postgresql://USER@HOST/NAME") },
    { "listen", "MATXICH_LISTEN", "127.0.0.1:8080", PLACE(listen), TEXT, 0, 0,
      N_("address and port to serve at; port 0: any free one") },
    { "base-url", "MATXICH_BASE_URL", "", PLACE(base_url), TEXT, 0, 0,
      N_("how the world addresses this server, https:// behind a proxy with TLS") },
    { "log", "MATXICH_LOG", "-", PLACE(log), TEXT, 0, 0,
      N_("file to log to; -: standard error") },
    { "log-level", "MATXICH_LOG_LEVEL", "1", PLACE(log_level), NUMBER, 0, 2,
      N_("0: errors; 1: requests too; 2: everything") },
    { "connections", "MATXICH_CONNECTIONS", "1000", PLACE(connections), NUMBER, 2, 100000,
      N_("connections at once") },
    { "per-address", "MATXICH_PER_ADDRESS", "250", PLACE(per_address), NUMBER, 1, 100000,
      N_("connections at once from one address") },
    { "slots", "MATXICH_SLOTS", "2", PLACE(slots), NUMBER, 1, 64,
      N_("pages made at the same time, each with its own database connection") },
    { "cache-mb", "MATXICH_CACHE_MB", "64", PLACE(cache_mb), NUMBER, 0, 65536,
      N_("megabytes of finished pages to keep") },
    { "timeout", "MATXICH_TIMEOUT", "15", PLACE(timeout), NUMBER, 1, 3600,
      N_("seconds of silence after which a connection is closed") },
    { "rate", "MATXICH_RATE", "600", PLACE(rate), NUMBER, 0, 1000000,
      N_("requests a minute from one address, and other limits in proportion; 0: none") },
    { "proxy", "MATXICH_PROXY", "", PLACE(proxy), TEXT, 0, 0,
      N_("address of the proxy in front, whose X-Forwarded-For is believed; none: one on this machine, with https") },
    { "files", "MATXICH_FILES", "", PLACE(files), TEXT, 0, 0,
      N_("folder of uploaded files; none: beside the database") },
    { "smtp", "MATXICH_SMTP", "", PLACE(smtp), TEXT, 0, 0,
      N_("mail server, smtp://HOST:PORT or smtps://HOST:PORT; none: mails wait") },
    { "smtp-user", "MATXICH_SMTP_USER", "", PLACE(smtp_user), TEXT, 0, 0,
      N_("who signs in there") },
    { "smtp-password-file", "MATXICH_SMTP_PASSWORD_FILE", "", PLACE(smtp_password), SECRET, 0, 0,
      N_("file with the password, or the password itself in MATXICH_SMTP_PASSWORD") },
    { "mail-from", "MATXICH_MAIL_FROM", "matxich@localhost", PLACE(mail_from), TEXT, 0, 0,
      N_("address mails are sent from") },
    { "openid-issuer", "MATXICH_OPENID_ISSUER", "", PLACE(openid_issuer), TEXT, 0, 0,
      N_("who vouches for people by OpenID Connect: the issuer's https address") },
    { "openid-client", "MATXICH_OPENID_CLIENT", "", PLACE(openid_client), TEXT, 0, 0,
      N_("the name this server is registered under there") },
    { "openid-secret-file", "MATXICH_OPENID_SECRET_FILE", "", PLACE(openid_secret), SECRET, 0, 0,
      N_("file with the secret of that registration, or the secret itself in MATXICH_OPENID_SECRET") },
    { "openid-label", "MATXICH_OPENID_LABEL", "OpenID", PLACE(openid_label), TEXT, 0, 0,
      N_("what the button for it is called") },
#undef PLACE
};

/* Secrets themselves, for where there is no file; a file that is named goes before. */
static const struct { const char *variable; size_t place; } secrets[] = {
    { "MATXICH_SMTP_PASSWORD", offsetof(struct config, smtp_password) },
    { "MATXICH_OPENID_SECRET", offsetof(struct config, openid_secret) },
};

static const struct option *option_named(Str name)
{
    for (size_t i = 0; i < COUNT(options); i++)
        if (str_is(name, options[i].name)) return &options[i];
    return NULL;
}

static enum err read_secret(struct arena *a, const struct option *o, Str path, Str *out, Message *why)
{
    Str text;
    if (!path.n) return OK;
    enum err e = file_read(a, str_z(a, path), SECRET_MOST, &text);
    if (e) return *why = MSG(N_("--{1}: the file {2} cannot be read."), str_of(o->name), path), ERR_INVALID;
    *out = str_trim(text);
    return OK;
}

static enum err set(struct arena *a, struct config *c, const struct option *o, Str value, Message *why)
{
    char *place = (char *)c + o->place;
    int64_t number;
    if (o->kind == SECRET) return read_secret(a, o, value, (Str *)(void *)place, why);
    if (o->kind == TEXT) {
        memcpy(place, &value, sizeof value);
        return OK;
    }
    if (!str_to_i64(value, &number) || number < o->least || number > o->most) {
        *why = MSG(N_("--{1} cannot be “{2}”: {3}."), str_of(o->name), value, str_of(o->help));
        return ERR_INVALID;
    }
    memcpy(place, &number, sizeof number);
    return OK;
}

static enum err from_environment(struct arena *a, struct config *c, Message *why)
{
    for (size_t i = 0; i < COUNT(secrets); i++) {
        Str value = str_of(getenv(secrets[i].variable));
        memcpy((char *)c + secrets[i].place, &value, sizeof value);
    }
    for (size_t i = 0; i < COUNT(options); i++) {
        const char *value = getenv(options[i].variable);
        TRY(set(a, c, &options[i], str_of(value && *value ? value : options[i].fallback), why));
    }
    return OK;
}

/* argv[*at] is "--db=X", or "--db" with X after it; *at moves to the last word used. */
static enum err from_word(struct arena *a, struct config *c, int argc, char **argv, int *at, bool *known, Message *why)
{
    Str word = str_of(argv[*at]), name, value;
    *known = false;
    if (!str_starts(word, S("--"))) return OK;
    bool joined = str_cut(str_sub(word, 2, word.n), '=', &name, &value);
    const struct option *o = option_named(name);
    if (!o) return OK;
    *known = true;
    if (!joined && *at + 1 == argc) {
        *why = MSG(N_("--{1} needs a value: {2}."), name, str_of(o->help));
        return ERR_INVALID;
    }
    return set(a, c, o, joined ? value : str_of(argv[++*at]), why);
}

/* "sqlite:var/matxich.db" -> "var/files" */
static Str beside(struct arena *a, Str db)
{
    Str path = str_starts(db, S("sqlite:")) ? str_sub(db, 7, db.n) : S("var/");
    while (path.n && path.p[path.n - 1] != '/') path.n--;
    return str_f(a, "%.*sfiles", FMT(path));
}

enum err config_read(struct arena *a, int *argc, char **argv, struct config *out, Message *why)
{
    int kept = 1;
    *out = (struct config){ 0 };
    TRY(from_environment(a, out, why));
    for (int at = 1; at < *argc; at++) {
        bool known;
        char *word = argv[at];
        TRY(from_word(a, out, *argc, argv, &at, &known, why));
        if (!known) argv[kept++] = word;
    }
    *argc = kept;
    if (!out->base_url.n) out->base_url = str_f(a, "http://%.*s", FMT(out->listen));
    if (str_ends(out->base_url, S("/"))) out->base_url.n--;
    if (!out->files.n) out->files = beside(a, out->db);
    return OK;
}

void put_config_help(struct buf *b, enum lang l)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        const struct option *o = &options[i];
        put_f(b, "  --%-18s %-26s ", o->name, o->variable);
        put(b, tr(l, o->help));
        if (*o->fallback) put_f(b, " [%s]", o->fallback);
        put_c(b, '\n');
    }
}
