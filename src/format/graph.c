#include "format/graph.h"

#include "format/svg.h"

#include <limits.h>
#include <string.h>

enum { PAD = 12, BOX_HEIGHT = 48, BETWEEN = 22, LANE = 30, MARGIN = 16, LINE = 16, LABEL_WRAP = 20, SWEEPS = 6,
       START = 34, AROUND_LABEL = 26, PASSAGE = 24 };       /* room: left of the first box; beside a label; where arrows pass */
static const double letter = 6.8, bold_letter = 7.8;        /* mean widths                         */

struct lines { Str *p; size_t n, cap; };
/* box NULL: an arrow passes here; y: of its middle; place: from 0 in its column. */
struct node { const struct graph_box *box; int column; double w, h, y, place, mean; };
struct arrow {
    int          from, to;                  /* boxes                                              */
    bool         back, bad;                 /* leads to an earlier column; all that go this way are bad */
    struct lines label;
    int         *path;                      /* nodes, from the first column to the last           */
    int          n;
    double       label_x, label_y;
};
struct drawing {
    struct arena *a;
    const char   *id;
    struct { struct node *p; size_t n, cap; } nodes;        /* the first `boxes` are the boxes     */
    struct { struct arrow *p; size_t n, cap; } arrows;
    int           boxes, columns;
    double       *column_x, *column_w, *gap_w;              /* gap_w[c]: after column c            */
    double        height;
};

/* ---- boxes and ways --------------------------------------------------------------------------- */

static size_t letters(Str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* Broken between words into lines of at most about LABEL_WRAP letters, each about as long as the others. */
static void add_lines(struct arena *a, struct lines *to, Str text)
{
    Str rest = text, word;
    size_t begin = to->n, all = letters(text), wide = all / (all / LABEL_WRAP + 1) + 3;
    while (str_next(&rest, ' ', &word)) {
        bool fresh = to->n == begin || letters(to->p[to->n - 1]) + letters(word) >= wide;
        if (fresh) *GROW(a, *to) = word;
        else to->p[to->n - 1] = str_f(a, "%.*s %.*s", FMT(to->p[to->n - 1]), FMT(word));
    }
}

static struct arrow *arrow_for(struct drawing *d, int from, int to)
{
    for (size_t i = 0; i < d->arrows.n; i++)
        if (d->arrows.p[i].from == from && d->arrows.p[i].to == to) return &d->arrows.p[i];
    struct arrow *a = GROW(d->a, d->arrows);
    *a = (struct arrow){ .from = from, .to = to, .bad = true };
    return a;
}

static void gather(struct drawing *d, const struct graph_box *boxes, size_t n, const struct graph_arrow *arrows, size_t n_arrows)
{
    for (size_t i = 0; i < n; i++) {
        double name = (double)letters(boxes[i].name) * bold_letter, note = (double)letters(boxes[i].note) * letter;
        *GROW(d->a, d->nodes) = (struct node){ .box = &boxes[i], .w = (name > note ? name : note) + 2 * PAD, .h = BOX_HEIGHT };
    }
    d->boxes = (int)n;
    for (size_t i = 0; i < n_arrows; i++) {
        MUST(arrows[i].from != arrows[i].to);
        struct arrow *a = arrow_for(d, arrows[i].from, arrows[i].to);
        a->bad &= arrows[i].bad;
        add_lines(d->a, &a->label, arrows[i].label);
    }
}

/* ---- columns ------------------------------------------------------------------------------------ */

enum seen { UNSEEN, OPEN, CLOSED };

/* Depth first, in the order given: a way to a box whose turn has not ended leads back. */
static void find_back(struct drawing *d, int box, enum seen *seen)
{
    seen[box] = OPEN;
    for (size_t i = 0; i < d->arrows.n; i++) {
        struct arrow *a = &d->arrows.p[i];
        if (a->from != box) continue;
        a->back = seen[a->to] == OPEN;
        if (seen[a->to] == UNSEEN) find_back(d, a->to, seen);
    }
    seen[box] = CLOSED;
}

static int low(const struct arrow *a) { return a->back ? a->to : a->from; }
static int high(const struct arrow *a) { return a->back ? a->from : a->to; }

static void find_columns(struct drawing *d)
{
    enum seen *seen = NEW_ARRAY(d->a, enum seen, d->nodes.n);
    struct node *s = d->nodes.p;
    find_back(d, 0, seen);
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < d->arrows.n; i++) {
            const struct arrow *a = &d->arrows.p[i];
            if (s[high(a)].column > s[low(a)].column) continue;
            s[high(a)].column = s[low(a)].column + 1;
            moved = true;
        }
    }
    for (int i = 0; i < d->boxes; i++) if (s[i].column >= d->columns) d->columns = s[i].column + 1;
}

