#include "model/desk/file.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/unicode.h"
#include "format/package.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what a file is, by its bytes ------------------------------------------------------------ */

enum { NAME_MAX_BYTES = 120, UNPACKED_MAX = 512 << 20, CONTENT_TYPES_MAX = 4 << 20 };

static bool starts_as(Str bytes, Str pattern)               /* '?': any byte                      */
{
    if (bytes.n < pattern.n) return false;
    for (size_t i = 0; i < pattern.n; i++) if (pattern.p[i] != '?' && pattern.p[i] != bytes.p[i]) return false;
    return true;
}

static const struct { Str pattern; struct file_kind kind; } kinds[] = {
    { S_("%PDF-"),                    { "pdf", "application/pdf", N_("PDF document") } },
    { S_("\x89PNG\r\n\x1A\n"),        { "png", "image/png", N_("Picture (PNG)") } },
    { S_("\xFF\xD8\xFF"),             { "jpg", "image/jpeg", N_("Photograph (JPEG)"), "jpeg|jpe" } },
    { S_("RIFF????WEBP"),             { "webp", "image/webp", N_("Picture (WebP)") } },
    { S_("AC10??\0"),                 { "dwg", "image/vnd.dwg", N_("Drawing (DWG)") } },
    { S_("AutoCAD Binary DXF\r\n"),   { "dxf", "image/vnd.dxf", N_("Drawing (DXF)") } },
    { S_("ISO-10303-21;"),            { "step", "model/step", N_("3D model (STEP)"), "stp|p21" } },
};
static const struct file_kind
    dxf = { "dxf", "image/vnd.dxf", N_("Drawing (DXF)") },
    text = { "txt", "text/plain", N_("Plain text"), "csv|tsv|tab" },
    documents[] = {
        { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_("Document (Word)") },
        { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("Workbook (Excel)") },
    };
static const Str document_part[COUNT(documents)] = { S_("word/document.xml"), S_("xl/workbook.xml") };

static const struct file_kind *kind_named(Str extension)
{
    for (size_t i = 0; i < COUNT(kinds); i++) if (str_is(extension, kinds[i].kind.extension)) return &kinds[i].kind;
    for (size_t i = 0; i < COUNT(documents); i++) if (str_is(extension, documents[i].extension)) return &documents[i];
    return str_is(extension, text.extension) ? &text : NULL;
}

/* Programs, for a sentence that says so; nothing else lets them in. */
static bool is_program(Str bytes)
{
    static const Str begins[] = { S_("MZ"), S_("\x7F" "ELF"), S_("\xCF\xFA\xED\xFE"), S_("\xCA\xFE\xBA\xBE"), S_("#!") };
    for (size_t i = 0; i < COUNT(begins); i++) if (str_starts(bytes, begins[i])) return true;
    return false;
}

/* In UTF-8, UTF-16 with its mark, or one of the encodings of before: without control characters, that is. */
static bool is_text(Str bytes)
{
    if (str_starts(bytes, S("\xFF\xFE")) || str_starts(bytes, S("\xFE\xFF"))) return true;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c == 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')) return false;
    }
    return !str_starts(bytes, S("#!"));
}

/* The first group of a drawing that is no comment (code 999): code 0, then SECTION, each on a line. */
static bool is_dxf(Str bytes)
{
    Str rest = str_sub(bytes, 0, 1024), code, value;
    while (str_next(&rest, '\n', &code) && str_next(&rest, '\n', &value))
        if (!str_is(str_trim(code), "999")) return str_is(str_trim(code), "0") && str_is(str_trim(value), "SECTION");
    return false;
}

static bool is_bomb(const struct package *p, Str bytes)
{
    uint64_t unpacked = package_unpacked(p);
    return unpacked > UNPACKED_MAX || (unpacked > PACKAGE_RATIO_FROM && unpacked / PACKAGE_RATIO > bytes.n);
}

