/*
 * drawings.c - a drawing leaves the server: to a supplier that was invited, logged, with who reads it written over it (format/mark/mark.h), and
 * kept by no cache.  As an opening is recorded it is a POST, so that no program that follows links opens drawings in somebody's name.
 */
#include "pages/linkage/dealing.h"

#include "base/file.h"
#include "model/desk/file.h"

/* ---- marking -------------------------------------------------------------------------------------- */

static enum err mark_stored(struct at *at, const struct upload *up, const Str *lines, size_t n, FILE **out, const struct file_kind **kind, Message *why)
{
    Str folder = at->q->instance->files, bytes;
    int64_t size;
    enum err e = file_open_stored(&at->w, folder, up->hash, out, kind, &size);
    if (!e) fclose(*out);
    if (!e) e = file_map_stored(&at->w, folder, up->hash, &bytes);
    if (e) return *why = MSG(N_("The file {1} is not stored here any more. Ask whoever sent it for another copy."), up->name), e;
    e = at->q->instance->mark(at->q->a, str_of((*kind)->extension), bytes, lines, n, out, why);
    file_unmap(bytes);
    return e == ERR_MISSING ? ERR_INVALID : e;
}

enum err markable(struct at *at, Str stored, Message *why)
{
    const Str line = at_tr(at, N_("Confidential"));
    const struct file_kind *kind;
    struct upload up;
    FILE *out;
    if (!upload_read(stored, &up)) return ERR_INVALID;
    enum err e = mark_stored(at, &up, &line, 1, &out, &kind, why);
    if (!e) fclose(out);
    return e;
}

/* The stored file of a drawing with its reader, the reader's enterprise and the time over it. */
static enum err reply_marked(struct at *at, const struct record *r, Str stored)
{
    int64_t firm = v_i64(r->v[INVITATION_ENTERPRISE]);
    struct arena *a = at->q->a;
    const Str lines[] = {
        S("MẬT – CONFIDENTIAL"), at->w.actor.name, str_f(a, "%.*s (%.*s)", FMT(firm_name(at, firm)), FMT(public_id(a, &enterprise, firm))),
        str_f(a, "%.*s · %.*s", FMT(at_time(at, at->q->now)), FMT(public_id(a, &invitation, r->id))),
    };
    const struct file_kind *kind;
    struct upload up;
    FILE *out;
    Message why = NO_MESSAGE;
    if (!upload_read(stored, &up)) return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no such drawing.")));
    enum err e = mark_stored(at, &up, lines, COUNT(lines), &out, &kind, &why);
    if (e) return reply_fail(at->r, e, why);
    at->r->cache = CACHE_NEVER;
    at->r->type = str_of(kind->media_type);
    at->r->file = out;
    reply_attachment(at->q, at->r, up.name);
    return OK;
}

/* ---- opening one ----------------------------------------------------------------------------------- */

struct opening { int64_t invitation, drawing; Str stored; Message why; };

static enum err open_it(struct work *w, void *arg)
{
    struct opening *o = arg;
    return drawing_for(w, o->invitation, o->drawing, &o->stored, &o->why);
}

/* The invitation, if it is the reader's enterprise's; else r says 404: not even whether it exists. */
static enum err own_invitation(struct request *q, struct reply *r, struct at *at)
{
    *at = at_desk(q, r);
    at->e = &invitation;
    TRY(desk_record(q, r, &at->w, &invitation, MAY_READ, &at->record));
    if (at->w.actor.roles & ENTERPRISE && among_rows(&at->w, at->record, ROWS_OWN, INVITATION_ENTERPRISE)) return OK;
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no record {1}, or it is not yours to see."), request_capture(q, "id")));
}

/* POST /linkage/invitations/{id}/drawings/{drawing} */
enum err invitation_drawing(struct request *q, struct reply *r)
{
    struct at at;
    TRY(own_invitation(q, r, &at));
    struct opening o = { .invitation = at.record->id };
    if (!str_to_i64(request_capture(q, "drawing"), &o.drawing)) return reply_fail(r, ERR_MISSING, MSG(N_("There is no such drawing.")));
    enum err e = work_write(&at.w, open_it, &o);
    if (e == ERR_MISSING) return reply_fail(r, e, MSG(N_("There is no such drawing.")));
    if (e) return o.why.id ? reply_fail(r, e, o.why) : e;
    return reply_marked(&at, at.record, o.stored);
}

/* GET of the same: nothing is opened by following a link. */
enum err invitation_drawing_page(struct request *q, struct reply *r)
{
    struct at at;
    TRY(own_invitation(q, r, &at));
    return reply_redirect(r, 303, str_f(q->a, "%.*s#drawings", FMT(request_link(q, invitation_path(q->a, at.record->id, NULL)))));
}
