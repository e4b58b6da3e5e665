#include "pages/workspace/workspace.h"

#include "base/date.h"

struct at at_desk(struct request *q, struct reply *r)
{
    r->cache = CACHE_NEVER;
    return (struct at){ .q = q, .r = r, .w = desk_work(q), .h = html_make(q->a) };
}

enum err at_list(struct request *q, struct reply *r, unsigned verbs, struct at *out)
{
    *out = at_desk(q, r);
    return desk_entity(q, r, &out->w, verbs, &out->e);
}

enum err at_record(struct request *q, struct reply *r, unsigned verbs, struct at *out)
{
    TRY(at_list(q, r, MAY_READ, out));
    return desk_record(q, r, &out->w, out->e, verbs, &out->record);
}

unsigned at_rights(const struct at *at) { return reach_of(&at->w, at->record).may; }

Str at_path(const struct at *at, const char *rest) { return desk_path(at->q->a, at->e, at->record ? at->record->id : 0, rest); }
Str at_url(const struct at *at, const char *rest) { return request_link(at->q, at_path(at, rest)); }
Str at_list_url(const struct at *at, const char *rest) { return request_link(at->q, desk_path(at->q->a, at->e, 0, rest)); }
Str at_tr(const struct at *at, const char *sentence) { return tr(at->q->lang, sentence); }
Str at_say(const struct at *at, Message m) { return message_str(at->q->a, at->q->lang, m); }

Str at_day(const struct at *at, struct date day)
{
    struct buf b = buf_make(at->q->a);
    date_type.show(&b, &at->w, NULL, v_text(date_iso(at->q->a, day)));
    return buf_str(&b);
}

Str at_time(const struct at *at, int64_t us)
{
    struct buf b = buf_make(at->q->a);
    put(&b, at_day(at, time_date(us)));
    put_c(&b, ' ');
    put_time_of_day(&b, us);
    return buf_str(&b);
}

_Static_assert(sizeof(struct asked) == sizeof(struct param), "a form's parameters are what a form is asked (shell.c)");
const struct asked *at_typed(const struct at *at, size_t *n)
{
    *n = at->q->form.n;
    return (const struct asked *)(const void *)at->q->form.p;
}

enum err at_reply(struct at *at, Str title, Str lead, Html actions)
{
    struct desk_page p = { .title = title, .lead = lead, .place = DESK_LIST, .e = at->e, .actions = actions, .content = html_done(&at->h) };
    bool listing = !at->record && str_eq(at->q->path, desk_path(at->q->a, at->e, 0, NULL));
    if (!listing) p.crumbs[0].url = at_list_url(at, NULL), p.crumbs[0].label = at_tr(at, at->e->many);
    if (at->record && !str_eq(at->q->path, at_path(at, NULL))) {
        p.crumbs[1].url = at_url(at, NULL);
        p.crumbs[1].label = record_title(&at->w, at->record);
    }
    return desk_reply(at->q, at->r, &p);
}

enum err at_reply_as(struct at *at, enum desk_place place, Str title, Str lead)
{
    return desk_reply(at->q, at->r, &(struct desk_page){ .title = title, .lead = lead, .place = place, .content = html_done(&at->h) });
}