/* Its list of parts can really be unpacked. */
static bool is_whole(struct package *p)
{
    struct part *part;
    Message ignored;
    char piece[4096];
    size_t got = 1;
    if (part_open(p, S("[Content_Types].xml"), CONTENT_TYPES_MAX, &part, &ignored)) return false;
    enum err err = OK;
    while (!err && got) err = part_read(part, piece, sizeof piece, &got, &ignored);
    part_close(part);
    return !err;
}

static const struct file_kind *office_kind(struct package *p, Str bytes, Message *why)
{
    if (is_bomb(p, bytes)) {
        *why = MSG(N_("The file unpacks to far more than an office program writes, and was refused."));
        return NULL;
    }
    if (package_has(p, S("word/vbaProject.bin")) || package_has(p, S("xl/vbaProject.bin"))) {
        *why = MSG(N_("The file holds macros, which are programs. Save it without them, as .docx or .xlsx, and send that."));
        return NULL;
    }
    if (!is_whole(p)) {
        *why = MSG(N_("The file is a zip archive, but not a whole document of Word or Excel. Unpack it and send the files one by one."));
        return NULL;
    }
    for (size_t i = 0; i < COUNT(documents); i++) if (package_has(p, document_part[i])) return &documents[i];
    *why = MSG(N_("The file is neither a document of Word nor a workbook of Excel. Save it as PDF and send that."));
    return NULL;
}

static const struct file_kind *sniff_zip(struct arena *a, Str bytes, Message *why)
{
    struct package *p;
    if (package_open(a, bytes, &p, why)) {
        *why = MSG(N_("The file is damaged or was cut off. Save it again in the program it was made with and send that."));
        return NULL;
    }
    const struct file_kind *kind = office_kind(p, bytes, why);
    package_close(p);
    return kind;
}

const struct file_kind *file_sniff(struct arena *a, Str bytes, Message *why)
{
    *why = !bytes.n ? MSG(N_("The file is empty."))
         : bytes.n > UPLOAD_MAX ? MSG(N_("The file is larger than {1} MB. Make it smaller or split it."), str_f(a, "%d", UPLOAD_MAX >> 20))
         : NO_MESSAGE;
    if (why->id) return NULL;
    for (size_t i = 0; i < COUNT(kinds); i++) if (starts_as(bytes, kinds[i].pattern)) return &kinds[i].kind;
    if (str_starts(bytes, S("PK\3\4"))) return sniff_zip(a, bytes, why);
    if (is_dxf(bytes)) return &dxf;
    if (is_text(bytes)) return &text;
    *why = is_program(bytes) ? MSG(N_("The file is a program, whatever its name says, and was refused."))
                             : MSG(N_("The file is of a kind that is not taken here. Send PDF, PNG, JPEG, WebP, DOCX, XLSX, DWG, "
                                      "DXF, STEP or plain text."));
    return NULL;
}

/* ---- names ------------------------------------------------------------------------------------ */

static bool is_hash(Str s)
{
    for (size_t i = 0; i < s.n; i++) if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'a' && s.p[i] <= 'f')) return false;
    return s.n == SHA256_HEX;
}

static bool is_name(Str s)
{
    for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F || s.p[i] == '/') return false;
    return s.n && s.n <= NAME_MAX_BYTES;
}

bool upload_read(Str field, struct upload *out)
{
    *out = (struct upload){ str_sub(field, 0, SHA256_HEX), str_sub(field, SHA256_HEX + 1, field.n) };
    return is_hash(out->hash) && field.n > SHA256_HEX && field.p[SHA256_HEX] == ' ' && is_name(out->name);
}

Str upload_text(struct arena *a, struct upload u) { return str_f(a, "%.*s %.*s", FMT(u.hash), FMT(u.name)); }