/* Where an arrow passes a column there is a place for it. */
static void find_paths(struct drawing *d)
{
    for (size_t i = 0; i < d->arrows.n; i++) {
        struct arrow *a = &d->arrows.p[i];
        int first = d->nodes.p[low(a)].column, last = d->nodes.p[high(a)].column;
        a->path = NEW_ARRAY(d->a, int, (size_t)(last - first) + 1);
        for (int column = first; column <= last; column++) {
            bool passes = column > first && column < last;
            a->path[a->n++] = column == first ? low(a) : passes ? (int)d->nodes.n : high(a);
            if (passes) *GROW(d->a, d->nodes) = (struct node){ .column = column, .h = LANE };
        }
    }
}

/* ---- places in a column --------------------------------------------------------------------------- */

/* Of the nodes beside it in the column before (-1) or after (1). */
static double mean_place(const struct drawing *d, int node, int towards)
{
    double sum = 0;
    int n = 0;
    for (size_t i = 0; i < d->arrows.n; i++)
        for (int k = 0; k < d->arrows.p[i].n; k++) {
            int other = k + towards;
            if (d->arrows.p[i].path[k] != node || other < 0 || other >= d->arrows.p[i].n) continue;
            sum += d->nodes.p[d->arrows.p[i].path[other]].place;
            n++;
        }
    return n ? sum / n : d->nodes.p[node].place;
}

static bool stands_before(const struct node *a, const struct node *b)
{
    return a->mean != b->mean ? a->mean < b->mean : a->place != b->place ? a->place < b->place : a < b;
}

static void order_column(struct drawing *d, int column, int towards)
{
    for (size_t i = 0; i < d->nodes.n; i++) {
        struct node *n = &d->nodes.p[i];
        if (n->column == column) n->mean = towards ? mean_place(d, (int)i, towards) : n->place;
    }
    double *places = NEW_ARRAY(d->a, double, d->nodes.n);
    for (size_t i = 0; i < d->nodes.n; i++)
        for (size_t k = 0; k < d->nodes.n; k++)
            places[i] += d->nodes.p[k].column == column && stands_before(&d->nodes.p[k], &d->nodes.p[i]);
    for (size_t i = 0; i < d->nodes.n; i++)
        if (d->nodes.p[i].column == column) d->nodes.p[i].place = places[i];
}

/* Pairs of pieces of arrows between the same two columns that go across each other. */
static int crossings(const struct drawing *d)
{
    int n = 0;
    for (const struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++)
        for (const struct arrow *b = d->arrows.p; b < a; b++)
            for (int i = 0; i + 1 < a->n; i++)
                for (int k = 0; k + 1 < b->n; k++) {
                    const struct node *a1 = &d->nodes.p[a->path[i]], *a2 = &d->nodes.p[a->path[i + 1]];
                    const struct node *b1 = &d->nodes.p[b->path[k]], *b2 = &d->nodes.p[b->path[k + 1]];
                    n += a1->column == b1->column && (a1->place - b1->place) * (a2->place - b2->place) < 0;
                }
    return n;
}

/* Forward and back through the columns; the order with the fewest crossings stays. */
static void find_places(struct drawing *d)
{
    double *best = NEW_ARRAY(d->a, double, d->nodes.n);
    int fewest = INT_MAX;
    for (int column = 0; column < d->columns; column++) order_column(d, column, 0);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        bool forward = sweep % 2 == 0;
        for (int i = 0; i < d->columns; i++) order_column(d, forward ? i : d->columns - 1 - i, forward ? -1 : 1);
        int crossed = crossings(d);
        if (crossed >= fewest) continue;
        fewest = crossed;
        for (size_t i = 0; i < d->nodes.n; i++) best[i] = d->nodes.p[i].place;
    }
    for (size_t i = 0; i < d->nodes.n; i++) d->nodes.p[i].place = best[i];
}

