/*
 * notice.c - what accounts are told, on their notice page and by mail.  A notice whose mail has been written, or which needs none,
 * is marked `mailed`; the daily mail takes the rest.
 */
#include "model/desk/desk.h"

#include "base/date.h"
#include "base/unicode.h"
#include "model/desk/mail.h"
#include "model/people/account.h"

enum { SUBJECT_MOST = 150,                  /* bytes                                              */
       DIGEST_MOST = 50 };                  /* notices written out in one mail                    */

/* ---- the mail -------------------------------------------------------------------------------- */

/* One line of bounded length, cut between characters. */
static Str subject_of(struct arena *a, Str text)
{
    struct buf b = buf_make(a);
    const char *p = text.p, *end = text.p + text.n;
    while (p < end && b.n < SUBJECT_MOST) {
        uint32_t c = utf8_next(&p, end);
        put_utf8(&b, c < ' ' ? ' ' : c);
    }
    if (p < end) put_z(&b, "…");
    return buf_str(&b);
}

static void put_address(struct buf *b, enum lang l, Str path)
{
    put_f(b, "{base}%s%.*s", l == EN ? "/en" : "", FMT(path));
}

static void put_greeting(struct buf *b, enum lang l, const struct record *account)
{
    put_message(b, l, MSG(N_("Dear {1},"), v_str(account->v[ACCOUNT_NAME])));
    put_z(b, "\n\n");
}

static Str where_to_get_fewer(enum lang l) { return l == EN ? S("/en/account") : S("/account"); }

static void put_how_to_get_fewer(struct buf *b, enum lang l)
{
    put_z(b, "-- \n");
    put_message(b, l, MSG(N_("You are sent this because your account asks for notices by e-mail. How often, or never, is chosen here:")));
    put_f(b, "\n{base}%.*s\n", FMT(where_to_get_fewer(l)));
}

static enum err mail_notice(struct work *w, const struct record *account, Str text, Str path)
{
    enum lang l = account_lang(account);
    struct buf b = buf_make(w->a);
    put_greeting(&b, l, account);
    put(&b, text);
    put_z(&b, "\n\n");
    put_address(&b, l, path);
    put_z(&b, "\n\n");
    put_how_to_get_fewer(&b, l);
    return mail_put_unasked(w, v_str(account->v[ACCOUNT_EMAIL]), subject_of(w->a, text), buf_str(&b), where_to_get_fewer(l));
}

/* ---- telling ----------------------------------------------------------------------------------- */

static Str wanted(const struct record *account, enum account_field of)
{
    Val own = account->v[of];
    return v_str(v_is(own) ? own : account->v[ACCOUNT_DIGEST]);
}

static enum err put_notice(struct work *w, const struct record *account, Message message, Str path, enum account_field of)
{
    Str text = message_str(w->a, account_lang(account), message), digest = wanted(account, of);
    bool daily = str_is(digest, "daily"), none = str_is(digest, "none");
    int64_t id;
    MUST(db_in_write(w->db));
    if (!account_active(account)) return OK;
    TRY(work_take_number(w, S("notice"), &id));
    TRY(db_exec(w->db, w->a, SQL("INSERT INTO notice (id, account, at, text, path, seen, mailed) VALUES ($1, $2, $3, $4, $5, 0, $6)"),
                ARGS(v_int(id), v_int(account->id), v_int(time_now()), v_text(text), v_text(path), v_int(!daily))));
    return daily || none ? OK : mail_notice(w, account, text, path);
}

enum err notify(struct work *w, const struct record *account, Message message, Str path)
{
    return put_notice(w, account, message, path, ACCOUNT_DIGEST);
}

enum err notify_due(struct work *w, const struct record *account, Message message, Str path)
{
    return put_notice(w, account, message, path, ACCOUNT_REMINDERS);
}

/* ---- the notice page --------------------------------------------------------------------------- */