static Str last_of(Str path)                                /* browsers of old sent whole paths   */
{
    size_t from = path.n;
    while (from && path.p[from - 1] != '/' && path.p[from - 1] != '\\') from--;
    return str_sub(path, from, path.n);
}

static void split_extension(Str name, Str *stem, Str *extension)
{
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.') dot--;
    *stem = dot > 1 ? str_sub(name, 0, dot - 1) : name;
    *extension = dot > 1 ? str_sub(name, dot, name.n) : (Str){ 0 };
}

static bool is_among(Str list, Str said)
{
    Str one;
    while (list.n && str_next(&list, '|', &one)) if (str_eq(said, one)) return true;
    return false;
}

/* said: in small letters */
static bool is_extension_of(const struct file_kind *kind, Str said) { return str_is(said, kind->extension) || is_among(str_of(kind->also), said); }

/* Whether the ending names a kind of file, taken here or not; any other is part of somebody's name. */
static bool says_a_kind(Str said)
{
    static const Str not_taken = S_("doc|xls|ppt|pptx|odt|ods|odp|zip|rar|7z|gif|bmp|tif|tiff|heic|heif|svg");
    bool known = is_extension_of(&text, said) || is_among(not_taken, said);
    for (size_t i = 0; i < COUNT(kinds); i++) known |= is_extension_of(&kinds[i].kind, said);
    for (size_t i = 0; i < COUNT(documents); i++) known |= is_extension_of(&documents[i], said);
    return known;
}

static Str shortened(Str s, size_t n)                       /* not in the middle of a letter      */
{
    if (s.n <= n) return s;
    while (n && (s.p[n] & 0xC0) == 0x80) n--;
    return str_trim(str_sub(s, 0, n));
}

/* Fit to be saved under by anybody's browser. */
static Str clean_name(struct arena *a, Str name)
{
    Str clean = { 0 };
    struct buf b = buf_make(a);
    if (!text_clean(a, last_of(name), &clean)) clean = S("");
    for (size_t i = 0; i < clean.n; i++)
        put_c(&b, (unsigned char)clean.p[i] < ' ' || strchr("<>:\"|?*;", clean.p[i]) ? '_' : clean.p[i]);
    clean = str_trim(buf_str(&b));
    while (clean.n && clean.p[0] == '.') clean = str_sub(clean, 1, clean.n);
    return clean;
}

/* With an extension that says what the file is. */
static Str kept_name(struct arena *a, Str name, const struct file_kind *kind)
{
    Str clean = clean_name(a, name), stem, extension;
    split_extension(clean, &stem, &extension);
    if (!is_extension_of(kind, str_lower_ascii(a, extension))) stem = clean, extension = str_of(kind->extension);
    stem = shortened(stem, NAME_MAX_BYTES - 1 - extension.n);
    return str_f(a, "%.*s.%.*s", FMT(stem.n ? stem : S("file")), FMT(extension));
}

Message file_name_wrong(const struct work *w, Str name, const struct file_kind *kind)
{
    Str clean = clean_name(w->a, name), stem, extension;
    split_extension(clean, &stem, &extension);
    extension = str_lower_ascii(w->a, extension);
    if (!says_a_kind(extension) || is_extension_of(kind, extension)) return NO_MESSAGE;
    return MSG(N_("“{1}” is named as a .{2} file, but what is in it is: {3}. Save it anew in the program it was made with, so that name and content agree, and send that."),
               clean, extension, tr(w->lang, kind->label));
}

/* ---- on the disk ------------------------------------------------------------------------------ */

static char *path_of(struct arena *a, Str folder, Str hash)
{
    MUST(is_hash(hash));
    return str_z(a, str_f(a, "%.*s/%.*s", FMT(folder), FMT(hash)));
}

static bool lies_there(const char *path, Str bytes)
{
    struct stat st;
    return !stat(path, &st) && S_ISREG(st.st_mode) && (size_t)st.st_size == bytes.n;
}

