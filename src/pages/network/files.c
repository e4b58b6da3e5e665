/* files.c - the supply network as files for other programs: the graph, and what an enterprise is made of. */
#include "pages/network/network.h"

#include "programme/network/export.h"

/* An enterprise's file has its own links: the list of links has no others for it. */
enum err network_graph_file(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct list_query query;
    Message why;
    FILE *out;
    size_t n;
    const struct asked *asked = page_asked(q, &n);
    if (!may_list(&w, &supply_link)) return reply_fail(r, ERR_DENIED, MSG(N_("Supply links are for those who have some, and for the office.")));
    enum err e = list_read(&w, &supply_link, asked, n, "", &query, &why);
    if (e) return why.id ? reply_fail(r, e, why) : e;
    r->cache = CACHE_NEVER;
    TRY(reply_download(q, r, S("application/graphml+xml"), S("supply-network.graphml"), &out));
    return supply_graphml(&w, &query, out);
}

enum err network_bom_file(struct request *q, struct reply *r)
{
    struct work w = desk_work(q);
    struct record *enterprise_of;
    struct buf b = buf_make(q->a);
    struct json_writer j = json_write_to(&b);
    TRY(desk_record(q, r, &w, &enterprise, MAY_READ, &enterprise_of));
    if (reach_of(&w, enterprise_of).reads < OWN_FIELDS || !may_list(&w, &supply_link))
        return reply_fail(r, ERR_DENIED, MSG(N_("What an enterprise buys is for itself and for the office.")));
    TRY(supply_bom(&w, &j, enterprise_of));
    json_write_done(&j);
    r->cache = CACHE_NEVER;
    return reply_body(r, TYPE_JSON, buf_str(&b));
}
