#include "pages/site.h"

#include "pages/pages.h"
#include "pages/sign/sign.h"
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
    { GET,  "/workspace/tasks",                    AS_PAGE, SIGNED_IN, workspace_tasks },
    { GET,  "/workspace/notices",                  AS_PAGE, SIGNED_IN, workspace_notices },
    { POST, "/workspace/notices",                  AS_PAGE, SIGNED_IN, workspace_notices_seen },
    { GET,  "/workspace/jump",                     AS_PAGE, SIGNED_IN, workspace_jump },
    { GET,  "/workspace/shortcuts",                AS_PAGE, SIGNED_IN, workspace_shortcuts },
    { GET,  "/workspace/proposals/{id}",           AS_PAGE, SIGNED_IN, workspace_proposal },
    { POST, "/workspace/proposals/{id}",           AS_PAGE, SIGNED_IN, workspace_proposal_decide },
    { GET,  "/workspace/{list}",                   AS_PAGE | FILES, SIGNED_IN, workspace_list },
    { GET,  "/workspace/{list}/new",               AS_PAGE, SIGNED_IN, workspace_new },
    { POST, "/workspace/{list}/new",               AS_PAGE, SIGNED_IN, workspace_make, .is = ROUTE_FILES },
    { GET,  "/workspace/{list}/filter",            AS_PAGE, SIGNED_IN, workspace_filter },
    { GET,  "/workspace/{list}/columns",           AS_PAGE, SIGNED_IN, workspace_columns },
    { POST, "/workspace/{list}/columns",           AS_PAGE, SIGNED_IN, workspace_columns_set },
    { POST, "/workspace/{list}/views",             AS_PAGE, SIGNED_IN, workspace_view_keep },
    { POST, "/workspace/{list}/views/drop",        AS_PAGE, SIGNED_IN, workspace_view_drop },
    { GET,  "/workspace/{list}/bulk",              AS_PAGE, SIGNED_IN, workspace_bulk },
    { POST, "/workspace/{list}/bulk",              AS_PAGE, SIGNED_IN, workspace_bulk_save },
    { GET,  "/workspace/{list}/{id}",              AS_PAGE, SIGNED_IN, workspace_record },
    { GET,  "/workspace/{list}/{id}/edit",         AS_PAGE, SIGNED_IN, workspace_edit },
    { POST, "/workspace/{list}/{id}/edit",         AS_PAGE, SIGNED_IN, workspace_save, .is = ROUTE_FILES },
    { GET,  "/workspace/{list}/{id}/delete",       AS_PAGE, SIGNED_IN, workspace_delete },
    { POST, "/workspace/{list}/{id}/delete",       AS_PAGE, SIGNED_IN, workspace_delete_now },
    { GET,  "/workspace/{list}/{id}/history",      AS_PAGE, SIGNED_IN, workspace_history },
    { GET,  "/workspace/{list}/{id}/history/revert", AS_PAGE, SIGNED_IN, workspace_revert },
    { POST, "/workspace/{list}/{id}/history/revert", AS_PAGE, SIGNED_IN, workspace_revert },
    { POST, "/workspace/{list}/{id}/confirm",      AS_PAGE, SIGNED_IN, workspace_confirm },
    { GET,  "/workspace/{list}/{id}/merge",        AS_PAGE, SIGNED_IN, workspace_merge },
    { POST, "/workspace/{list}/{id}/merge",        AS_PAGE, SIGNED_IN, workspace_merge_now },
    { GET,  "/workspace/{list}/{id}/steps/{step}", AS_PAGE, SIGNED_IN, workspace_step },
    { POST, "/workspace/{list}/{id}/steps/{step}", AS_PAGE, SIGNED_IN, workspace_step_take },
    { GET,  "/sign-in",                AS_PAGE, ANYONE,    sign_in_page },
    { POST, "/sign-in",                AS_PAGE, ANYONE,    sign_in_post,           .is = ROUTE_LIMIT },
    { GET,  "/sign-in/code",           AS_PAGE, ANYONE,    sign_in_code_page },
    { POST, "/sign-in/code",           AS_PAGE, ANYONE,    sign_in_code_post,      .is = ROUTE_LIMIT },
    { POST, "/sign-out",               AS_PAGE, ANYONE,    sign_out_post },
    { GET,  "/sign-up",                AS_PAGE, ANYONE,    sign_up_page },
    { POST, "/sign-up",                AS_PAGE, ANYONE,    sign_up_post,           .is = ROUTE_LIMIT },
    { GET,  "/confirm/{ticket}",       AS_PAGE, ANYONE,    confirm_page },
    { POST, "/confirm/{ticket}",       AS_PAGE, ANYONE,    confirm_post,           .is = ROUTE_LIMIT },
    { GET,  "/invited/{ticket}",       AS_PAGE, ANYONE,    invited_page },
    { POST, "/invited/{ticket}",       AS_PAGE, ANYONE,    invited_post,           .is = ROUTE_LIMIT },
    { GET,  "/forgotten",              AS_PAGE, ANYONE,    forgotten_page },
    { POST, "/forgotten",              AS_PAGE, ANYONE,    forgotten_post,         .is = ROUTE_LIMIT },
    { GET,  "/reset/{ticket}",         AS_PAGE, ANYONE,    reset_page },
    { POST, "/reset/{ticket}",         AS_PAGE, ANYONE,    reset_post,             .is = ROUTE_LIMIT },
    { GET,  "/account",                AS_PAGE, SIGNED_IN, account_page },
    { GET,  "/account/password",       AS_PAGE, SIGNED_IN, account_password_page },
    { POST, "/account/password",       AS_PAGE, SIGNED_IN, account_password_post,  .is = ROUTE_LIMIT },
    { GET,  "/account/codes",          AS_PAGE, ANYONE,    account_codes },
    { POST, "/account/codes/propose",  AS_PAGE, ANYONE,    account_codes_propose },
    { POST, "/account/codes/confirm",  AS_PAGE, ANYONE,    account_codes_confirm,  .is = ROUTE_LIMIT },
    { POST, "/account/codes/give",     AS_PAGE, ANYONE,    account_codes_give,     .is = ROUTE_LIMIT },
    { POST, "/account/codes/renew",    AS_PAGE, SIGNED_IN, account_codes_renew,    .is = ROUTE_LIMIT },
    { POST, "/account/codes/off",      AS_PAGE, SIGNED_IN, account_codes_off,      .is = ROUTE_LIMIT },
    { GET,  "/account/sessions",       AS_PAGE, SIGNED_IN, account_sessions },
    { POST, "/account/sessions/end",   AS_PAGE, SIGNED_IN, account_sessions_end },
    { GET,  "/account/tokens",         AS_PAGE, SIGNED_IN, account_tokens },
    { POST, "/account/tokens",         AS_PAGE, SIGNED_IN, account_tokens_make },
    { GET,  "/account/tokens/{token}", AS_PAGE, SIGNED_IN, account_token },
    { POST, "/account/tokens/end",     AS_PAGE, SIGNED_IN, account_tokens_end },
    { GET, "/sitemap.xml",               AS_PAGE,           ANYONE, sitemap,         CACHE_VERSION },
    { GET, "/robots.txt",                AS_PAGE,           ANYONE, robots,          CACHE_VERSION },
};

const struct site portal = { routes, COUNT(routes), shell_error, identify };

void portal_prepare(struct arena *forever)
{
    static void (*const prepare[])(struct arena *) = { home_prepare, directory_prepare, profile_prepare, programme_prepare, zones_prepare, catalogue_prepare };
    shell_prepare(forever);
    for (size_t i = 0; i < COUNT(prepare); i++) prepare[i](forever);
}
