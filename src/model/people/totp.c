#include "model/people/totp.h"

#include "base/date.h"
#include "base/hash.h"
#include "base/secret.h"
#include "model/type.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <stdlib.h>

enum { SECRET_BYTES = 20, DIGITS = 6, RECOVERY_LETTERS = 16, AROUND = 1 };

struct second { Str secret, proposed, recovery; int64_t step; };        /* recovery: ";hash;hash;"    */

static enum err second_load(struct work *w, int64_t account, struct second *out)
{
    struct rows r = db_query(w->db, w->a, SQL("SELECT totp, totp_proposed, recovery, totp_step FROM credential WHERE account = $1"),
                             ARGS(v_int(account)));
    *out = (struct second){ 0 };
    if (rows_next(&r)) *out = (struct second){ row_text(&r, 0), row_text(&r, 1), row_text(&r, 2), row_int(&r, 3) };
    return rows_end(&r);
}

/* ---- liboath ------------------------------------------------------------------------------------ */

static void begin(void) { MUST(oath_init() == OATH_OK); }

static void oath_ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin);
}

static Str base32(struct arena *a, Str bytes)
{
    char *text;
    size_t n;
    oath_ready();
    MUST(oath_base32_encode(bytes.p, bytes.n, &text, &n) == OATH_OK);
    Str out = str_dup(a, (Str){ text, n });
    free(text);
    while (str_ends(out, S("="))) out.n--;
    return out;
}

/* The step whose code it is; 0: of none near now. */
static int64_t step_of(struct arena *a, Str secret, Str code)
{
    char *bytes;
    size_t n;
    uint64_t step = 0;
    oath_ready();
    MUST(oath_base32_decode(secret.p, secret.n, &bytes, &n) == OATH_OK);
    int at = oath_totp_validate3(bytes, n, (time_t)(time_now() / SECONDS), TOTP_STEP, 0, AROUND, NULL, &step, str_z(a, code));
    free(bytes);
    return at < 0 ? 0 : (int64_t)step;
}

/* ---- what people type ---------------------------------------------------------------------------- */

static bool is_of_code(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/* "123 456" and "ABCD-efgh-…": spaces, dashes and case mean nothing. */
static Str bare(struct arena *a, Str code)
{
    struct buf b = buf_make(a);
    Str lower = str_lower_ascii(a, code);
    for (size_t i = 0; i < lower.n; i++)
        if (is_of_code(lower.p[i])) put_c(&b, lower.p[i]);
    return buf_str(&b);
}

static bool is_time_code(Str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] < '0' || code.p[i] > '9') return false;
    return code.n == DIGITS;
}

/* ---- one-time codes ------------------------------------------------------------------------------ */

enum err totp_is_on(struct work *w, int64_t account, bool *on)
{
    struct second s;
    TRY(second_load(w, account, &s));
    *on = s.secret.n > 0;
    return OK;
}

enum err totp_propose(struct work *w, int64_t account, Str *secret)
{
    char bytes[SECRET_BYTES];
    random_bytes(bytes, sizeof bytes);
    *secret = base32(w->a, (Str){ bytes, sizeof bytes });
    return db_exec(w->db, w->a, SQL("INSERT INTO credential (account, totp_proposed) VALUES ($1, $2)"
                                    " ON CONFLICT (account) DO UPDATE SET totp_proposed = excluded.totp_proposed"),
                   ARGS(v_int(account), v_text(*secret)));
}

Str totp_uri(struct arena *a, Str email, Str secret)
{
    return str_f(a, "otpauth://totp/M%%E1%%BA%%AFt%%20X%%C3%%ADch:%.*s?secret=%.*s&issuer=M%%E1%%BA%%AFt%%20X%%C3%%ADch", FMT(email), FMT(secret));
}

enum err totp_proposed(struct work *w, int64_t account, Str *secret)
{
    struct second s;
    TRY(second_load(w, account, &s));
    *secret = s.proposed;
    return OK;
}

