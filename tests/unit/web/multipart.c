/* Forms with files: what browsers send, and what nobody should. */
#include "test.h"

#include "model/desk/file.h"
#include "web/multipart.h"

#define TYPE S("multipart/form-data; boundary=----X1")

static enum err read(struct arena *a, Str body, struct multipart *out, Message *why)
{
    *why = NO_MESSAGE;
    return multipart_read(a, TYPE, body, out, why);
}

static const Str FORM = S_(
    "------X1\r\nContent-Disposition: form-data; name=\"name_vi\"\r\n\r\nBánh răng\r\nthứ hai\r\n"
    "------X1\r\nContent-Disposition: form-data; name=\"evidence.file\"; filename=\"b\xE1\xBA\xA3n %22sao%22.pdf\"\r\n"
    "Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n\0\r\n--\r\n------X1\r\n"
    "Content-Disposition: form-data; name=\"other.file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
    "------X1--\r\n");

TEST(values_and_files_of_a_form_are_read)
{
    struct multipart m;
    Message why;
    CHECK_INT(read(a, FORM, &m, &why), OK);
    CHECK_INT(m.params.n, 1);
    CHECK_STR(params_get(&m.params, "name_vi"), S("Bánh răng\nthứ hai"));
    CHECK_INT(m.files_n, 1);
    CHECK_STR(m.files[0].name, S("evidence.file"));
    CHECK_STR(m.files[0].file_name, S("bản \"sao\".pdf"));
    CHECK_STR(m.files[0].type, S("application/pdf"));
    CHECK_STR(m.files[0].bytes, S("%PDF-1.7\r\n\0\r\n--"));
}

TEST(a_form_cut_off_anywhere_is_refused)
{
    Str whole = FORM;
    for (size_t n = 0; n < whole.n - 4; n++) {
        struct multipart m;
        Message why;
        CHECK_INT(read(a, str_sub(whole, 0, n), &m, &why), ERR_INVALID);
        CHECK(why.id);
    }
}

TEST(a_file_of_no_bytes_is_a_file_and_an_empty_choice_is_none)
{
    struct multipart m;
    Message why;
    CHECK_INT(read(a, S("------X1\r\nContent-Disposition: form-data; name=f; filename=a.pdf\r\n\r\n\r\n------X1--"), &m, &why), OK);
    CHECK_INT(m.files_n, 1);
    CHECK_INT(m.files[0].bytes.n, 0);
}

TEST(a_boundary_may_stand_in_quotes_and_every_case)
{
    struct multipart m;
    Message why;
    Str body = S("--a b\r\nCONTENT-DISPOSITION: Form-Data; NAME=\"x\"\r\n\r\n1\r\n--a b--\r\n");
    CHECK_INT(multipart_read(a, S("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), body, &m, &why), OK);
    CHECK_STR(params_get(&m.params, "x"), S("1"));
}

TEST(forms_that_are_not_well_formed_are_refused_with_a_sentence)
{
    static const char *const bodies[] = {
        "", "x", "--other\r\n\r\n\r\n--other--", "------X1 x\r\n\r\n\r\n------X1--",
        "------X1\r\n\r\nvalue without a head\r\n------X1--",
        "------X1\r\nContent-Type: text/plain\r\n\r\nwithout a name\r\n------X1--",
        "------X1\r\nContent-Disposition: form-data\r\n\r\nwithout a name\r\n------X1--",
        "------X1\r\nContent-Disposition: attachment; name=x\r\n\r\nof another kind\r\n------X1--",
        "------X1\r\nContent-Disposition: form-data; name=\"x\r\n\r\nunclosed\r\n------X1--",
        "------X1\r\nContent-Disposition: form-data; name=x\r\nContent-Disposition: form-data; name=y\r\n\r\ntwice\r\n------X1--",
        "------X1\r\nno colon\r\n\r\n\r\n------X1--",
        "------X1\r\nContent-Disposition: form-data; name=x\r\n\r\n\xFF\xFE\r\n------X1--",
    };
    static const char *const headers[] = {
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"x", "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890x",
    };
    struct multipart m;
    Message why;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        CHECK_INT(read(a, str_of(bodies[i]), &m, &why), ERR_INVALID);
        CHECK(why.id);
    }
    for (size_t i = 0; i < COUNT(headers); i++) CHECK_INT(multipart_read(a, str_of(headers[i]), S("--x--"), &m, &why), ERR_INVALID);
}

static Str many_parts(struct arena *a, int n)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < n; i++) put_f(&b, "------X1\r\nContent-Disposition: form-data; name=f%d\r\n\r\n1\r\n", i);
    put_z(&b, "------X1--\r\n");
    return buf_str(&b);
}

static Str one_part(struct arena *a, const char *more, size_t bytes)
{
    struct buf b = buf_make(a);
    put_f(&b, "------X1\r\nContent-Disposition: form-data; name=x%s\r\n\r\n", more);
    memset(buf_room(&b, bytes), 'a', bytes);
    b.n += bytes;
    put_z(&b, "\r\n------X1--\r\n");
    return buf_str(&b);
}

TEST(what_is_over_a_limit_is_refused)
{
    struct multipart m;
    Message why;
    CHECK_INT(read(a, many_parts(a, PARTS_MAX), &m, &why), OK);
    CHECK_INT(read(a, many_parts(a, PARTS_MAX + 1), &m, &why), ERR_TOO_BIG);
    CHECK_INT(read(a, one_part(a, "", BODY_MAX), &m, &why), OK);
    CHECK_INT(read(a, one_part(a, "", BODY_MAX + 1), &m, &why), ERR_TOO_BIG);
    CHECK_INT(read(a, one_part(a, "; filename=a", UPLOAD_MAX), &m, &why), OK);
    CHECK_INT(read(a, one_part(a, "; filename=a", UPLOAD_MAX + 1), &m, &why), ERR_TOO_BIG);
    struct buf name = buf_make(a);
    put_z(&name, "; filename=");
    for (int i = 0; i <= PART_NAME_MAX; i++) put_c(&name, 'n');
    CHECK_INT(read(a, one_part(a, str_z(a, buf_str(&name)), 1), &m, &why), ERR_TOO_BIG);
}
