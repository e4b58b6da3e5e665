#include "format/package.h"

#include <zip.h>

struct package {
    struct arena *a;
    zip_t        *zip;
    size_t        size;
    struct part  *free;                             /* closed ones, to be used again             */
};

struct part {
    struct package *package;
    zip_file_t     *file;
    Str             name;
    uint64_t        packed, inflated, max;
    struct part    *next;
};

static enum err damaged(Message *why)
{
    *why = MSG(N_("The file is damaged or was cut off. Open it in a spreadsheet program, save it again as .xlsx and "
                  "send that."));
    return ERR_INVALID;
}

enum err package_open(struct arena *a, Str bytes, struct package **out, Message *why)
{
    struct package *p = NEW(a, struct package);
    zip_error_t     e;
    zip_error_init(&e);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &e);
    p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &e) : NULL;
    if (!p->zip && source) zip_source_free(source);
    zip_error_fini(&e);
    if (!p->zip) return damaged(why);
    if (zip_get_num_entries(p->zip, 0) > PACKAGE_PARTS) {
        zip_discard(p->zip);
        *why = MSG(N_("The file is a zip of too many parts, which no spreadsheet program writes, and was refused."));
        return ERR_TOO_BIG;
    }
    p->a = a;
    p->size = bytes.n;
    *out = p;
    return OK;
}

void package_close(struct package *p) { zip_discard(p->zip); }

static bool locate(const struct package *p, Str name, zip_uint64_t *index)
{
    char z[256];
    if (name.n >= sizeof z || memchr(name.p, 0, name.n)) return false;
    memcpy(z, name.p, name.n);
    z[name.n] = 0;
    zip_int64_t i = zip_name_locate(p->zip, z, ZIP_FL_NOCASE);
    if (i >= 0) *index = (zip_uint64_t)i;
    return i >= 0;
}

bool package_has(const struct package *p, Str name)
{
    zip_uint64_t index;
    return name.n && locate(p, name, &index);
}

uint64_t package_unpacked(const struct package *p)
{
    uint64_t total = 0;
    zip_int64_t n = zip_get_num_entries(p->zip, 0);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        uint64_t size = zip_stat_index(p->zip, (zip_uint64_t)i, 0, &st) ? 0 : st.size;
        total = size > UINT64_MAX - total ? UINT64_MAX : total + size;
    }
    return total;
}

static enum err too_big(Str name, Message *why)
{
    *why = MSG(N_("The file is too big when unpacked ({1}). Split it into several files."), name);
    return ERR_TOO_BIG;
}

enum err part_open(struct package *p, Str name, uint64_t max, struct part **out, Message *why)
{
    zip_uint64_t index;
    zip_stat_t   st;
    if (!name.n || !locate(p, name, &index) || zip_stat_index(p->zip, index, 0, &st)) {
        *why = MSG(N_("The file is not a complete workbook: {1} is missing. Open it in a spreadsheet program, save it "
                      "again as .xlsx and send that."), str_dup(p->a, name));
        return ERR_MISSING;
    }
    if (st.encryption_method != ZIP_EM_NONE) {
        *why = MSG(N_("The file is protected by a password. Take the password off, save it and send that."));
        return ERR_INVALID;
    }
    if (st.size > max) return too_big(str_dup(p->a, name), why);
    struct part *part = p->free ? p->free : NEW(p->a, struct part);
    p->free = part->next;
    *part = (struct part){ .package = p, .name = str_dup(p->a, name), .max = max };
    part->packed = st.comp_size < p->size ? st.comp_size : p->size;
    part->file = st.comp_method == ZIP_CM_STORE || st.comp_method == ZIP_CM_DEFLATE ? zip_fopen_index(p->zip, index, 0)
                                                                                    : NULL;
    if (!part->file) return damaged(why);
    *out = part;
    return OK;
}

enum err part_read(void *context, char *to, size_t room, size_t *got, Message *why)
{
    struct part *part = context;
    zip_int64_t  n = zip_fread(part->file, to, room);
    if (n < 0) return damaged(why);
    *got = (size_t)n;
    part->inflated += *got;
    if (part->inflated > part->max) return too_big(part->name, why);
    if (part->inflated > PACKAGE_RATIO_FROM && part->inflated / PACKAGE_RATIO > part->packed) {
        *why = MSG(N_("The file unpacks to more than {1} times its size, which no spreadsheet program writes, and was "
                      "refused."), str_f(part->package->a, "%d", PACKAGE_RATIO));
        return ERR_TOO_BIG;
    }
    return OK;
}

void part_close(struct part *part)
{
    if (!part) return;
    zip_fclose(part->file);
    part->next = part->package->free;
    part->package->free = part;
}
