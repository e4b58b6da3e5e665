/* Supply networks in CSV files: what is read, and what is refused with which sentence. */
#include "format/network/network_file.h"
#include "base/hash.h"

#include "test.h"

static struct delimited *opened(struct arena *a, Str text, int threads)
{
    struct delimited *d = NEW(a, struct delimited);
    Message why = NO_MESSAGE;
    if (delimited_open(a, S("file.csv"), text, threads, d, &why)) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(a, EN, why)));
    return d;
}

static struct firms *firms_of(struct arena *a, Str text)
{
    struct firms *f = NEW(a, struct firms);
    Message why = NO_MESSAGE;
    if (firms_read(a, opened(a, text, 1), f, &why)) test_fail(__FILE__, __LINE__, "%.*s", FMT(message_str(a, EN, why)));
    return f;
}

/* Three firms of two industries, for the files beside them. */
static struct firms *three(struct arena *a) { return firms_of(a, S("id,industry\nA,10\nB,20\nC,10\n")); }

enum kind { FIRMS, LINKS, CLASSES, VALUES, SHARES, COSTS, IMPORTS, CHOSEN };

static Str put_links(struct arena *a, const struct firms *f, const struct link_list *l)
{
    struct buf b = buf_make(a);
    for (size_t i = 0; i < l->n; i++)
        put_f(&b, "%.*s>%.*s %.17g\n", FMT(f->ids.names[l->supplier[i]]), FMT(f->ids.names[l->customer[i]]), l->value[i]);
    return buf_str(&b);
}

/* What the file says of three(), or why it is refused. */
static Str read_as(struct arena *a, enum kind kind, Str text, int threads)
{
    struct firms *f = three(a), own;
    struct delimited *d = NEW(a, struct delimited);
    struct link_list links;
    struct import_list imports;
    struct buf b = buf_make(a);
    Message why = NO_MESSAGE;
    uint8_t *classes;
    double *values;
    uint32_t *chosen;
    size_t n;
    enum err e = delimited_open(a, S("file.csv"), text, threads, d, &why);
    if (!e) switch (kind) {
    case FIRMS:
        e = firms_read(a, d, &own, &why);
        for (uint32_t i = 0; !e && i < own.ids.n; i++)
            put_f(&b, "%.*s %.*s %s%s\n", FMT(own.ids.names[i]), FMT(own.industries.names[own.industry[i]]),
                  own.country && own.country[i] != NO_NUMBER ? str_z(a, own.countries.names[own.country[i]]) : "-",
                  own.local ? own.local[i] ? " local" : " foreign" : "");
        break;
    case LINKS:
        e = links_read(a, d, f, threads, &links, &why);
        if (!e) put(&b, put_links(a, f, &links));
        break;
    case CLASSES:
        e = classes_read(a, d, &f->industries, &classes, &why);
        for (int i = 0; !e && i < 4; i++) put_f(&b, "%d%s", classes[i], i == 1 ? "\n" : "");
        break;
    case VALUES: case SHARES: case COSTS:
        e = firm_values_read(a, d, f, (struct value_limits){ -1, kind == SHARES, kind == COSTS ? (const double[]){ 1, 2, 3 } : NULL }, &values, &why);
        for (uint32_t i = 0; !e && i < f->ids.n; i++) put_f(&b, "%g ", values[i]);
        break;
    case IMPORTS:
        e = imports_read(a, d, f, &imports, &why);
        for (size_t i = 0; !e && i < imports.n; i++)
            put_f(&b, "%u %.*s %g\n", imports.firm[i], FMT(imports.countries.names[imports.country[i]]), imports.value[i]);
        break;
    case CHOSEN:
        e = chosen_read(a, d, f, &chosen, &n, &why);
        for (size_t i = 0; !e && i < n; i++) put_f(&b, "%u ", chosen[i]);
        break;
    }
    CHECK(!e == !why.id);
    return e ? message_str(a, EN, why) : buf_str(&b);
}

