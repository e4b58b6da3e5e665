#include "pages/site.h"

#include "pages/pages.h"
#include "pages/workspace/workspace.h"

#define TABLES (AS_JSON | AS_CSV | AS_XLSX)
#define FILES  (TABLES | AS_NDJSON)

static const struct route routes[] = {
    { GET, "/",                          AS_PAGE,           ANYONE, home,            CACHE_VERSION },
    { GET, "/enterprises",               AS_PAGE | FILES,   ANYONE, directory,       CACHE_VERSION },
    { GET, "/enterprises/{id}",          AS_PAGE | AS_JSON, ANYONE, profile,         CACHE_VERSION },
    { GET, "/enterprises/{id}/history",  AS_PAGE | AS_JSON, ANYONE, profile_history, CACHE_VERSION },
    { GET, "/programme",                 AS_PAGE | TABLES,  ANYONE, programme,       CACHE_VERSION },
    { GET, "/zones",                     AS_PAGE | FILES,   ANYONE, zones,           CACHE_VERSION },
    { GET, "/zones/{code}",              AS_PAGE | FILES,   ANYONE, zone,            CACHE_VERSION },
    { GET, "/data",                      AS_PAGE,           ANYONE, catalogue,       CACHE_VERSION },
    { GET, "/data/dictionary",           AS_PAGE,           ANYONE, data_dictionary, CACHE_VERSION },
    { GET, "/data/openapi",              AS_JSON,           ANYONE, data_openapi,    CACHE_VERSION },
    { GET, "/data/{list}",               AS_PAGE | FILES,   ANYONE, data_list,       CACHE_VERSION },
    { GET, "/data/{list}/{id}",          AS_PAGE | AS_JSON, ANYONE, data_record,     CACHE_VERSION },
    { GET, "/data/{list}/{id}/history",  AS_PAGE | AS_JSON, ANYONE, data_history,    CACHE_VERSION },
    { GET,  "/workspace",                          AS_PAGE, SIGNED_IN, workspace_home },
    { POST, "/workspace/drafts",                   AS_PAGE, SIGNED_IN, workspace_draft },
    { POST, "/workspace/drafts/drop",              AS_PAGE, SIGNED_IN, workspace_draft_drop },
    { POST, "/workspace/undo",                     AS_PAGE, SIGNED_IN, workspace_undo },
    { GET,  "/workspace/{list}",                   AS_PAGE | FILES, SIGNED_IN, workspace_list },
    { GET,  "/workspace/{list}/new",               AS_PAGE, SIGNED_IN, workspace_new },
    { POST, "/workspace/{list}/new",               AS_PAGE, SIGNED_IN, workspace_make, .is = ROUTE_FILES },
    { GET,  "/workspace/{list}/filter",            AS_PAGE, SIGNED_IN, workspace_filter },
    { GET,  "/workspace/{list}/columns",           AS_PAGE, SIGNED_IN, workspace_columns },
    { POST, "/workspace/{list}/columns",           AS_PAGE, SIGNED_IN, workspace_columns_set },
    { POST, "/workspace/{list}/views",             AS_PAGE, SIGNED_IN, workspace_view_keep },
    { POST, "/workspace/{list}/views/drop",        AS_PAGE, SIGNED_IN, workspace_view_drop },
    { GET,  "/workspace/{list}/{id}",              AS_PAGE, SIGNED_IN, workspace_record },
    { GET,  "/workspace/{list}/{id}/edit",         AS_PAGE, SIGNED_IN, workspace_edit },
    { POST, "/workspace/{list}/{id}/edit",         AS_PAGE, SIGNED_IN, workspace_save, .is = ROUTE_FILES },
    { GET,  "/workspace/{list}/{id}/delete",       AS_PAGE, SIGNED_IN, workspace_delete },
    { POST, "/workspace/{list}/{id}/delete",       AS_PAGE, SIGNED_IN, workspace_delete_now },
    { GET,  "/workspace/{list}/{id}/history",      AS_PAGE, SIGNED_IN, workspace_history },
    { GET,  "/workspace/{list}/{id}/history/revert", AS_PAGE, SIGNED_IN, workspace_revert },
    { POST, "/workspace/{list}/{id}/history/revert", AS_PAGE, SIGNED_IN, workspace_revert },
    { GET,  "/workspace/{list}/{id}/steps/{step}", AS_PAGE, SIGNED_IN, workspace_step },
    { POST, "/workspace/{list}/{id}/steps/{step}", AS_PAGE, SIGNED_IN, workspace_step_take },
    { GET, "/sitemap.xml",               AS_PAGE,           ANYONE, sitemap,         CACHE_VERSION },
    { GET, "/robots.txt",                AS_PAGE,           ANYONE, robots,          CACHE_VERSION },
};

const struct site portal = { routes, COUNT(routes), shell_error };

void portal_prepare(struct arena *forever)
{
    static void (*const prepare[])(struct arena *) = { home_prepare, directory_prepare, profile_prepare, programme_prepare, zones_prepare, catalogue_prepare };
    shell_prepare(forever);
    for (size_t i = 0; i < COUNT(prepare); i++) prepare[i](forever);
}
