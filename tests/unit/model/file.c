/* Files people upload: what they are is told by their bytes, and each content is kept once. */
#include "fixture.h"

#include "base/file.h"
#include "base/hash.h"
#include "model/desk/file.h"
#include "model/form.h"

#include <string.h>

static Str folder(struct arena *a) { return str_f(a, "%s/files", test_dir()); }

static enum err store(struct work *w, Str name, Str bytes, struct upload *out, Message *why);
struct storing { Str name, bytes; struct upload *out; Message *why; };
static enum err store_inside(struct work *w, void *arg)
{
    const struct storing *s = arg;
    return file_store(w, folder(w->a), s->name, s->bytes, s->out, s->why);
}

static enum err store(struct work *w, Str name, Str bytes, struct upload *out, Message *why)
{
    return work_write(w, store_inside, &(struct storing){ name, bytes, out, why });
}

/* A zip of these parts, not packed; says: how many bytes its directory says the part unpacks to, where that is not the truth. */
struct in_zip { const char *name, *text; uint32_t says; };

static void put_number(struct buf *b, int bytes, uint32_t v) { for (; bytes--; v >>= 8) put_c(b, (char)(v & 0xFF)); }

static uint32_t crc_of(Str s)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (unsigned char)s.p[i];
        for (int k = 0; k < 8; k++) crc = crc & 1 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
    }
    return ~crc;
}

/* What the header of a part and its line of the directory have in common (APPNOTE 4.3.7). */
static void put_facts(struct buf *b, const struct in_zip *entry)
{
    Str text = str_of(entry->text);
    const uint32_t shorts[] = { 20, 0, entry->says ? 8 : 0, 0, 0x21 }, longs[] = { crc_of(text), (uint32_t)text.n, entry->says ? entry->says : (uint32_t)text.n };
    for (size_t i = 0; i < COUNT(shorts); i++) put_number(b, 2, shorts[i]);
    for (size_t i = 0; i < COUNT(longs); i++) put_number(b, 4, longs[i]);
    put_number(b, 2, (uint32_t)strlen(entry->name));
    put_number(b, 2, 0);
}

static Str zip_of(struct arena *a, const struct in_zip *parts, size_t n)
{
    struct buf b = buf_make(a), directory = buf_make(a);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)b.n;
        put(&b, S("PK\3\4"));
        put_facts(&b, &parts[i]);
        put_z(&b, parts[i].name);
        put_z(&b, parts[i].text);
        put(&directory, S("PK\1\2\x14\0"));
        put_facts(&directory, &parts[i]);
        put(&directory, S("\0\0\0\0\0\0\0\0\0\0"));
        put_number(&directory, 4, at);
        put_z(&directory, parts[i].name);
    }
    uint32_t from = (uint32_t)b.n;
    put(&b, buf_str(&directory));
    put(&b, S("PK\5\6\0\0\0\0"));
    put_number(&b, 2, (uint32_t)n);
    put_number(&b, 2, (uint32_t)n);
    put_number(&b, 4, (uint32_t)directory.n);
    put_number(&b, 4, from);
    put_number(&b, 2, 0);
    return buf_str(&b);
}
#define ZIP_OF(a, ...) zip_of(a, (const struct in_zip[]){ __VA_ARGS__ }, sizeof((const struct in_zip[]){ __VA_ARGS__ }) / sizeof(struct in_zip))
#define CONTENT_TYPES { "[Content_Types].xml", "<Types/>", 0 }