#define READ(kind, text) read_as(a, kind, S(text), 2)

TEST(columns_are_found_by_their_headings_in_any_order)
{
    Str want = S("A>B 1\nB>C 2.5\n");
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB,C,2.5\n"), want);
    CHECK_STR(READ(LINKS, "note,Value,CUSTOMER,supplier\nx,1,B,A\ny,2.5,C,B\n"), want);
    CHECK_STR(READ(LINKS, "Nhà cung cấp;Khách hàng;Giá trị\nA;B;1\nB;C;2,5\n"), want);
    CHECK_STR(READ(LINKS, "from\tto\tamount\nA\tB\t1\nB\tC\t2.5\n"), want);
    CHECK_STR(READ(LINKS, "x,y,z\nA,B,1\nB,C,2.5\n"), want);
    CHECK_STR(READ(FIRMS, "Tax_Code,country,local,NACE\n01,VN,1,10\n02,,Không,11\n"), S("01 10 VN local\n02 11 - foreign\n"));
    CHECK_STR(READ(FIRMS, "a,b,c\n1,10,DE\n2,10,\n"), S("1 10 DE\n2 10 -\n"));
    CHECK_STR(READ(LINKS, "euro,supplier,customer\n1,A,B\n2.5,B,C\n"), want);
    CHECK_STR(READ(VALUES, "id,jobs\nA,7\n"), S("7 -1 -1 "));
    CHECK_STR(READ(LINKS, "supplier,customer,euro,year\nA,B,1,2\n"), S("file.csv has no column “weight”; docs/research.md has the names that are known."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight,value\nA,B,1,1\n"), S("file.csv has two columns for the same: “weight” and “value”."));
    CHECK_STR(READ(LINKS, "x,y\nA,B\n"), S("file.csv has no column “weight”; docs/research.md has the names that are known."));
    CHECK_STR(READ(LINKS, "A,B,1\nB,C,2\n"), S("file.csv has no header: its first line holds the number 1. Write the names of the columns above it."));
}

TEST(line_ends_marks_quotes_and_spaces_do_not_matter)
{
    Str want = S("A>B 1\nB>C 2.5\n");
    CHECK_STR(READ(LINKS, "\xEF\xBB\xBFsupplier,customer,weight\r\nA,B,1\r\nB,C,2.5"), want);
    CHECK_STR(READ(LINKS, "sep=;\r\nsupplier;customer;weight\r\nA;B;1\r\n\r\nB;C;2.5\r\n"), want);
    CHECK_STR(READ(LINKS, "\n\nsupplier,customer,weight\n\nA,B,1\n   \n B , C ,\t2.5 \n\n"), want);
    CHECK_STR(READ(LINKS, "\"supplier\",\"customer\",\"weight\"\n\"A\",\"B\",1\n\"B\" , \"C\" ,\"2.5\"\n"), want);
    CHECK_STR(READ(LINKS, "note,supplier,customer,weight\n\"one\ntwo, \"\"three\"\"\",A,B,1\n,B,C,2.5\n"), want);
}

TEST(ids_are_texts_of_any_length_and_the_same_in_every_normal_form)
{
    Str firms = S("id,industry\n1,x\n01,x\n1.0,x\nCông ty Cổ phần Một Hai Ba,x\nCông ty Cổ phần Một Hai Bốn,x\n\"a \"\"b\"\"\",x\n\"a,b\",x\n");
    struct firms *f = firms_of(a, firms);
    struct link_list l;
    Message why;
    Str text = S("s,c,w\n1,01,1\n1.0,Công ty Cổ phần Một Hai Ba,2\nCo\u0302ng ty Co\u0302\u0309 pha\u0302\u0300n Mo\u0302\u0323t Hai Bo\u0302\u0301n,\"a \"\"b\"\"\",3\n"
                 "\"a,b\",\"a \"\"b\"\"\",4\n");
    CHECK_INT(f->ids.n, 7);
    CHECK_INT(links_read(a, opened(a, text, 2), f, 2, &l, &why), OK);
    CHECK_STR(put_links(a, f, &l), S("1>01 1\n1.0>Công ty Cổ phần Một Hai Ba 2\nCông ty Cổ phần Một Hai Bốn>a \"b\" 3\na,b>a \"b\" 4\n"));
}

TEST(classes_are_a_matrix_or_a_list_of_essential_industries)
{
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,1\n20,2,0\n"), S("01\n20"));
    CHECK_STR(READ(CLASSES, ",99,20,10\n20,7,2,1\n"), S("file.csv, line 2: “7” is not a class: 2 essential, 1 replaceable in part, 0 without effect."));
    CHECK_STR(READ(CLASSES, "x;99;20;10\n20;0;2.0;1\n99;0;0;0\n10;1;0;2\n"), S("20\n12"));
    CHECK_STR(READ(CLASSES, "essential_industry\n99\n10\n"), S("22\n11"));
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,1\n"), S("file.csv has no line for the industry “20”."));
    CHECK_STR(READ(CLASSES, ",10\n10,0\n20,1\n"), S("file.csv has no column for the industry “20”."));
    CHECK_STR(READ(CLASSES, ",10,20,10\n10,0,1,1\n"), S("file.csv has two columns for the industry “10”."));
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,1\n10,0,1\n"), S("file.csv, line 3: the industry “10” was listed before."));
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,3\n"), S("file.csv, line 2: “3” is not a class: 2 essential, 1 replaceable in part, 0 without effect."));
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,\n"), S("file.csv, line 2: “” is not a class: 2 essential, 1 replaceable in part, 0 without effect."));
    CHECK_STR(READ(CLASSES, ",10,20\n10,0,1,1\n"), S("file.csv, line 2: the number of cells, 4, is not that of the header. If the file was cut off, get it again; "
                                                  "put a text that has the separator in it in quotation marks."));
    CHECK_STR(READ(CLASSES, "essential_industry\n98\n99\n"), S("file.csv names none of the industries in the file of firms."));
    CHECK_STR(READ(CLASSES, "10\n20\n"), S("file.csv has no header: its first line is the industry “10”. Write essential_industry above it."));
}

TEST(numbers_of_firms_are_told_apart_from_those_that_are_not_said)
{
    CHECK_STR(READ(VALUES, "id,revenue\nC,3e3\nA,0\n"), S("0 -1 3000 "));
    CHECK_STR(READ(SHARES, "psi;id\n0,5;B\n1;A\n"), S("1 0.5 -1 "));
    CHECK_STR(READ(SHARES, "id,psi\nB,1.0000001\n"), S("file.csv, line 2: “1.0000001” is more than everything; write a share from 0 to 1."));
    CHECK_STR(READ(SHARES, "id,psi\nB,-0.1\n"), S("file.csv, line 2: “-0.1” is negative."));
    CHECK_STR(READ(VALUES, "id,revenue\nB,1\nA,1\nB,1\n"), S("file.csv, line 4: the firm “B” was listed before."));
    CHECK_STR(READ(VALUES, "id,revenue\nB,1\nX,1\n"), S("file.csv, line 3: “X” is not in the file of firms."));
    CHECK_STR(READ(COSTS, "id,cost\nB,1.9999999999\nA,5\n"), S("5 2 -1 "));
    CHECK_STR(READ(COSTS, "id,cost\nB,2\nC,2.9\n"),
              S("file.csv, line 3: “2.9” is less than what the firm buys and imports; the shares would be over 100 %."));
    CHECK_STR(READ(IMPORTS, "firm,country,value\nA,CN,1\nB,JP,2\nA,CN,3\n"), S("0 CN 1\n1 JP 2\n0 CN 3\n"));
    CHECK_STR(READ(IMPORTS, "firm,country,value\nA,,1\n"), S("file.csv, line 2: an id or a name is missing."));
    CHECK_STR(READ(CHOSEN, "buyer\nC\nA\n"), S("2 0 "));
    CHECK_STR(READ(CHOSEN, "id\nC\nC\n"), S("file.csv, line 3: the firm “C” was listed before."));
    CHECK_STR(READ(CHOSEN, "id\nD\n"), S("file.csv, line 2: “D” is not in the file of firms."));
}

TEST(weights_that_are_none_are_refused_with_their_line)
{
#define WEIGHT(text) READ(LINKS, "supplier,customer,weight\nA,B,1\nB,C," text "\nC,A,-9\n")
    static const char finite[] = " is not a finite number. Write digits and a decimal point, without grouping, like 1234.5.";
    CHECK_STR(WEIGHT("-1"), S("file.csv, line 3: “-1” is negative."));
    CHECK_STR(WEIGHT(""), S("file.csv, line 3: a number is missing."));
    CHECK_STR(WEIGHT("1e31"), S("file.csv, line 3: “1e31” is absurdly large. Use a larger unit, the same in all files."));
    CHECK_STR(WEIGHT("nan"), str_f(a, "file.csv, line 3: “nan”%s", finite));
    CHECK_STR(WEIGHT("inf"), str_f(a, "file.csv, line 3: “inf”%s", finite));
    CHECK_STR(WEIGHT("1e999"), str_f(a, "file.csv, line 3: “1e999”%s", finite));
    CHECK_STR(WEIGHT("0x1p3"), str_f(a, "file.csv, line 3: “0x1p3”%s", finite));
    CHECK_STR(WEIGHT("1 000"), str_f(a, "file.csv, line 3: “1 000”%s", finite));
    CHECK_STR(WEIGHT("\"1,5\""), str_f(a, "file.csv, line 3: “1,5”%s", finite));
    CHECK_STR(READ(LINKS, "supplier;customer;weight\nA;B;1.234,5\n"), str_f(a, "file.csv, line 2: “1.234,5”%s", finite));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,-0\nB,B,0\nB,A,1e-320\n"), S("A>B -0\nB>B 0\nB>A 9.9998886718268301e-321\n"));
}

TEST(files_that_are_cut_off_or_no_tables_are_refused)
{
    static const char cells[] = "is not that of the header. If the file was cut off, get it again; put a text that has the separator in it in quotation marks.";
    CHECK_STR(READ(LINKS, ""), S("file.csv is empty."));
    CHECK_STR(READ(LINKS, "\xEF\xBB\xBF\r\n \n"), S("file.csv is empty."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight"), S("file.csv has no lines below its header."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\r\n"), S("file.csv has no lines below its header."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\n\n  \n"), S("file.csv has no lines below its header."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB,C"), str_f(a, "file.csv, line 3: the number of cells, 2, %s", cells));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB,C,"), S("file.csv, line 3: a number is missing."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1,500\n"), str_f(a, "file.csv, line 2: the number of cells, 4, %s", cells));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB,\0\0\0"),
              S("file.csv, line 3: there are zero bytes, which no text has. The file was cut off, or is not CSV in UTF-8; get or save it again."));
    CHECK_STR(READ(LINKS, "\xFF\xFEs\0,\0"), S("file.csv is UTF-16. Save it as “CSV UTF-8” and use that."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nC\xF4ng ty,B,1\n"),
              S("file.csv, line 3: the text is not UTF-8. Save the file as “CSV UTF-8” and use that."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\n\"B,C,1\nA,A,1\n"), S("file.csv, line 3: a quotation mark is opened and never closed."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB \"x\",C,1\n"),
              S("file.csv, line 3: a quotation mark stands within a cell. Put the cell in quotation marks, and write each mark in it twice."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\n\"B\"x,C,1\n"),
              S("file.csv, line 3: a quotation mark stands within a cell. Put the cell in quotation marks, and write each mark in it twice."));
}