static enum err read_notices(struct rows r, struct arena *a, struct notices *out)
{
    *out = (struct notices){ 0 };
    while (rows_next(&r))
        *GROW(a, *out) = (struct notice){ row_int(&r, 0), row_int(&r, 1), row_text(&r, 2), row_text(&r, 3), row_int(&r, 4) != 0 };
    return rows_end(&r);
}

enum err notices_of(struct work *w, int64_t before, int limit, struct notices *out)
{
    return read_notices(db_query(w->db, w->a, SQL("SELECT id, at, text, path, seen FROM notice WHERE account = $1 AND id < $2"
                                                  " ORDER BY id DESC LIMIT $3"),
                                 ARGS(v_int(w->actor.account), v_int(before ? before : INT64_MAX), v_int(limit))), w->a, out);
}

enum err notices_count(struct work *w, int64_t *unseen)
{
    *unseen = 0;
    return db_one_int(w->db, w->a, SQL("SELECT count(*) FROM notice WHERE account = $1 AND seen = 0"), ARGS(v_int(w->actor.account)), unseen);
}

enum err notices_seen(struct work *w, int64_t up_to)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("UPDATE notice SET seen = 1 WHERE account = $1 AND id <= $2 AND seen = 0"),
                   ARGS(v_int(w->actor.account), v_int(up_to)));
}

/* ---- one mail a day ------------------------------------------------------------------------------ */

static enum err mail_digest(struct work *w, const struct record *account, int64_t total)
{
    enum lang l = account_lang(account);
    struct notices list;
    struct buf b = buf_make(w->a);
    Str count = str_f(w->a, "%lld", (long long)total);
    TRY(read_notices(db_query(w->db, w->a, SQL("SELECT id, at, text, path, seen FROM notice WHERE account = $1 AND mailed = 0 AND seen = 0"
                                               " ORDER BY id DESC LIMIT $2"), ARGS(v_int(account->id), v_int(DIGEST_MOST))), w->a, &list));
    put_greeting(&b, l, account);
    for (size_t i = 0; i < list.n; i++) {
        put_f(&b, "* %.*s\n  ", FMT(list.p[i].text));
        put_address(&b, l, list.p[i].path);
        put_z(&b, "\n\n");
    }
    if (total > DIGEST_MOST) {
        put_message(&b, l, MSG(N_("All {1} are here:"), count));
        put_c(&b, '\n');
        put_address(&b, l, S("/workspace/notices"));
        put_z(&b, "\n\n");
    }
    put_how_to_get_fewer(&b, l);
    Str subject = message_str(w->a, l, MSG(N_("New notices: {1}"), count));
    return mail_put_unasked(w, v_str(account->v[ACCOUNT_EMAIL]), subject, buf_str(&b), where_to_get_fewer(l));
}

static bool wants_mail(const struct record *account)
{
    return account_active(account) && !(str_is(wanted(account, ACCOUNT_DIGEST), "none") && str_is(wanted(account, ACCOUNT_REMINDERS), "none"));
}

struct untold { int64_t account, count; };
struct untolds { struct untold *p; size_t n, cap; };

enum err notices_digest(struct work *w)
{
    struct untolds list = { 0 };
    MUST(db_in_write(w->db));
    struct rows r = db_query(w->db, w->a, SQL("SELECT account, count(*) FROM notice WHERE mailed = 0 AND seen = 0 GROUP BY account"
                                              " ORDER BY account"), NO_ARGS);
    while (rows_next(&r)) *GROW(w->a, list) = (struct untold){ row_int(&r, 0), row_int(&r, 1) };
    TRY(rows_end(&r));
    for (size_t i = 0; i < list.n; i++) {
        struct record *account;
        TRY(record_load(w, &account_entity, list.p[i].account, &account));
        if (wants_mail(account)) TRY(mail_digest(w, account, list.p[i].count));
    }
    return db_exec(w->db, w->a, SQL("UPDATE notice SET mailed = 1 WHERE mailed = 0"), NO_ARGS);
}
