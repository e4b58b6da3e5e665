#include "format/template.h"

/*
 * A template is compiled into a flat array of operations.  A section is followed by its body and knows where it
 * ends, so rendering walks the array and recurses for lists only.
 */
enum { LISTS = 8, NESTED = 32, OPS = 1 << 16, FACTS = 3 };  /* lists in lists; sections and parts in each other */

enum op_type { OP_LITERAL, OP_TEXT, OP_HTML, OP_SENTENCE, OP_LIST, OP_IF };

struct place { size_t up, offset; };                /* of a value: how many lists out, then where */

struct op {
    enum op_type   type;
    struct place   at;
    enum slot_type slot;                            /* OP_IF: of what it asks for                */
    bool           inverted;                        /* OP_IF: {{^                                */
    size_t         size;                            /* OP_LIST: bytes of an item                 */
    size_t         end;                             /* OP_LIST, OP_IF: the op behind its body    */
    Str            text[LANGS];                     /* OP_LITERAL                                */
    const char    *sentence;                        /* OP_SENTENCE, with facts                   */
    size_t         facts;
    struct place   fact[FACTS];
};

struct template {
    struct { struct op *p; size_t n, cap; } ops;
    size_t literals;                                /* bytes, to guess how long the page will be */
};

/* ---- parsing ---- */

struct scope { const struct slot *slots; const struct scope *outer; size_t depth; };

struct parser {
    struct arena                 *a;
    const struct template_source *from;
    struct template              *t;
    Message                      *why;
    size_t                        nested;           /* sections and parts we are in              */
    Str                           name, text;       /* the text being parsed                     */
    size_t                        at, tag;          /* behind the last tag, and its beginning    */
};

static enum err fail(struct parser *p, const char *sentence, Str what)
{
    int64_t line = 1;
    for (size_t i = 0; i < p->tag; i++) line += p->text.p[i] == '\n';
    *p->why = MSG(sentence, p->name, str_f(p->a, "%ld", line), what);
    return ERR_INVALID;
}

static enum err add(struct parser *p, enum op_type type, struct op **out)
{
    if (p->t->ops.n == OPS) return fail(p, N_("Template {1}, line {2}: the page has too many parts."), S(""));
    *out = GROW(p->a, p->t->ops);
    (*out)->type = type;
    return OK;
}

static enum err add_literal(struct parser *p, Str text)
{
    struct op *o;
    if (!text.n) return OK;
    TRY(add(p, OP_LITERAL, &o));
    for (int l = 0; l < LANGS; l++) o->text[l] = text;
    p->t->literals += text.n;
    return OK;
}

static enum err find(struct parser *p, const struct scope *s, Str name, const struct slot **slot, struct place *at)
{
    for (size_t up = 0; s; s = s->outer, up++)
        for (const struct slot *i = s->slots; i->name; i++)
            if (str_is(name, i->name)) {
                *slot = i;
                *at = (struct place){ up, i->offset };
                return OK;
            }
    return fail(p, N_("Template {1}, line {2}: there is nothing called “{3}” here."), name);
}

/*
 * Takes the text up to "{{", and the tag up to "}}"; no tag at the end.  A line that holds only a section's tag, a part or
 * a remark leaves nothing behind, so that pages have no empty lines.
 */
static enum err next_tag(struct parser *p, Str *before, Str *tag)
{
    Str    rest = str_sub(p->text, p->at, SIZE_MAX);
    size_t open, n;
    *tag = (Str){ 0 };
    if (!str_find(rest, S("{{"), &open)) {
        *before = rest;
        p->at = p->tag = p->text.n;
        return OK;
    }
    *before = str_sub(rest, 0, open);
    p->tag = p->at + open;
    Str after = str_sub(rest, open + 2, SIZE_MAX);
    if (!str_find(after, S("}}"), &n) || !n)
        return fail(p, N_("Template {1}, line {2}: {{ without its name and }}."), S(""));
    *tag = str_sub(after, 0, n);
    size_t end = p->tag + 2 + n + 2;
    if (memchr("#^/>!", tag->p[0], 5)) {
        size_t start = p->tag, line = end;
        while (start > 0 && (p->text.p[start - 1] == ' ' || p->text.p[start - 1] == '\t')) start--;
        while (line < p->text.n && (p->text.p[line] == ' ' || p->text.p[line] == '\t')) line++;
        if ((!start || p->text.p[start - 1] == '\n') && line < p->text.n && p->text.p[line] == '\n') {
            *before = start > p->at ? str_sub(p->text, p->at, start - p->at) : S("");
            end = line + 1;
        }
    }
    p->at = end;
    return OK;
}

