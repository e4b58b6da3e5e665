/*
 * enterprises.h - made-up enterprises by number and seed: the same on every machine, any one without the others.  Words are
 * skewed as words are (Zipf: the k-th is as frequent as 1/k), with a long tail of brands and tax codes.
 * Functions are static, since each file of bench/ is a program of its own.
 */
#ifndef BENCH_ENTERPRISES_H
#define BENCH_ENTERPRISES_H

#include "base/base.h"
#include "base/hash.h"

#include <math.h>

enum { E_NAME, E_PRODUCTS, E_PROCESSES, E_ADDRESS, E_TAX_CODE, E_FIELDS };
enum { E_FIELD, E_INDUSTRY, E_WARD, E_CERTIFICATE, E_SIZE, E_OWNERSHIP, E_FACETS };

struct enterprise {
    int64_t id;
    Str     text[E_FIELDS];
    struct { Str p[4]; size_t n; } value[E_FACETS];         /* field and certificate: several    */
};

static const char *const e_forms[] = { "Công ty TNHH", "Công ty Cổ phần", "Công ty TNHH Một thành viên",
    "Doanh nghiệp tư nhân", "Công ty TNHH Sản xuất và Thương mại", "Hợp tác xã", "Tổng công ty" };
static const char *const e_trades[] = { "Cơ khí", "Khuôn mẫu", "Nhựa", "Công nghiệp", "Kỹ thuật", "Điện tử", "Thiết bị",
    "Chế tạo máy", "Cơ điện", "Kim khí", "Đúc", "Cao su", "Bao bì", "Dệt may", "Tự động hóa", "Thép", "Cơ khí chính xác",
    "Linh kiện", "Phụ tùng ô tô", "Hóa chất", "Vật liệu", "Công nghệ", "Xử lý bề mặt", "Nhiệt luyện" };
static const char *const e_syllables[] = { "Việt", "Nam", "Hà", "Minh", "An", "Phát", "Thành", "Hưng", "Long", "Hoàng",
    "Đức", "Tân", "Phú", "Đại", "Gia", "Bình", "Thịnh", "Quang", "Hải", "Tiến", "Đông", "Anh", "Kim", "Sơn", "Trung", "Nhật",
    "Thái", "Hùng", "Phương", "Tuấn", "Mạnh", "Lâm", "Vinh", "Ngọc", "Á", "Châu", "Thăng", "Vĩnh", "Phúc", "Bảo", "Khánh", "Linh",
    "Toàn", "Cường", "Dũng", "Hồng", "Lộc", "Sao", "Mai", "Vạn", "Xuân", "Hòa", "Thiên", "Nghĩa", "Trường", "Quốc", "Tâm", "Yên",
    "Thủy", "Thanh", "Hợp", "Nhất", "Lợi", "Đạt", "Khang", "Nguyên", "Ánh", "Dương", "Bắc", "Tây", "Trí", "Tín" };
static const char *const e_things[] = { "khuôn", "linh kiện", "chi tiết", "khuôn mẫu", "vỏ", "trục", "bánh răng", "ốc vít",
    "bu lông", "giá đỡ", "nắp", "khung", "ống", "tấm", "vòng bi", "lò xo", "đồ gá", "dao cụ", "dây cáp", "đầu nối", "bảng mạch",
    "phớt", "gioăng", "van", "piston", "má phanh", "đĩa xích", "vành", "két nước", "đèn" };
static const char *const e_materials[] = { "nhựa", "thép", "nhôm", "inox", "cao su", "đồng", "gang", "kẽm", "hợp kim", "composite",
    "kim loại tấm", "silicon", "thép mạ kẽm", "nhựa kỹ thuật" };
static const char *const e_uses[] = { "xe máy", "ô tô", "máy in", "điện tử", "máy nông nghiệp", "tủ điện", "điện thoại",
    "máy giặt", "xe đạp điện", "thiết bị y tế", "đường sắt", "hàng không", "máy bơm", "chính xác cao" };
static const char *const e_processes[] = { "gia công CNC", "đúc áp lực", "ép phun nhựa", "dập nguội", "hàn robot",
    "mạ điện phân", "sơn tĩnh điện", "nhiệt luyện", "cắt laser", "phay tiện", "cắt dây EDM", "mài", "rèn dập nóng", "đúc khuôn cát",
    "lắp ráp", "đo kiểm 3D", "đột dập", "uốn ống", "thổi nhựa", "ép cao su", "SMT", "anod nhôm", "đánh bóng", "khắc laser" };
static const char *const e_ward_heads[] = { "Đông", "Phú", "Thanh", "Hoàng", "Tây", "Vĩnh", "Kim", "Yên", "Minh", "An", "Bình",
    "Đại", "Liên", "Phúc", "Tân", "Nam", "Quang", "Sơn" };
