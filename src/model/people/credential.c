#include "model/people/credential.h"

#include "base/embedded.h"
#include "base/unicode.h"
#include "model/people/session.h"

#include <sodium.h>

static const unsigned long long PASSES = crypto_pwhash_OPSLIMIT_INTERACTIVE;
static const size_t MEMORY = crypto_pwhash_MEMLIMIT_INTERACTIVE;

/* The hash of a password nobody knows, made with the figures above: what is checked where there is no account. */
static const char nobodys[crypto_pwhash_STRBYTES] = "$argon2id$v=19$m=65536,t=2,p=1$Rp4L3xlF06tdu/XdsVh0iQ$+LzvztlpjE/dE2sve1JbAdHje5xZNWF3jtyy/T8mc7E";

/* ---- what is a good password ------------------------------------------------------------------ */

static bool is_common(Str word)
{
    Str rest, line;
    MUST(embedded_find(S("data/common_passwords.txt"), &rest));
    while (str_next(&rest, '\n', &line))
        if (line.n && str_eq(line, word)) return true;
    return false;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* As it is, and without up to six digits or signs at its end: "MatKhau@2026" is "matkhau". */
static bool is_guessed(struct arena *a, Str password)
{
    enum { BEHIND = 6 };
    Str folded = text_fold(a, password), stem = folded;
    while (stem.n && folded.n - stem.n < BEHIND && !is_letter(stem.p[stem.n - 1])) stem.n--;
    return is_common(folded) || is_common(stem);
}

static bool is_of_email(struct arena *a, Str email, Str password)
{
    Str name, host, lower = str_lower_ascii(a, password);
    str_cut(str_lower_ascii(a, email), '@', &name, &host);
    return str_eq(lower, name) || str_is(lower, str_z(a, str_lower_ascii(a, email)));
}

Message password_check(const struct work *w, Str email, Str password)
{
    if (utf8_count(password) < PASSWORD_LEAST)
        return MSG(N_("Choose a password of at least {1} characters."), str_f(w->a, "%d", PASSWORD_LEAST));
    if (password.n > PASSWORD_MOST) return MSG(N_("The password is too long: at most {1} bytes."), str_f(w->a, "%d", PASSWORD_MOST));
    if (is_guessed(w->a, password))
        return MSG(N_("This password is among those that are tried first. Choose another, for example four words that do not belong together."));
    if (is_of_email(w->a, email, password)) return MSG(N_("The password must not be the e-mail address."));
    return NO_MESSAGE;
}

/* ---- keeping and checking it ------------------------------------------------------------------- */

enum err password_make(struct arena *a, Str password, Password *out)
{
    char hash[crypto_pwhash_STRBYTES];
    MUST(sodium_init() >= 0);
    if (crypto_pwhash_str(hash, password.p, password.n, PASSES, MEMORY)) return ERR_BUSY;
    out->hash = str_dup(a, str_of(hash));
    return OK;
}

enum err password_renew(struct work *w, int64_t account, Password password)
{
    return db_exec(w->db, w->a, SQL("INSERT INTO credential (account, password) VALUES ($1, $2)"
                                    " ON CONFLICT (account) DO UPDATE SET password = excluded.password"),
                   ARGS(v_int(account), v_text(password.hash)));
}

enum err password_set(struct work *w, int64_t account, Password password)
{
    TRY(password_renew(w, account, password));
    return session_end(w, account, 0);
}

static bool kept_hash(Str kept, char hash[crypto_pwhash_STRBYTES])
{
    if (!kept.n || kept.n >= crypto_pwhash_STRBYTES) return false;
    memset(hash, 0, crypto_pwhash_STRBYTES);
    memcpy(hash, kept.p, kept.n);
    return true;
}

enum err password_is(struct work *w, int64_t account, Str password, enum password *out)
{
    char hash[crypto_pwhash_STRBYTES];
    bool known = false;
    struct rows r = db_query(w->db, w->a, SQL("SELECT password FROM credential WHERE account = $1"), ARGS(v_int(account)));
    memcpy(hash, nobodys, sizeof hash);
    if (rows_next(&r)) known = kept_hash(row_text(&r, 0), hash);
    TRY(rows_end(&r));
    MUST(sodium_init() >= 0);
    MUST(!crypto_pwhash_str_needs_rehash(nobodys, PASSES, MEMORY));     /* or it takes another time than real ones */
    bool right = !crypto_pwhash_str_verify(hash, password.n ? password.p : "", password.n) && known;
    bool stale = crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
    *out = !right ? PASSWORD_WRONG : stale ? PASSWORD_STALE : PASSWORD_RIGHT;
    return OK;
}