static enum err parse_value(struct parser *p, const struct scope *s, Str name)
{
    static const enum op_type type[] = { [SLOT_TEXT] = OP_TEXT, [SLOT_HTML] = OP_HTML };
    const struct slot *slot;
    struct place       at;
    struct op         *o;
    TRY(find(p, s, name, &slot, &at));
    if (slot->type != SLOT_TEXT && slot->type != SLOT_HTML)
        return fail(p, N_("Template {1}, line {2}: “{3}” is a list or a flag, it cannot stand as a value."), name);
    TRY(add(p, type[slot->type], &o));
    o->at = at;
    return OK;
}

/* "Page {1} of {2}|page|pages", or a sentence without facts, which is a literal of each language. */
static enum err parse_sentence(struct parser *p, const struct scope *s, Str tag)
{
    Str        sentence, names, name;
    struct op *o;
    bool       facts = str_cut(tag, '|', &sentence, &names);
    if (memchr(sentence.p, 0, sentence.n) || !sentence.n)
        return fail(p, N_("Template {1}, line {2}: an empty sentence."), S(""));
    TRY(add(p, facts ? OP_SENTENCE : OP_LITERAL, &o));
    const char *id = o->sentence = str_z(p->a, sentence);
    if (!facts) {
        for (enum lang l = 0; l < LANGS; l++) {
            struct buf b = buf_make(p->a);
            put_html_escaped(&b, tr(l, id));
            o->text[l] = buf_str(&b);
        }
        p->t->literals += o->text[0].n;
    }
    while (facts && str_next(&names, '|', &name)) {
        const struct slot *slot;
        if (o->facts == FACTS)
            return fail(p, N_("Template {1}, line {2}: a sentence has at most three facts."), S(""));
        TRY(find(p, s, name, &slot, &o->fact[o->facts++]));
        if (slot->type != SLOT_TEXT)
            return fail(p, N_("Template {1}, line {2}: “{3}” is not a text, it cannot be a fact."), name);
    }
    return OK;
}

static enum err parse(struct parser *p, const struct scope *s, Str until);

static enum err parse_section(struct parser *p, const struct scope *s, Str name, bool inverted)
{
    const struct slot *slot;
    struct place       at;
    struct op         *o;
    TRY(find(p, s, name, &slot, &at));
    bool list = slot->type == SLOT_LIST && !inverted;
    if (p->nested == NESTED || (list && s->depth == LISTS - 1))
        return fail(p, N_("Template {1}, line {2}: nested too deeply."), S(""));
    size_t index = p->t->ops.n;                     /* the array moves when it grows             */
    TRY(add(p, list ? OP_LIST : OP_IF, &o));
    *o = (struct op){ .type = o->type, .at = at, .slot = slot->type, .inverted = inverted, .size = slot->size };
    struct scope inner = { slot->item, s, s->depth + 1 };
    p->nested++;
    TRY(parse(p, list ? &inner : s, name));
    p->nested--;
    p->t->ops.p[index].end = p->t->ops.n;
    return OK;
}

static enum err parse_part(struct parser *p, const struct scope *s, Str name)
{
    Str text;
    if (p->nested == NESTED) return fail(p, N_("Template {1}, line {2}: nested too deeply."), S(""));
    if (!p->from->find(p->from->context, name, &text))
        return fail(p, N_("Template {1}, line {2}: there is no template “{3}”."), name);
    struct parser part = *p;
    part.nested++;
    part.name = name;
    part.text = text;
    part.at = part.tag = 0;
    return parse(&part, s, S(""));
}