/* With the one above it: "var/files" of a database on a server, beside which nothing has made "var" yet. */
static bool make_folder(struct arena *a, Str folder)
{
    size_t n = folder.n;
    while (n && folder.p[n - 1] != '/') n--;
    if (n > 1) mkdir(str_z(a, str_sub(folder, 0, n - 1)), 0700);
    return !mkdir(str_z(a, folder), 0700);
}

static enum err keep(struct arena *a, Str folder, Str hash, Str bytes)
{
    const char *path = path_of(a, folder, hash);
    if (lies_there(path, bytes)) return OK;
    enum err err = file_write(path, bytes);
    if (err == ERR_MISSING && make_folder(a, folder)) err = file_write(path, bytes);
    return err == ERR_MISSING ? ERR_BROKEN : err;
}

enum err file_store(struct work *w, Str folder, Str name, Str bytes, struct upload *out, Message *why)
{
    const struct file_kind *kind = file_sniff(w->a, bytes, why);
    if (kind) *why = file_name_wrong(w, name, kind);
    if (why->id) return ERR_INVALID;
    *out = (struct upload){ sha256_hex(w->a, bytes), kept_name(w->a, name, kind) };
    enum err err = keep(w->a, folder, out->hash, bytes);
    if (err) return *why = MSG(N_("The file could not be stored. Tell the administrator: the disk may be full.")), err;
    return db_exec(w->db, w->a, SQL("INSERT INTO file (hash, kind, size, name, account, at) VALUES ($1, $2, $3, $4, $5, $6)"
                                    " ON CONFLICT (hash, account) DO UPDATE SET name = excluded.name, at = excluded.at"),
                   ARGS(v_text(out->hash), v_text(str_of(kind->extension)), v_int((int64_t)bytes.n), v_text(out->name),
                        v_int(w->actor.account), v_int(time_now())));
}

Message file_wrong(struct work *w, Str was, Str now)
{
    struct upload before, u, mine;
    if (!now.n || (upload_read(was, &before) && upload_read(now, &u) && str_eq(before.hash, u.hash))) return NO_MESSAGE;
    return upload_read(now, &u) && !file_mine(w, u.hash, &mine) ? NO_MESSAGE : MSG(N_("was not sent by you; choose the file again"));
}

enum err file_mine(struct work *w, Str hash, struct upload *out)
{
    *out = (struct upload){ .hash = hash };
    struct rows r = db_query(w->db, w->a, SQL("SELECT name FROM file WHERE hash = $1 AND account = $2"),
                             ARGS(v_text(hash), v_int(w->actor.account)));
    if (rows_next(&r)) out->name = row_text(&r, 0);
    TRY(rows_end(&r));
    return out->name.n ? OK : ERR_MISSING;
}

static enum err find(struct work *w, Str hash, const struct file_kind **kind)
{
    *kind = NULL;
    if (!is_hash(hash)) return ERR_MISSING;
    struct rows r = db_query(w->db, w->a, SQL("SELECT kind FROM file WHERE hash = $1 LIMIT 1"), ARGS(v_text(hash)));
    if (rows_next(&r)) *kind = kind_named(row_text(&r, 0));
    TRY(rows_end(&r));
    return *kind ? OK : ERR_MISSING;
}

enum err file_open_stored(struct work *w, Str folder, Str hash, FILE **out, const struct file_kind **kind, int64_t *size)
{
    struct stat st;
    TRY(find(w, hash, kind));
    *out = fopen(path_of(w->a, folder, hash), "rbe");
    if (!*out) return ERR_MISSING;
    if (fstat(fileno(*out), &st)) return fclose(*out), ERR_BROKEN;
    *size = st.st_size;
    return OK;
}

enum err file_map_stored(struct work *w, Str folder, Str hash, Str *bytes)
{
    const struct file_kind *kind;
    TRY(find(w, hash, &kind));
    return file_map(path_of(w->a, folder, hash), bytes);
}