TEST(the_kind_of_a_file_is_told_by_its_bytes)
{
    static const struct { Str bytes; const char *extension; } want[] = {
        { S_("%PDF-1.7 ..."), "pdf" },          { S_("\x89PNG\r\n\x1A\n...."), "png" }, { S_("\xFF\xD8\xFF\xE0...."), "jpg" },
        { S_("RIFF\x01\x02\x03\x04WEBPVP8 "), "webp" }, { S_("AC1032\0\0\0"), "dwg" }, { S_("  0\r\nSECTION\r\n  2\r\nHEADER"), "dxf" },
        { S_("ISO-10303-21;\nHEADER;"), "step" }, { S_("MST;Tên\n0100,Á"), "txt" }, { S_("\xFF\xFEM\0S\0"), "txt" },
    };
    Message why;
    for (size_t i = 0; i < COUNT(want); i++) {
        const struct file_kind *k = file_sniff(a, want[i].bytes, &why);
        CHECK(k);
        CHECK_STR(str_of(k->extension), str_of(want[i].extension));
    }
    const struct file_kind *word = file_sniff(a, ZIP_OF(a, CONTENT_TYPES, { "word/document.xml", "<w/>", 0 }), &why);
    const struct file_kind *book = file_sniff(a, ZIP_OF(a, CONTENT_TYPES, { "xl/workbook.xml", "<x/>", 0 }), &why);
    CHECK(word && str_is(S("docx"), word->extension));
    CHECK(book && str_is(S("xlsx"), book->extension));
}

TEST(what_is_not_one_of_the_kinds_is_refused_with_a_sentence)
{
    Str zip = ZIP_OF(a, CONTENT_TYPES, { "word/document.xml", "<w/>", 0 });
    const struct { Str bytes; const char *says; } want[] = {
        { S(""), "empty" },
        { S("MZ\x90\0\3\0"), "program" }, { S("\x7F" "ELF\2\1\1\0"), "program" }, { S("#!/bin/sh\nrm -rf /\n"), "program" },
        { S("\0\1\2\3"), "kind that is not taken" }, { S("GIF89a\1\0"), "kind that is not taken" },
        { S("PK\3\4 and no more"), "damaged" }, { str_sub(zip, 0, zip.n / 2), "damaged" },
        { ZIP_OF(a, { "setup.exe", "MZ", 0 }), "zip archive" },
        { ZIP_OF(a, CONTENT_TYPES, { "ppt/presentation.xml", "<p/>", 0 }), "neither" },
        { ZIP_OF(a, CONTENT_TYPES, { "xl/workbook.xml", "<x/>", 0 }, { "xl/vbaProject.bin", "x", 0 }), "macros" },
        { ZIP_OF(a, CONTENT_TYPES, { "word/document.xml", "x", 64 << 20 }), "unpacks" },
        { (Str){ NEW_ARRAY(a, char, UPLOAD_MAX + 1), UPLOAD_MAX + 1 }, "larger than 32 MB" },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        Message why = NO_MESSAGE;
        CHECK(!file_sniff(a, want[i].bytes, &why));
        Str said = message_str(a, EN, why);
        if (!str_has(said, str_of(want[i].says))) test_fail(__FILE__, __LINE__, "%zu: %.*s", i, FMT(said));
    }
}

TEST_MODEL(a_name_is_for_people_and_says_what_the_file_is)
{
    static const struct { const char *given, *kept; } want[] = {
        { "Chứng nhận ISO.pdf", "Chứng nhận ISO.pdf" },
        { "C:\\Users\\An\\scan.PDF", "scan.PDF" },
        { "../../etc/passwd", "passwd.pdf" },
        { "invoice.pdf.exe", "invoice.pdf.exe.pdf" },
        { "", "file.pdf" }, { "...", "file.pdf" }, { ".pdf", "pdf.pdf" },
        { "a\nb<c>:d|e?.pdf", "a_b_c__d_e_.pdf" },
        { "\xE2\x80\xAEgpj.pdf", "gpj.pdf" },
        { "\xFF\xFE", "file.pdf" },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        struct upload u;
        Message why;
        CHECK_INT(store(w, str_of(want[i].given), S("%PDF-1.4"), &u, &why), OK);
        CHECK_STR(u.name, str_of(want[i].kept));
    }
}

