/* A form with files: whatever is sent is refused with a sentence, or its parts lie inside the body and keep the limits. */
#include "web/multipart.h"

#include "base/unicode.h"
#include "model/desk/file.h"

/* The first line is the content type, the rest the body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make((size_t)64 << 20, NULL);
    struct multipart m;
    Message why = NO_MESSAGE;
    Str type, body;
    str_cut((Str){ (const char *)data, size }, '\n', &type, &body);
    enum err err = multipart_read(&a, type, body, &m, &why);
    MUST(!err == !why.id && (!err || err == ERR_INVALID || err == ERR_TOO_BIG));
    for (size_t i = 0; !err && i < m.files_n; i++) {
        const struct part_file *f = &m.files[i];
        MUST(!f->bytes.n || (f->bytes.p >= body.p && f->bytes.p + f->bytes.n <= body.p + body.n));
        MUST(utf8_valid(f->name) && utf8_valid(f->file_name) && f->bytes.n <= UPLOAD_MAX);
    }
    for (size_t i = 0; !err && i < m.params.n; i++) MUST(utf8_valid(m.params.p[i].name) && utf8_valid(m.params.p[i].value));
    arena_free(&a);
    return 0;
}