static double column_height(const struct drawing *d, int column, double until)
{
    double h = 0;
    for (size_t i = 0; i < d->nodes.n; i++)
        if (d->nodes.p[i].column == column && d->nodes.p[i].place < until) h += d->nodes.p[i].h + BETWEEN;
    return h;
}

static void find_heights(struct drawing *d)
{
    double most = 0;
    for (int c = 0; c < d->columns; c++) {
        double h = column_height(d, c, (double)d->nodes.n);
        if (h > most) most = h;
    }
    for (size_t i = 0; i < d->nodes.n; i++) {
        struct node *n = &d->nodes.p[i];
        double all = column_height(d, n->column, (double)d->nodes.n), before = column_height(d, n->column, n->place);
        n->y = MARGIN + (most - all) / 2 + before + n->h / 2;
    }
    d->height = most - BETWEEN + 2 * MARGIN;
}

/* ---- arrows and their labels ------------------------------------------------------------------------- */

/* The node of the path beside its end: the first of the path, or the last. */
static int beside(const struct arrow *a, bool first) { return first ? a->path[1] : a->path[a->n - 2]; }
static int end_of(const struct arrow *a, bool first) { return first ? a->path[0] : a->path[a->n - 1]; }

/* Arrows at one side of a box are spread over it in the order of where they go. */
static double port(const struct drawing *d, const struct arrow *a, bool first)
{
    const struct node *box = &d->nodes.p[end_of(a, first)];
    double mine = d->nodes.p[beside(a, first)].y;
    int before = 0, all = 0;
    for (const struct arrow *b = d->arrows.p; b < d->arrows.p + d->arrows.n; b++) {
        if (end_of(b, first) != end_of(a, first)) continue;
        double other = d->nodes.p[beside(b, first)].y;
        before += other < mine || (other == mine && b < a);
        all++;
    }
    return box->y - box->h / 2 + box->h * (before + 1) / (all + 1);
}

/* The label stands in the gap beside the box where the arrow begins. */
static int label_gap(const struct drawing *d, const struct arrow *a)
{
    return d->nodes.p[a->back ? beside(a, false) : low(a)].column;
}

static double label_width(const struct arrow *a)
{
    size_t most = 0;
    for (size_t i = 0; i < a->label.n; i++) if (letters(a->label.p[i]) > most) most = letters(a->label.p[i]);
    return (double)most * letter;
}

static double label_height(const struct arrow *a) { return (double)a->label.n * LINE + 4; }

/* Pushes labels of one gap apart, from above; then all of them back by half of what was gained. */
static void part_labels(struct drawing *d, int gap)
{
    struct arrow *above = NULL;
    double wanted = 0, given = 0;
    int n = 0;
    for (;;) {
        struct arrow *next = NULL;
        for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++)
            if (label_gap(d, a) == gap && a->label_x < 0 && (!next || a->label_y < next->label_y)) next = a;
        if (!next) break;
        wanted += next->label_y;
        if (above) {
            double least = above->label_y + (label_height(above) + label_height(next)) / 2;
            if (next->label_y < least) next->label_y = least;
        }
        given += next->label_y;
        next->label_x = 0;
        above = next;
        n++;
    }
    for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++)
        if (label_gap(d, a) == gap) a->label_y -= (given - wanted) / n;
}

static void find_labels(struct drawing *d)
{
    for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++) {
        double end = port(d, a, !a->back), other = a->n > 2 ? d->nodes.p[beside(a, !a->back)].y : port(d, a, a->back);
        a->label_y = (end + other) / 2;
        a->label_x = -1;                                    /* not yet placed                      */
    }
    for (int gap = 0; gap + 1 < d->columns; gap++) part_labels(d, gap);
}