TEST_MODEL(a_name_that_says_another_kind_than_the_bytes_is_refused_with_both)
{
    Str text = S("Họ tên;Tuổi\nAn;30\n"), pdf = S("%PDF-1.4"), word = ZIP_OF(a, CONTENT_TYPES, { "word/document.xml", "<w/>", 0 });
    const struct { const char *name; Str bytes; const char *is; } want[] = {
        { "bản ký.PDF", text, "“bản ký.PDF” is named as a .pdf file, but what is in it is: Plain text." },
        { "bang.xlsx", text, "Plain text" }, { "anh.jpg", pdf, "PDF document" }, { "bang.xlsx", word, "Document (Word)" }, { "to-trinh.docx", text, "Plain text" },
        { "so.xls", text, ".xls file" }, { "anh.png", S("\xFF\xD8\xFF\xE0...."), "Photograph (JPEG)" }, { "ghi-chu.txt", pdf, "named as a .txt" }, { "ban-ve.dxf", text, "Plain text" },
        { "ho-so.zip", pdf, "named as a .zip" },
    };
    struct upload u;
    Message why;
    w->lang = EN;
    for (size_t i = 0; i < COUNT(want); i++) {
        CHECK_INT(store(w, str_of(want[i].name), want[i].bytes, &u, &why), ERR_INVALID);
        if (!str_has(message_str(a, EN, why), str_of(want[i].is))) test_fail(__FILE__, __LINE__, "%zu: %.*s", i, FMT(message_str(a, EN, why)));
    }
    static const char *const fits[] = { "a.csv", "a.TXT", "a.2026", "bao-cao", "15.HĐ-SCT", "a.exe" };
    for (size_t i = 0; i < COUNT(fits); i++) CHECK_INT(store(w, str_of(fits[i]), text, &u, &why), OK);
    CHECK_INT(store(w, S("a.jpeg"), S("\xFF\xD8\xFF\xE0...."), &u, &why), OK);
    CHECK_INT(store(w, S("a.stp"), S("ISO-10303-21;\nHEADER;"), &u, &why), OK);
    CHECK_INT(store(w, S("a.dxf"), S("999\ndxflib 3\n0\nSECTION\n"), &u, &why), OK);
    CHECK_STR(u.name, S("a.dxf"));
}

TEST_MODEL(a_name_too_long_is_cut_between_letters)
{
    struct buf b = buf_make(a);
    struct upload u, again;
    Message why;
    for (int i = 0; i < 100; i++) put_z(&b, "ế");
    put_z(&b, ".pdf");
    CHECK_INT(store(w, buf_str(&b), S("%PDF-1.4"), &u, &why), OK);
    CHECK(u.name.n <= 120 && str_ends(u.name, S("ế.pdf")));
    CHECK(upload_read(upload_text(a, u), &again));
    CHECK_STR(again.name, u.name);
    CHECK_STR(again.hash, u.hash);
}

TEST_MODEL(the_same_content_is_kept_once_and_opens_again)
{
    struct upload one, other;
    Message why;
    FILE *f;
    const struct file_kind *kind;
    int64_t size;
    Str bytes;
    CHECK_INT(store(w, S("a.pdf"), S("%PDF-1.4 x"), &one, &why), OK);
    w->actor.account = 7;
    CHECK_INT(store(w, S("b.pdf"), S("%PDF-1.4 x"), &other, &why), OK);
    CHECK_STR(one.hash, other.hash);
    CHECK_STR(one.hash, sha256_hex(a, S("%PDF-1.4 x")));
    CHECK_INT(count_sql(w, "SELECT count(*) FROM file"), 2);        /* by two people               */
    CHECK_INT(file_open_stored(w, folder(a), one.hash, &f, &kind, &size), OK);
    CHECK_INT(size, 10);
    CHECK_STR(str_of(kind->media_type), S("application/pdf"));
    fclose(f);
    CHECK_INT(file_map_stored(w, folder(a), one.hash, &bytes), OK);
    CHECK_STR(bytes, S("%PDF-1.4 x"));
    file_unmap(bytes);
}

