#include "model/desk/mail.h"

#include "base/date.h"

#include <string.h>

/* A line's end in an address or subject would begin a header of its own, a '>' end the address. */
static bool is_line(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F) return false;
    return s.n > 0;
}

bool mail_is_address(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>,;\"\\", s.p[i])) return false;
    return s.n > 2 && memchr(s.p, '@', s.n);
}

enum err mail_put_unasked(struct work *w, Str to, Str subject, Str text, Str fewer)
{
    int64_t id, now = time_now();
    MUST(db_in_write(w->db));
    if (!mail_is_address(to) || !is_line(subject)) return ERR_INVALID;
    TRY(work_take_number(w, S("mail"), &id));
    return db_exec(w->db, w->a, SQL("INSERT INTO mail (id, made, recipient, subject, body, fewer, tries, next_try)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, 0, $2)"),
                   ARGS(v_int(id), v_int(now), v_text(to), v_text(subject), v_text(text), v_text(fewer)));
}

enum err mail_put(struct work *w, Str to, Str subject, Str text) { return mail_put_unasked(w, to, subject, text, (Str){ 0 }); }

enum err mail_next(struct work *w, struct mail *out)
{
    *out = (struct mail){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id, made, recipient, subject, body, tries, fewer FROM mail WHERE next_try <= $1"
                                              " ORDER BY next_try, id LIMIT 1"), ARGS(v_int(time_now())));
    if (rows_next(&r))
        *out = (struct mail){ .id = row_int(&r, 0), .made = row_int(&r, 1), .to = row_text(&r, 2), .subject = row_text(&r, 3),
                              .text = row_text(&r, 4), .tries = (int)row_int(&r, 5), .fewer = row_text(&r, 6) };
    return rows_end(&r);
}

enum err mail_sent(struct work *w, int64_t id)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("UPDATE mail SET sent_at = $2, next_try = NULL, body = NULL, error = NULL WHERE id = $1"),
                   ARGS(v_int(id), v_int(time_now())));
}

enum err mail_failed(struct work *w, int64_t id, Str why, bool for_ever)
{
    int64_t tries = 0;
    MUST(db_in_write(w->db));
    TRY(db_one_int(w->db, w->a, SQL("SELECT tries FROM mail WHERE id = $1"), ARGS(v_int(id)), &tries));
    int64_t minutes = tries < 8 ? 1 << tries : MAIL_WAIT_MOST;
    bool again = !for_ever && tries + 1 < MAIL_TRIES;
    return db_exec(w->db, w->a, SQL("UPDATE mail SET tries = tries + 1, next_try = $2, error = $3 WHERE id = $1"),
                   ARGS(v_int(id), again ? v_int(time_now() + minutes * 60 * SECONDS) : v_null(), v_text(why)));
}

enum err mail_again(struct work *w, int64_t id)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("UPDATE mail SET tries = 0, next_try = $2 WHERE sent_at IS NULL AND (id = $1 OR $1 = 0)"),
                   ARGS(v_int(id), v_int(time_now())));
}

enum err mail_drop(struct work *w, int64_t id)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("DELETE FROM mail WHERE id = $1 AND sent_at IS NULL"), ARGS(v_int(id)));
}

enum err mails_forget(struct work *w)
{
    MUST(db_in_write(w->db));
    return db_exec(w->db, w->a, SQL("DELETE FROM mail WHERE sent_at < $1"), ARGS(v_int(time_now() - MAIL_KEPT_DAYS * DAYS)));
}

enum err mails_unsent(struct work *w, int limit, struct mails *out)
{
    *out = (struct mails){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT id, made, recipient, subject, tries, next_try, error FROM mail WHERE sent_at IS NULL"
                                              " ORDER BY CASE WHEN next_try IS NULL THEN 0 ELSE 1 END, id LIMIT $1"), ARGS(v_int(limit)));
    while (rows_next(&r))
        *GROW(w->a, *out) = (struct mail){ .id = row_int(&r, 0), .made = row_int(&r, 1), .to = row_text(&r, 2), .subject = row_text(&r, 3),
                                           .tries = (int)row_int(&r, 4), .next_try = row_int(&r, 5), .error = row_text(&r, 6) };
    return rows_end(&r);
}

enum err mail_state(struct work *w, struct mail_state *out)
{
    *out = (struct mail_state){ 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT count(next_try), count(*) - count(next_try) - count(sent_at), count(sent_at),"
                                              " min(CASE WHEN sent_at IS NULL THEN made END) FROM mail"), NO_ARGS);
    if (rows_next(&r))
        *out = (struct mail_state){ .waiting = row_int(&r, 0), .failed = row_int(&r, 1), .sent = row_int(&r, 2), .oldest = row_int(&r, 3) };
    return rows_end(&r);
}