/* Where labels need more room than boxes, the picture grows above and below. */
static void make_room(struct drawing *d)
{
    double top = MARGIN, bottom = d->height - MARGIN;
    for (const struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++) {
        double above = a->label_y - label_height(a) / 2, below = a->label_y + label_height(a) / 2;
        if (above < top) top = above;
        if (below > bottom) bottom = below;
    }
    for (size_t i = 0; i < d->nodes.n; i++) d->nodes.p[i].y += MARGIN - top;
    for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++) a->label_y += MARGIN - top;
    d->height = bottom - top + 2 * MARGIN;
}

static void find_widths(struct drawing *d)
{
    size_t columns = (size_t)d->columns;
    d->column_x = NEW_ARRAY(d->a, double, columns + 1);
    d->column_w = NEW_ARRAY(d->a, double, columns);
    d->gap_w = NEW_ARRAY(d->a, double, columns);
    for (size_t i = 0; i < d->nodes.n; i++) {
        double w = d->nodes.p[i].box ? d->nodes.p[i].w : PASSAGE, *most = &d->column_w[d->nodes.p[i].column];
        if (w > *most) *most = w;
    }
    for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++) {
        double w = label_width(a) + 2 * AROUND_LABEL, *most = &d->gap_w[label_gap(d, a)];
        if (w > *most) *most = w;
    }
    d->column_x[0] = MARGIN + START;
    for (int c = 0; c < d->columns; c++) d->column_x[c + 1] = d->column_x[c] + d->column_w[c] + d->gap_w[c];
    for (struct arrow *a = d->arrows.p; a < d->arrows.p + d->arrows.n; a++) {
        int gap = label_gap(d, a);
        a->label_x = d->column_x[gap] + d->column_w[gap] + d->gap_w[gap] / 2;
    }
}

/* ---- drawing ------------------------------------------------------------------------------------------ */

struct point { double x, y; };
struct points { struct point *p; size_t n, cap; };

static struct points points_of(const struct drawing *d, const struct arrow *a)
{
    struct arena *arena = d->a;
    struct points out = { 0 };
    const struct node *first = &d->nodes.p[low(a)], *last = &d->nodes.p[high(a)];
    *GROW(arena, out) = (struct point){ d->column_x[first->column] + d->column_w[first->column], port(d, a, true) };
    for (int k = 0; k + 1 < a->n; k++) {
        const struct node *to = &d->nodes.p[a->path[k + 1]];
        if (d->nodes.p[a->path[k]].column == label_gap(d, a)) *GROW(arena, out) = (struct point){ a->label_x, a->label_y };
        if (to == last) continue;
        *GROW(arena, out) = (struct point){ d->column_x[to->column], to->y };
        *GROW(arena, out) = (struct point){ d->column_x[to->column] + d->column_w[to->column], to->y };
    }
    *GROW(arena, out) = (struct point){ d->column_x[last->column], port(d, a, false) };
    for (size_t i = 0; a->back && i < out.n / 2; i++) {
        struct point p = out.p[i];
        out.p[i] = out.p[out.n - 1 - i], out.p[out.n - 1 - i] = p;
    }
    return out;
}

static void put_arrow(struct html *h, const struct drawing *d, const struct arrow *a)
{
    struct points list = points_of(d, a);
    struct buf path = buf_make(d->a);
    put_f(&path, "M%.0f %.0f", list.p[0].x, list.p[0].y);
    for (size_t i = 1; i < list.n; i++) {
        struct point p = list.p[i - 1], q = list.p[i];
        double middle = (p.x + q.x) / 2;
        put_f(&path, "C%.0f %.0f %.0f %.0f %.0f %.0f", middle, p.y, middle, q.y, q.x, q.y);
    }
    html_open(h, "path");
    html_class(h, a->bad ? "graph-arrow graph-bad" : "graph-arrow");
    html_attr(h, "d", buf_str(&path));
    html_attr_f(h, "marker-end", "url(#%s-%s)", d->id, a->bad ? "bad" : "arrow");
    html_close(h, "path");
}

static void put_label(struct html *h, const struct arrow *a)
{
    double width = label_width(a) + 6, height = label_height(a);
    svg_rect(h, "graph-ground", a->label_x - width / 2, a->label_y - height / 2, width, height, 4);
    double y = a->label_y - (double)(a->label.n - 1) * LINE / 2 + 4;
    for (size_t i = 0; i < a->label.n; i++)
        svg_text(h, a->bad ? "graph-label graph-bad" : "graph-label", a->label_x, y + (double)i * LINE, a->label.p[i]);
}

