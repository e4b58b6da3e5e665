/*
 * sign.h - the pages of the way in (sign in, sign up, what a mailed ticket opens) and of one's own account.
 *
 * A page is a slip: one form whose inputs come from small tables, with what is wrong beside each and in a summary above.
 * What was typed stays, but for passwords and codes.
 */
#ifndef PAGES_SIGN_SIGN_H
#define PAGES_SIGN_SIGN_H

#include "model/people/sign_in.h"
#include "pages/desk.h"

/* identify.c: who asks, for the site's table */
enum err identify(struct request *q, Message *why);
/* Whether these roles must give a one-time code to work (setting officers_need_code). */
bool     code_needed(const struct work *w, Roles roles);

/* ---- parts.c ---------------------------------------------------------------------------------- */

struct entry { const char *name, *type, *label, *autocomplete, *hint; int max; };      /* label, hint: N_(); hint may be NULL */
struct wrong { const char *input; Message what; };          /* input NULL: the form as a whole    */

struct slip {
    struct request *q;
    struct reply   *r;
    struct work     w;                      /* in the actor's name                                */
    struct html     h;                      /* the page's content                                 */
    struct wrong    wrong[8];
    size_t          wrong_n;
};

struct slip slip_of(struct request *q, struct reply *r);
Str  slip_tr(const struct slip *s, const char *sentence);
void slip_say(struct slip *s, const char *sentence);                      /* a paragraph        */
void slip_wrong(struct slip *s, const char *input, Message what);         /* nothing, if what is none */
Str  typed(const struct slip *s, const char *name);                        /* trimmed            */
Str  typed_password(const struct slip *s, const char *name);               /* as it is           */
/* <form>, with the summary of what is wrong in it; html_close(&s->h, "form") ends it. */
void slip_form(struct slip *s, const char *path, const char *class);
void slip_entry(struct slip *s, const struct entry *e);                   /* filled with what was typed */
/* For a sign-in page the narrow frame of visitors, for one's account that of the workspace.  422 where something is wrong. */
enum err slip_reply(struct slip *s, const char *title);
enum err slip_desk(struct slip *s, const char *title);

extern const struct entry email_entry, password_entry, new_password_entry, code_entry;

/* The code for a telephone's camera (ISO/IEC 18004, by libqrencode), as SVG. */
Html qr_svg(struct arena *a, Str title, Str text);

/* ---- coming in (come_in.c) ---------------------------------------------------------------------- */

/* "next" of query or form if it is one of our own pages, else the workspace.  With language. */
Str      next_of(struct request *q);
/* A new session and form secret, whatever cookies came; leads to `next`, or first to where one-time codes are set up if they must be. */
enum err come_in(struct slip *s, const struct record *account, bool strong, Str next);
/* A password was right: a code is asked for where it is on, else come_in(). */
enum err come_in_or_code(struct slip *s, const struct record *account, Str next);
/* Whose password was right a moment ago; ERR_MISSING: nobody's. */
enum err account_between(struct slip *s, struct record **out) MUST_USE;
void     session_cookie(struct request *q, struct reply *r, Str token);       /* those of before go */
void     go_out(struct request *q, struct reply *r);        /* the cookies go                     */
/* What an attempt came to, told at an input; false: it was none of WRONG and WAIT. */
bool     tell_failure(struct slip *s, enum sign_in how, int wait, const char *input, const char *wrong);

extern const char wrong_code[];

/* ---- handlers ------------------------------------------------------------------------------------- */

handler sign_in_page, sign_in_post, sign_in_code_page, sign_in_code_post, sign_out_post;       /* sign_in.c */
handler openid_begin, openid_return_page, openid_return_post;               /* openid.c           */
handler sign_up_page, sign_up_post;                         /* sign_up.c                          */
handler confirm_page, confirm_post, invited_page, invited_post, reset_page, reset_post;        /* ticket.c */
handler forgotten_page, forgotten_post;                     /* forgotten.c                        */
handler account_page, account_post, account_password_page, account_password_post;              /* account.c */
handler account_sessions, account_sessions_end;             /* sessions.c                         */
handler account_codes, account_codes_propose, account_codes_confirm, account_codes_give, account_codes_renew, account_codes_off;     /* codes.c */
handler account_tokens, account_tokens_make, account_token, account_tokens_end;                /* tokens.c */

#endif