/* Up to the end of the section `until`, or of the text when it is empty. */
static enum err parse(struct parser *p, const struct scope *s, Str until)
{
    for (;;) {
        Str before, tag;
        TRY(next_tag(p, &before, &tag));
        TRY(add_literal(p, before));
        if (!tag.n && until.n) return fail(p, N_("Template {1}, line {2}: “{3}” is not closed."), until);
        if (!tag.n) return OK;
        Str name = str_sub(tag, 1, SIZE_MAX);
        switch (tag.p[0]) {
        case '#': TRY(parse_section(p, s, name, false)); break;
        case '^': TRY(parse_section(p, s, name, true)); break;
        case '>': TRY(parse_part(p, s, name)); break;
        case '_': TRY(parse_sentence(p, s, name)); break;
        case '!': break;
        case '/':
            if (until.n && str_eq(name, until)) return OK;
            return fail(p, N_("Template {1}, line {2}: “{3}” is closed, but another one is open."), name);
        default: TRY(parse_value(p, s, tag)); break;
        }
    }
}

enum err template_parse(struct arena *a, const struct template_source *from, Str name, const struct slot *slots,
                        const struct template **out, Message *why)
{
    struct template *t = NEW(a, struct template);
    struct parser    p = { .a = a, .from = from, .t = t, .why = why, .name = name };
    struct scope     s = { .slots = slots };
    if (!from->find(from->context, name, &p.text)) {
        *why = MSG(N_("There is no template “{1}”."), name);
        return ERR_MISSING;
    }
    TRY(parse(&p, &s, S("")));
    *out = t;
    return OK;
}

/* ---- rendering ---- */

struct renderer {
    struct buf       out, sentence;
    const struct op *ops;
    enum lang        lang;
    const char      *data[LISTS];                   /* the struct of each list we are in         */
    size_t           depth;
};

static const void *value(const struct renderer *r, struct place at)
{
    return r->data[r->depth - at.up] + at.offset;
}

static bool is_set(const void *v, enum slot_type type)
{
    switch (type) {
    case SLOT_TEXT: return ((const Str *)v)->n;
    case SLOT_HTML: return ((const Html *)v)->s.n;
    case SLOT_FLAG: return *(const bool *)v;
    case SLOT_LIST: return ((const Items *)v)->n;
    }
    return false;
}

static void put_sentence(struct renderer *r, const struct op *o)
{
    Message m = { .id = o->sentence };
    for (size_t i = 0; i < o->facts; i++) m.fact[i] = *(const Str *)value(r, o->fact[i]);
    r->sentence.n = 0;
    put_message(&r->sentence, r->lang, m);
    put_html_escaped(&r->out, buf_str(&r->sentence));
}

static void render(struct renderer *r, size_t from, size_t to);

static void render_list(struct renderer *r, size_t op)
{
    const struct op *o = &r->ops[op];
    const Items     *list = value(r, o->at);
    r->depth++;
    for (size_t i = 0; i < list->n; i++) {
        r->data[r->depth] = (const char *)list->p + i * o->size;
        render(r, op + 1, o->end);
    }
    r->depth--;
}

static void render(struct renderer *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct op *o = &r->ops[i];
        switch (o->type) {
        case OP_LITERAL:  put(&r->out, o->text[r->lang]); break;
        case OP_TEXT:     put_html_escaped(&r->out, *(const Str *)value(r, o->at)); break;
        case OP_HTML:     put(&r->out, ((const Html *)value(r, o->at))->s); break;
        case OP_SENTENCE: put_sentence(r, o); break;
        case OP_LIST:
            render_list(r, i);
            i = o->end - 1;
            break;
        case OP_IF:
            if (is_set(value(r, o->at), o->slot) == o->inverted) i = o->end - 1;
            break;
        }
    }
}

Html template_render(struct arena *a, const struct template *t, enum lang l, const void *data)
{
    struct renderer r = { .out = buf_make(a), .sentence = buf_make(a), .ops = t->ops.p, .lang = l, .data = { data } };
    buf_room(&r.out, 2 * t->literals + 256);
    render(&r, 0, t->ops.n);
    return (Html){ buf_str(&r.out) };
}