static void put_box(struct html *h, const struct drawing *d, const struct node *n)
{
    double x = d->column_x[n->column], w = d->column_w[n->column];
    bool end = n->box->end, note = n->box->note.n > 0;
    svg_rect(h, end ? "graph-box graph-end" : "graph-box", x, n->y - n->h / 2, w, n->h, end ? n->h / 2 : 8);
    svg_text(h, "graph-name", x + w / 2, n->y + (note ? -3 : 5), n->box->name);
    if (note) svg_text(h, "graph-note", x + w / 2, n->y + 15, n->box->note);
}

static void put_head(struct html *h, const struct drawing *d, const char *kind)
{
    html_open(h, "marker");
    html_attr_f(h, "id", "%s-%s", d->id, kind);
    html_attr(h, "viewBox", S("0 0 10 10"));
    html_attr(h, "refX", S("9"));
    html_attr(h, "refY", S("5"));
    html_attr(h, "markerWidth", S("8"));
    html_attr(h, "markerHeight", S("8"));
    html_attr(h, "markerUnits", S("userSpaceOnUse"));
    html_attr(h, "orient", S("auto"));
    html_open(h, "path");
    html_class(h, !strcmp(kind, "bad") ? "graph-head graph-bad" : "graph-head");
    html_attr(h, "d", S("M0 0L10 5L0 10z"));
    html_close(h, "path");
    html_close(h, "marker");
}

static void put_start(struct html *h, const struct drawing *d)
{
    html_open(h, "circle");
    html_class(h, "graph-head");
    html_attr_f(h, "cx", "%d", MARGIN + 6);
    html_attr_f(h, "cy", "%.0f", d->nodes.p[0].y);
    html_attr(h, "r", S("6"));
    html_close(h, "circle");
    html_open(h, "path");
    html_class(h, "graph-arrow");
    html_attr_f(h, "d", "M%d %.0fL%.0f %.0f", MARGIN + 12, d->nodes.p[0].y, d->column_x[0], d->nodes.p[0].y);
    html_attr_f(h, "marker-end", "url(#%s-arrow)", d->id);
    html_close(h, "path");
}

static void put_words(struct html *h, const char *tag, const char *id, const char *suffix, Str text)
{
    html_open(h, tag);
    html_attr_f(h, "id", "%s%s", id, suffix);
    html_text(h, text);
    html_close(h, tag);
}

static void put_picture(struct html *h, struct drawing *d, Str title, Str about)
{
    double width = d->column_x[d->columns] + MARGIN;
    html_open(h, "svg");
    html_class(h, "graph");
    html_attr(h, "role", S("img"));
    html_attr_f(h, "aria-labelledby", "%s-title %s-about", d->id, d->id);
    html_attr_f(h, "viewBox", "0 0 %.0f %.0f", width, d->height);
    html_attr_f(h, "width", "%.0f", width);
    html_attr_f(h, "height", "%.0f", d->height);
    put_words(h, "title", d->id, "-title", title);
    put_words(h, "desc", d->id, "-about", about);
    put_head(h, d, "arrow");
    put_head(h, d, "bad");
    put_start(h, d);
    for (size_t i = 0; i < d->arrows.n; i++) put_arrow(h, d, &d->arrows.p[i]);
    for (size_t i = 0; i < d->arrows.n; i++) put_label(h, &d->arrows.p[i]);
    for (int i = 0; i < d->boxes; i++) put_box(h, d, &d->nodes.p[i]);
    html_close(h, "svg");
}

Html graph_html(struct arena *a, const char *id, Str title, Str about, const struct graph_box *boxes, size_t n,
                const struct graph_arrow *arrows, size_t n_arrows)
{
    struct drawing d = { .a = a, .id = id };
    struct html h = html_make(a);
    gather(&d, boxes, n, arrows, n_arrows);
    find_columns(&d);
    find_paths(&d);
    find_places(&d);
    find_heights(&d);
    find_labels(&d);
    make_room(&d);
    find_widths(&d);
    put_picture(&h, &d, title, about);
    return html_done(&h);
}