static const char *const e_ward_tails[] = { "Anh", "Xuân", "Mai", "Lâm", "Thịnh", "Hưng", "Nghĩa" };
static const char *const e_fields[] = { "A", "B", "C", "D", "E", "G", "H", "K" };
static const char *const e_certificates[] = { "ISO 9001", "ISO 14001", "IATF 16949", "ISO 45001", "ISO 13485", "AS 9100",
    "UL", "RoHS", "ISO 50001", "SA 8000", "CE", "JIS" };
static const char *const e_sizes[] = { "small", "micro", "medium", "large" };
static const char *const e_ownerships[] = { "private", "foreign", "joint", "state" };

/* The k-th of n with a chance like 1/(k+1). */
static size_t e_zipf(struct rng *r, size_t n)
{
    double u = (double)(rng_next(r) >> 11) / 9007199254740992.0;
    size_t k = (size_t)(exp(u * log((double)n + 1)) - 1);
    return k < n ? k : n - 1;
}

#define E_PICK(r, list) (list)[e_zipf(r, COUNT(list))]

/* A brand of its own, as k says: "Vitano", "Kelex" ...; 40,000 of them. */
static void e_put_brand(struct buf *b, size_t k)
{
    static const char *const parts[] = { "vi", "ta", "ne", "ko", "lex", "sun", "mi", "ro", "pha", "dek", "go", "ri", "zen",
                                         "tu", "bax", "ho", "lu", "cam", "fi", "nox" };
    for (int i = 0; i < 3 || k; i++, k /= COUNT(parts)) put_z(b, parts[(k + (size_t)i * 7) % COUNT(parts)]);
}

static Str e_name(struct arena *a, struct rng *r)
{
    struct buf b = buf_make(a);
    put_f(&b, "%s %s", E_PICK(r, e_forms), E_PICK(r, e_trades));
    for (uint64_t n = 1 + rng_below(r, 3); n--;) put_f(&b, " %s", E_PICK(r, e_syllables));
    if (!rng_below(r, 3)) {
        put_c(&b, ' ');
        e_put_brand(&b, e_zipf(r, 40000));
    }
    if (!rng_below(r, 4)) put_z(&b, " Việt Nam");
    return buf_str(&b);
}

static Str e_products(struct arena *a, struct rng *r)
{
    struct buf b = buf_make(a);
    for (uint64_t n = 1 + rng_below(r, 5); n--; put_c(&b, '\n')) {
        put_f(&b, "%s %s", E_PICK(r, e_things), E_PICK(r, e_materials));
        if (rng_below(r, 2)) put_f(&b, " cho %s", E_PICK(r, e_uses));
    }
    return buf_str(&b);
}

static Str e_process_list(struct arena *a, struct rng *r)
{
    struct buf b = buf_make(a);
    for (uint64_t n = 1 + rng_below(r, 4); n--; put_c(&b, '\n')) put_z(&b, E_PICK(r, e_processes));
    return buf_str(&b);
}

static void e_value(struct enterprise *e, int facet, Str v)
{
    for (size_t i = 0; i < e->value[facet].n; i++)
        if (str_eq(e->value[facet].p[i], v)) return;
    e->value[facet].p[e->value[facet].n++] = v;
}

static struct enterprise enterprise_of(struct arena *a, uint64_t seed, int64_t id)
{
    struct rng own = { seed ^ (uint64_t)id * 0x9E3779B97F4A7C15u }, *r = &own;
    struct enterprise e = { .id = id };
    Str ward = str_f(a, "%s %s", E_PICK(r, e_ward_heads), E_PICK(r, e_ward_tails));
    e.text[E_NAME] = e_name(a, r);
    e.text[E_PRODUCTS] = e_products(a, r);
    e.text[E_PROCESSES] = e_process_list(a, r);
    e.text[E_ADDRESS] = str_f(a, "Số %d đường %s %s, %s %.*s, Hà Nội", (int)(1 + e_zipf(r, 400)), E_PICK(r, e_syllables),
                              E_PICK(r, e_syllables), rng_below(r, 2) ? "phường" : "xã", FMT(ward));
    e.text[E_TAX_CODE] = str_f(a, "01%08d", (int)((uint64_t)id * 61 % 100000000));
    e_value(&e, E_WARD, ward);
    e_value(&e, E_INDUSTRY, str_f(a, "C%d", (int)(10 + e_zipf(r, 30))));
    for (uint64_t n = 1 + rng_below(r, 2); n--;) e_value(&e, E_FIELD, str_of(E_PICK(r, e_fields)));
    for (uint64_t n = e_zipf(r, 4); n--;) e_value(&e, E_CERTIFICATE, str_of(E_PICK(r, e_certificates)));
    e_value(&e, E_SIZE, str_of(E_PICK(r, e_sizes)));
    e_value(&e, E_OWNERSHIP, str_of(E_PICK(r, e_ownerships)));
    return e;
}

#endif