TEST_MODEL(a_file_that_was_lost_half_way_is_written_again)
{
    struct upload u;
    Message why;
    Str bytes;
    CHECK_INT(store(w, S("a.pdf"), S("%PDF-1.4 whole"), &u, &why), OK);
    CHECK_INT(file_write(str_z(a, str_f(a, "%.*s/%.*s", FMT(folder(a)), FMT(u.hash))), S("%PDF")), OK);
    CHECK_INT(store(w, S("a.pdf"), S("%PDF-1.4 whole"), &u, &why), OK);
    CHECK_INT(file_map_stored(w, folder(a), u.hash, &bytes), OK);
    CHECK_STR(bytes, S("%PDF-1.4 whole"));
    file_unmap(bytes);
}

TEST_MODEL(only_what_was_stored_is_found_and_no_name_is_a_path)
{
    static const char *const wrong[] = { "", "..", "../made.zip", "0000000000000000000000000000000000000000000000000000000000000000" };
    FILE *f;
    const struct file_kind *kind;
    int64_t size;
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK_INT(file_open_stored(w, folder(a), str_of(wrong[i]), &f, &kind, &size), ERR_MISSING);
}

TEST_MODEL(a_field_takes_a_file_of_ones_own_or_the_one_it_had)
{
    struct upload u;
    Message why;
    w->actor.account = 7;
    CHECK_INT(store(w, S("a.pdf"), S("%PDF-1.4"), &u, &why), OK);
    Str field = upload_text(a, u);
    CHECK(!file_wrong(w, (Str){ 0 }, field).id);
    w->actor.account = 8;
    CHECK(file_wrong(w, (Str){ 0 }, field).id);
    CHECK(!file_wrong(w, field, field).id);
    CHECK(!file_wrong(w, field, (Str){ 0 }).id);
    CHECK(file_wrong(w, field, S("no file")).id);
}

TEST_MODEL(a_form_keeps_a_file_takes_a_new_one_or_removes_it)
{
    struct upload u;
    Message why;
    struct record *r = thing_named(w, "Trục"), *out;
    w->actor.account = 7;
    CHECK_INT(store(w, S("a.pdf"), S("%PDF-1.4"), &u, &why), OK);
    r->v[THING_FILE] = v_text(upload_text(a, u));
    CHECK_INT(save(w, NULL, r), OK);
    CHECK_INT(store(w, S("b.pdf"), S("%PDF-1.5"), &u, &why), OK);
    Str old = v_str(r->v[THING_FILE]), new = upload_text(a, u), others = str_f(a, "%.*s x.pdf", FMT(sha256_hex(a, S("another's"))));
    const struct { struct asked typed[2]; size_t n; Str kept; bool good; } want[] = {
        { { { S("file"), old } }, 1, old, true },
        { { { S("file"), new } }, 1, new, true },
        { { { S("file"), old }, { S("file.remove"), S("1") } }, 2, { 0 }, true },
        { { { S("file"), new }, { S("file.remove"), S("1") } }, 2, new, true },
        { { { S("file"), others } }, 1, { 0 }, false },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        struct form_problems wrong = { 0 };
        CHECK_INT(form_read(w, &thing, r, want[i].typed, want[i].n, &out, &wrong), want[i].good ? OK : ERR_INVALID);
        if (want[i].good) CHECK_STR(v_str(out->v[THING_FILE]), want[i].kept);
        else CHECK_STR(wrong.p[0].input, S("file"));
    }
}

TEST(a_field_of_a_file_is_its_hash_and_its_name)
{
    struct upload u;
    Str hash = sha256_hex(a, S("x"));
    CHECK(upload_read(str_f(a, "%.*s a b.pdf", FMT(hash)), &u));
    CHECK_STR(u.name, S("a b.pdf"));
    CHECK(!upload_read(hash, &u));
    CHECK(!upload_read(str_f(a, "%.*s ", FMT(hash)), &u));
    CHECK(!upload_read(str_f(a, "%.*s ../a", FMT(hash)), &u));
    CHECK(!upload_read(str_f(a, "%.*s/a.pdf", FMT(hash)), &u));
    CHECK(!upload_read(str_f(a, "X%.*s a.pdf", FMT(str_sub(hash, 1, 63))), &u));
}
