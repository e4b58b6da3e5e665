#include "test.h"
#include "web/asset.h"

TEST(an_asset_is_found_by_its_whole_address_only)
{
    struct assets l = { 0 };
    assets_add(a, &l, (struct asset){ S("b.css"), S("/assets/b.1.css"), S("text/css"), { S("b") } });
    assets_add(a, &l, (struct asset){ S("a.js"), S("/assets/a.2.js"), S("text/javascript"), { S("a") } });
    CHECK_STR(asset_at(&l, S("/assets/a.2.js"))->form[PLAIN], S("a"));
    CHECK_STR(asset_path(&l, "b.css"), S("/assets/b.1.css"));
    static const Str wrong[] = { S_(""), S_("/assets/"), S_("/assets/a.js"), S_("/assets/../assets/a.2.js"), S_("/assets/a.2.js/") };
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!asset_at(&l, wrong[i]));
}

TEST(no_assets_at_all_is_a_table_too)
{
    struct assets none = { 0 };
    CHECK(!asset_at(&none, S("/assets/a.css")));
}

TEST(the_assets_of_the_binary_have_hashed_addresses_and_smaller_forms)
{
    struct assets l = assets_embedded(a);
    if (!l.n) test_skip("built without npm's packages");
    const struct asset *css = asset_at(&l, asset_path(&l, "portal.css"));
    CHECK_STR(css->type, S("text/css; charset=utf-8"));
    CHECK(css->path.n > strlen("/assets/portal.css"));
    CHECK(css->form[GZIP].n && css->form[GZIP].n < css->form[PLAIN].n);
    CHECK(css->form[BROTLI].n && css->form[BROTLI].n < css->form[GZIP].n);
}
