/*
 * The file of an index with any bytes changed and checksums that are right again, as a hostile one has them: it is not taken, or it can be asked,
 * updated and merged without touching a byte outside of it.  What comes in is edits of a file that is right: four bytes of place,
 * one of width, the rest the new value.
 */
#include "base/hash.h"
#include "engine/match/match.h"
#include "engine/search/kept.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { DOCS = 70, CHANGED = 9, EDIT = 9, BLOCK = 1 << 20, CONTENT = 1 << 19 };
static const struct search_schema schema = { .fields = 2, .facets = 1, .numbers = 1, .field = { { 8, 8 }, { 5, 12 } } };
static const size_t room = (size_t)256 << 20;
static const char *const words[] = { "Khuôn", "mẫu", "đúc", "Đức", "ISO", "9001", "thép", "nhựa" };

static struct search_doc doc_of(struct arena *a, size_t i)
{
    Str *text = NEW_ARRAY(a, Str, 3);
    SearchValues *value = NEW(a, SearchValues);
    double *number = NEW(a, double);
    text[0] = str_f(a, "%s %s", words[i % 8], words[i / 3 % 8]);
    text[1] = str_f(a, "%s\n%s %s", words[i / 2 % 8], words[i / 7 % 8], words[i / 5 % 8]);
    text[2] = str_f(a, "%d", (int)(i % 5));
    *value = (SearchValues){ &text[2], 1 };
    *number = (double)i;
    struct fact *facts = NEW_ARRAY(a, struct fact, 2);
    for (size_t f = 0; f < 2; f++)
        facts[f] = (struct fact){ .kind = (uint8_t)((i + f) % 2), .code = text[2], .also = &text[2], .also_n = i % 2, .number = { (float)i, (float)f },
                                  .from = DAY_ALWAYS, .until = i % 3 ? DAY_NO_END : DAY_UNKNOWN };
    return (struct search_doc){ .id = (int64_t)i, .sort = text[0], .field = text, .facet = value, .number = number, .facts = facts, .facts_n = i % 4 ? 2 : 0 };
}

static struct search *changed_by(const struct search *s, struct arena *a)
{
    struct search_doc doc[CHANGED];
    struct search *new;
    for (size_t i = 0; i < CHANGED; i++) doc[i] = doc_of(a, DOCS - 4 + i);
    MUST(!search_update(s, doc, CHANGED, (const int64_t[]){ 0, 5 }, 2, &new));
    return new;
}

/* The sections of an index of two parts, without its checksums. */
static size_t right_file(struct arena *a, char *path, char *content)
{
    struct search_build *b = search_build_open(&schema, room);
    for (size_t i = 0; i < DOCS; i++) {
        struct search_doc doc = doc_of(a, i);
        MUST(!search_build_add(b, &doc));
    }
    struct search *first = search_build_close(b, 1), *s = changed_by(first, a);
    MUST(!search_save(s, path, &(struct search_stamp){ { 1 } }));
    FILE *f = fopen(path, "rb");
    MUST(f);
    size_t n = fread(content, 1, CONTENT, f);
    MUST(n > sizeof(uint64_t) && n < CONTENT && !fclose(f) && !unlink(path));
    search_release(first);
    search_release(s);
    return n - sizeof(uint64_t);
}

static void ask(const struct search *s, struct arena *a)
{
    static const char *const queries[] = { "", "khuon mau", "\"mẫu đúc\"", "th", "khuôn Đức thép" };
    Str value = S("2");
    struct search_filter filter = { 0, { &value, 1 } };
    for (size_t i = 0; i < COUNT(queries); i++)
        search_find(s, a, &(struct search_query){ .words = str_of(queries[i]), .prefix = i == 3, .filter = &filter, .filters = i % 2, .count = 1, .limit = 10 });
    const struct match_code code = { value, 1000 };
    const struct match_criterion asked = { .kind = 1, .weight = 5, .codes = &code, .codes_n = 1, .also = &code, .also_n = 1, .day = 3, .parts = 1,
                                           .part = { { .number = 0, .rule = AT_LEAST, .value = 30, .slack = 1 } } };
    struct match_result found;
    MUST(!match_find(s, a, &(struct match_demand){ .criteria = &asked, .n = 1, .words = S("mẫu"), .words_weight = 1, .most = 10 }, false, &found));
}

static void work_on(struct search *s, struct arena *a)
{
    struct search *merged, *changed = changed_by(s, a);
    struct search_doc doc = doc_of(a, 3);
    ask(s, a);
    ask(changed, a);
    search_check(s, &doc);
    MUST(!search_merge(changed, &merged));
    ask(merged, a);
    search_release(merged);
    search_release(changed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char right[CONTENT], content[CONTENT], path[64];
    static size_t size;
    struct arena a = arena_make(room, NULL);
    if (!size) {
        snprintf(path, sizeof path, "/tmp/fuzz-index-%ld", (long)getpid());
        size = right_file(&a, path, right);
    }
    memcpy(content, right, size);
    for (; n >= EDIT; data += EDIT, n -= EDIT) {
        uint32_t at;
        memcpy(&at, data, sizeof at);
        at %= (uint32_t)size;
        size_t width = data[4] % 4 + (size_t)1;
        memcpy(content + at, data + 5, at + width <= size ? width : 1);
    }
    uint64_t sum = hash64(content, size);
    int file = memfd_create("index", MFD_CLOEXEC);
    MUST(write(file, content, size) == (ssize_t)size && write(file, &sum, sizeof sum) == sizeof sum);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct search_stamp stamp;
    struct search *s;
    if (!search_open(path, &schema, room, &stamp, &s)) {
        work_on(s, &a);
        search_release(s);
    }
    close(file);
    arena_free(&a);
    return 0;
}
