/* import_template.c - the empty workbook of a list, to be filled in and imported. */
#include "model/import/import.h"
#include "pages/workspace/incoming.h"

enum err workspace_import_template(struct request *q, struct reply *r)
{
    struct at at;
    Str bytes;
    TRY(at_list(q, r, MAY_BULK, &at));
    TRY(import_template(&at.w, at.e, &bytes));
    reply_attachment(q, r, str_f(q->a, "%s.xlsx", entity_path(at.e)));
    return reply_body(r, TYPE_XLSX, bytes);
}