TEST(firms_that_are_none_or_twice_are_refused)
{
    CHECK_STR(READ(FIRMS, "id,industry\nA,1\nB,1\nA,1\n"), S("file.csv, line 4: the firm “A” was listed before."));
    CHECK_STR(READ(FIRMS, "id,industry\nA,1\nA,2\n"), S("file.csv, line 3: the firm “A” was listed before, in another industry. It can be in one only."));
    CHECK_STR(READ(FIRMS, "id,industry\nA,1\n,2\n"), S("file.csv, line 3: an id or a name is missing."));
    CHECK_STR(READ(FIRMS, "id,industry\nA,\n"), S("file.csv, line 2: an id or a name is missing."));
    CHECK_STR(READ(FIRMS, "id,industry,local\nA,1,maybe\n"), S("file.csv, line 2: “maybe” does not say whether the firm is local; write 1 or 0."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,B,1\nB,D,1\n"), S("file.csv, line 3: “D” is not in the file of firms."));
    CHECK_STR(READ(LINKS, "supplier,customer,weight\nA,,1\n"), S("file.csv, line 2: “” is not in the file of firms."));
}

/* A thousand firms with ids of 1 to 40 bytes, and so many links as make several parts. */
static Str many_links(struct arena *a, struct rng *r, Str *firms, size_t n, const char *bad)
{
    struct buf f = buf_make(a), l = buf_make(a);
    Str names[1000];
    put_z(&f, "id,industry\n");
    for (size_t i = 0; i < COUNT(names); i++) {
        names[i] = str_f(a, "%zu%.*s", i, (int)rng_below(r, 38), "-firm-of-a-long-name-of-many-letters-ok");
        put_f(&f, "%.*s,x\n", FMT(names[i]));
    }
    put_z(&l, "supplier,customer,weight\n");
    for (size_t i = 0; i < n; i++) {
        if (i == n / 2) put_z(&l, bad);
        if (!rng_below(r, 1000)) put_z(&l, "\r\n");
        Str from = names[rng_below(r, COUNT(names))], to = names[rng_below(r, COUNT(names))];
        put_f(&l, rng_below(r, 50) ? "%.*s,%.*s,%.17g\n" : "\"%.*s\",%.*s,\"%.17g\"\r\n", FMT(from), FMT(to), (double)(rng_next(r) >> 11) * 0x1p-40);
    }
    *firms = buf_str(&f);
    return buf_str(&l);
}

/* All that was read, or why not. */
static Str read_with(struct arena *a, const struct firms *f, Str text, int threads, size_t *parts)
{
    struct delimited *d = NEW(a, struct delimited);
    struct link_list l;
    Message why = NO_MESSAGE;
    enum err e = delimited_open(a, S("file.csv"), text, threads, d, &why);
    *parts = d->parts;
    if (!e) e = links_read(a, d, f, threads, &l, &why);
    return e ? message_str(a, EN, why) : put_links(a, f, &l);
}

TEST(any_number_of_threads_reads_the_same)
{
    static const char *const bad[] = { "", "7,8\n", "1,2,-3\n\"\n", "\"a\nb\",c,1\n", "x,y,\xFF\n", "1,2,x\n7,8,\"9\n" };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct rng r = { i };
        Str firms, text = many_links(a, &r, &firms, 40000, bad[i]);
        struct firms *f = firms_of(a, firms);
        size_t parts;
        Str one = read_with(a, f, text, 1, &parts), eight = read_with(a, f, text, 8, &parts);
        CHECK(i || (parts > 4 && one.n > 1000000));
        CHECK(!i || one.n < 300);
        CHECK_STR(eight, one);
    }
}

TEST(cells_of_several_lines_are_read_wherever_the_parts_are_cut)
{
    struct buf b = buf_make(a);
    size_t parts;
    put_z(&b, "supplier,customer,weight,note\n");
    for (int i = 0; i < 20000; i++) put_f(&b, "A,B,%d,\"first\nsecond %d,\n third\"\n", i, i);
    Str got = read_with(a, three(a), buf_str(&b), 8, &parts);
    CHECK_INT(parts, 1);
    CHECK(str_ends(got, S("A>B 19998\nA>B 19999\n")));
}
