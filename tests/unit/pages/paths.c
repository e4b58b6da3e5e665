/* paths.c - the address of a list is no page's. */
#include "test.h"

#include "model/model.h"
#include "pages/site.h"
#include "programme/entities.h"

TEST(no_list_stands_where_the_workspace_has_a_page)
{
    for (const struct entity *const *e = entities; *e; e++) {
        Str list = str_f(a, "/workspace/%s", entity_path(*e));
        for (size_t i = 0; i < portal.n; i++)
            if (str_eq(str_of(portal.routes[i].pattern), list)) test_fail(__FILE__, __LINE__, "%.*s is a page and the list of %s", FMT(list), (*e)->name);
    }
}
