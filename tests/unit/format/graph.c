#include "format/graph.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

struct box { double x, y, width, height; };
struct boxes { struct box *p; size_t n, cap; };

/* The rectangles of a class, in the order they are drawn. */
static struct boxes drawn(struct arena *a, Str svg, const char *class)
{
    struct boxes out = { 0 };
    Str rest = svg, head = str_f(a, "<rect class=\"%s", class);
    for (size_t at; str_find(rest, head, &at);) {
        rest = str_sub(rest, at + head.n, rest.n);
        struct box *b = GROW(a, out);
        CHECK(sscanf(strstr(str_z(a, rest), " x="), " x=\"%lf\" y=\"%lf\" width=\"%lf\" height=\"%lf\"", &b->x, &b->y, &b->width, &b->height) == 4);
    }
    return out;
}

static bool overlap(struct box a, struct box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

static size_t count(Str s, const char *what)
{
    size_t n = 0;
    for (size_t at; str_find(s, str_of(what), &at); n++) s = str_sub(s, at + 1, s.n);
    return n;
}

static Str draw(struct arena *a, size_t boxes, const struct graph_arrow *arrows, size_t n)
{
    struct graph_box box[16];
    MUST(boxes <= COUNT(box));
    for (size_t i = 0; i < boxes; i++) box[i] = (struct graph_box){ str_f(a, "Box %zu", i), i % 2 ? S("a note") : S(""), i + 1 == boxes };
    return graph_html(a, "g", S("Picture"), S("What it shows."), box, boxes, arrows, n).s;
}

TEST(boxes_stand_in_columns_by_how_far_they_are_from_the_first)
{
    const struct graph_arrow arrows[] = { { 0, 1, S_("go") }, { 1, 2, S_("on") }, { 0, 2, S_("straight") }, { 2, 1, S_("back") } };
    Str svg = draw(a, 3, arrows, COUNT(arrows));
    struct boxes b = drawn(a, svg, "graph-box");
    CHECK_INT(b.n, 3);
    CHECK(b.p[0].x + b.p[0].width < b.p[1].x && b.p[1].x + b.p[1].width < b.p[2].x);
    CHECK_INT(count(svg, "class=\"graph-arrow\""), 5);      /* four, and the one at the start      */
    CHECK(str_has(svg, S("<title id=\"g-title\">Picture</title>")) && str_has(svg, S("role=\"img\" aria-labelledby=\"g-title g-about\"")));
    CHECK(!str_has(svg, S("style=")));
}

TEST(arrows_that_go_the_same_way_become_one_with_all_names)
{
    const struct graph_arrow arrows[] = { { 0, 1, S_("yes") }, { 0, 1, S_("a long name of several words"), true }, { 1, 0, S_("no"), true } };
    Str svg = draw(a, 2, arrows, COUNT(arrows));
    CHECK_INT(count(svg, "class=\"graph-arrow\""), 2);
    CHECK_INT(count(svg, "class=\"graph-arrow graph-bad\""), 1);
    CHECK(str_has(svg, S(">yes<")) && str_has(svg, S(">no<")) && str_has(svg, S(">a long name of<")) && str_has(svg, S(">several words<")));
}

TEST(what_is_drawn_is_escaped)
{
    const struct graph_box boxes[] = { { S_("<a>"), S_("&") }, { S_("b\"") } };
    const struct graph_arrow arrow = { 0, 1, S_("<script>") };
    Str svg = graph_html(a, "g", S("</title>"), S("<"), boxes, 2, &arrow, 1).s;
    CHECK(!str_has(svg, S("<script>")) && !str_has(svg, S("<a>")) && str_has(svg, S("&lt;/title&gt;")));
}

/* A way through all boxes, and others at random. */
static size_t random_arrows(uint64_t *seed, size_t boxes, struct graph_arrow *out, size_t most)
{
    size_t n = 0;
    for (size_t i = 1; i < boxes; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        out[n++] = (struct graph_arrow){ (int)((*seed >> 33) % i), (int)i, S("Forward"), false };
    }
    while (n < most) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        int from = (int)((*seed >> 33) % boxes), to = (int)((*seed >> 48) % boxes);
        if (from != to) out[n++] = (struct graph_arrow){ from, to, S("Somewhere else"), (*seed >> 20) & 1 };
    }
    return n;
}

TEST(neither_boxes_nor_names_lie_on_one_another)
{
    uint64_t seed = 7;
    for (int i = 0; i < 300; i++) {
        struct arena scratch = arena_make((size_t)16 << 20, NULL);
        struct graph_arrow arrows[32];
        size_t boxes = 2 + (size_t)i % 9, n = random_arrows(&seed, boxes, arrows, boxes + 6);
        Str svg = draw(&scratch, boxes, arrows, n);
        struct boxes all = drawn(&scratch, svg, "graph-box"), names = drawn(&scratch, svg, "graph-ground");
        CHECK_INT(all.n, boxes);
        for (size_t k = 0; k < names.n; k++) *GROW(&scratch, all) = names.p[k];
        for (size_t k = 0; k < all.n; k++)
            for (size_t l = 0; l < k; l++)
                if (overlap(all.p[k], all.p[l])) test_fail(__FILE__, __LINE__, "picture %d: %zu lies on %zu", i, k, l);
        for (size_t k = 0; k < all.n; k++) CHECK(all.p[k].x >= 0 && all.p[k].y >= 0);
        arena_free(&scratch);
    }
}
