/* files.c - files that belong to records: listed on the record's page and handed out, to whoever may see the field they stand in. */
#include "pages/workspace/incoming.h"

#include "base/date.h"

static void put_file_row(struct at *at, const struct record_file *f)
{
    struct html *h = &at->h;
    Str label = at_tr(at, f->f->label);
    if (f->list) label = str_f(at->q->a, "%.*s: %.*s – %.*s", FMT(at_tr(at, f->list->label)), FMT(f->of), FMT(label));
    html_open(h, "tr");
    table_cell_open(h, at_tr(at, N_("File")));
    html_link(h, at_url(at, str_z(at->q->a, str_f(at->q->a, "files/%.*s", FMT(f->file.hash)))), NULL, f->file.name);
    html_close(h, "td");
    table_cell(h, at_tr(at, N_("Field")), label);
    table_cell(h, at_tr(at, N_("Since")), at_time(at, f->since));
    table_cell(h, at_tr(at, N_("State")), at_tr(at, f->now ? N_("in use") : N_("of before")));
    html_close(h, "tr");
}

enum err put_record_files(struct at *at)
{
    static const char *const heads[] = { N_("File"), N_("Field"), N_("Since"), N_("State") };
    struct record_files files;
    struct html *h = &at->h;
    TRY(record_files(&at->w, at->record, &files));
    if (!files.n) return OK;
    html_open(h, "section");
    html_class(h, "record-section");
    html_open(h, "h2");
    html_attr(h, "id", S("files"));
    html_text(h, at_tr(at, N_("Files")));
    html_close(h, "h2");
    table_begin(h, at->q->lang, at_tr(at, N_("Files")), heads, COUNT(heads));
    for (size_t i = 0; i < files.n; i++) put_file_row(at, &files.p[i]);
    table_end(h);
    html_close(h, "section");
    return OK;
}

enum err reply_file(struct request *q, struct reply *r, struct work *w, const struct upload *file)
{
    const struct file_kind *kind;
    int64_t size;
    FILE *f;
    enum err err = file_open_stored(w, q->instance->files, file->hash, &f, &kind, &size);
    if (err) return reply_fail(r, err, MSG(N_("The file {1} is not stored here any more. Ask whoever sent it for another copy."), file->name));
    r->cache = CACHE_NEVER;
    r->type = str_of(kind->media_type);
    r->file = f;
    reply_attachment(q, r, file->name);
    return OK;
}

enum err store_part(struct work *w, struct request *q, struct reply *r, const struct part_file *part, struct upload *out, Message *why)
{
    enum err e = file_store(w, q->instance->files, part->file_name, part->bytes, out, why);
    if (e == ERR_INVALID) r->refused = "file";
    return e;
}

enum err workspace_file(struct request *q, struct reply *r)
{
    struct at at;
    struct record_files files;
    TRY(at_record(q, r, MAY_READ, &at));
    TRY(record_files(&at.w, at.record, &files));
    for (size_t i = 0; i < files.n; i++)
        if (str_eq(files.p[i].file.hash, request_capture(q, "hash"))) return reply_file(q, r, &at.w, &files.p[i].file);
    return reply_fail(r, ERR_MISSING, MSG(N_("There is no such file in this record, or it is not yours to see.")));
}