enum err totp_confirm(struct work *w, int64_t account, Str code, bool *right, Str recovery[RECOVERY_CODES])
{
    struct second s;
    TRY(second_load(w, account, &s));
    code = bare(w->a, code);
    int64_t step = s.proposed.n && is_time_code(code) ? step_of(w->a, s.proposed, code) : 0;
    *right = step != 0;
    if (!step) return OK;
    TRY(db_exec(w->db, w->a, SQL("UPDATE credential SET totp = totp_proposed, totp_proposed = NULL, totp_step = $2 WHERE account = $1"),
                ARGS(v_int(account), v_int(step))));
    return recovery_renew(w, account, recovery);
}

enum err totp_off(struct work *w, int64_t account)
{
    return db_exec(w->db, w->a, SQL("UPDATE credential SET totp = NULL, totp_proposed = NULL, totp_step = NULL, recovery = NULL WHERE account = $1"),
                   ARGS(v_int(account)));
}

static enum err take_time_code(struct work *w, int64_t account, const struct second *s, Str code, bool *right)
{
    int64_t step = step_of(w->a, s->secret, code);
    *right = step > s->step;
    if (!*right) return OK;
    return db_exec(w->db, w->a, SQL("UPDATE credential SET totp_step = $2 WHERE account = $1"), ARGS(v_int(account), v_int(step)));
}

static enum err take_recovery_code(struct work *w, int64_t account, const struct second *s, Str code, bool *right)
{
    struct buf left = buf_make(w->a);
    Str hash = sha256_hex(w->a, code), rest = s->recovery, one;
    while (many_next(&rest, &one)) {
        if (str_eq(one, hash)) *right = true;
        else put_f(&left, ";%.*s", FMT(one));
    }
    if (!*right) return OK;
    if (left.n) put_c(&left, ';');
    return db_exec(w->db, w->a, SQL("UPDATE credential SET recovery = $2 WHERE account = $1"), ARGS(v_int(account), v_text(buf_str(&left))));
}

enum err totp_take(struct work *w, int64_t account, Str code, bool *right)
{
    struct second s;
    *right = false;
    TRY(second_load(w, account, &s));
    if (!s.secret.n) return OK;
    code = bare(w->a, code);
    return (is_time_code(code) ? take_time_code : take_recovery_code)(w, account, &s, code, right);
}

/* ---- recovery codes ------------------------------------------------------------------------------- */

enum err recovery_left(struct work *w, int64_t account, int *n)
{
    struct second s;
    Str one;
    *n = 0;
    TRY(second_load(w, account, &s));
    while (many_next(&s.recovery, &one)) ++*n;
    return OK;
}

/* 80 bits as "abcd-efgh-2345-wxyz". */
static Str recovery_code(struct arena *a)
{
    char bytes[RECOVERY_LETTERS * 5 / 8];
    random_bytes(bytes, sizeof bytes);
    Str letters = str_lower_ascii(a, base32(a, (Str){ bytes, sizeof bytes }));
    MUST(letters.n == RECOVERY_LETTERS);
    return str_f(a, "%.4s-%.4s-%.4s-%.4s", letters.p, letters.p + 4, letters.p + 8, letters.p + 12);
}

enum err recovery_renew(struct work *w, int64_t account, Str recovery[RECOVERY_CODES])
{
    struct buf b = buf_make(w->a);
    for (int i = 0; i < RECOVERY_CODES; i++) {
        recovery[i] = recovery_code(w->a);
        put_f(&b, ";%.*s", FMT(sha256_hex(w->a, bare(w->a, recovery[i]))));
    }
    put_c(&b, ';');
    return db_exec(w->db, w->a, SQL("UPDATE credential SET recovery = $2 WHERE account = $1"), ARGS(v_int(account), v_text(buf_str(&b))));
}
