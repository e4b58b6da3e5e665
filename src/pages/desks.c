/*
 * desks.c - GET /workspace/{list}/{id}: the desk of the record, where its reader has one; else the record itself, which all=1 and on=DATE ask for
 * anyway.  So whatever leads to a record (tasks, notices, forms, steps) leads to where it is worked on.
 */
#include "pages/contract/contracting.h"
#include "pages/delivery/delivery_pages.h"
#include "pages/linkage/dealing.h"
#include "pages/plan/planning.h"

/* Desks of whoever may read the record, at PLACE/ID. */
static const struct { const struct entity *e; const char *place; } places[] = {
    { &parts_list, "/linkage/parts" }, { &budget_line, "/money/lines" },
    { &call, "/contracts/calls" }, { &contract, "/contracts" }, { &payment_request, "/contracts/payments" }, { &settlement, "/contracts/settlements" },
    { &inspection, "/delivery/inspections" }, { &acceptance, "/delivery/acceptances" },
};

/* Of parts where it depends on who reads. */
static Str (*const parts[])(struct at *at) = { planning_desk, contracting_desk, linkage_desk };

static Str desk_of(struct at *at)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (places[i].e == at->e) return str_f(at->q->a, "%s/%.*s", places[i].place, FMT(public_id(at->q->a, at->e, at->record->id)));
    for (size_t i = 0; i < COUNT(parts); i++) {
        Str desk = parts[i](at);
        if (desk.n) return desk;
    }
    return (Str){ 0 };
}

static bool load_it(struct at *at)
{
    int64_t id;
    at->e = entity_at(at->w.m, request_capture(at->q, "list"));
    return at->e && public_id_read(at->e, request_capture(at->q, "id"), &id) && !record_load(&at->w, at->e, id, &at->record)
        && record_visible(&at->w, at->record);
}

enum err record_at_desk(struct request *q, struct reply *r)
{
    struct at at = at_desk(q, r);
    bool itself = params_get(&q->query, "all").n || params_get(&q->query, "on").n;
    Str desk = !itself && load_it(&at) ? desk_of(&at) : (Str){ 0 };
    if (!desk.n) return workspace_record(q, r);
    Str state = params_str(q->a, &q->query);
    return reply_redirect(r, 303, str_f(q->a, "%.*s%s%.*s", FMT(request_link(q, desk)), state.n ? "?" : "", FMT(state)));
}
