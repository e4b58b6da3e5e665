/*
 * Decimal text to the nearest double, as strtod has it, bit for bit.  Numbers of up to 19 digits and moderate exponents, nearly all
 * there are, take the way of whole numbers: digits and power of ten fit 64 bits each, their product or quotient 128, and one
 * rounding makes the double.  The rest is left to strtod.
 */
#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 Wide;

enum { MOST_DIGITS = 19, EXPONENT_DIGITS = 4, LONGEST = 63 };        /* 10^19 < 2^64             */

static locale_t plain_locale;
static void open_locale(void) { plain_locale = newlocale(LC_ALL_MASK, "C", NULL); }

struct decimal {
    uint64_t digits;                                /* the value is digits * 10^exponent         */
    int      exponent;
    bool     negative;
};

/* Eight digits at once: pairs, then fours, then all (Langdale, Lemire: Parsing series of integers with SIMD, 2023). */
static inline bool eight_digits(const char *p, uint64_t *out)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    if (((v & 0xF0F0F0F0F0F0F0F0u) | ((v + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) >> 4) != 0x3333333333333333u) return false;
    v = (v & 0x0F0F0F0F0F0F0F0Fu) * (10 * 256 + 1) >> 8;
    v = (v & 0x00FF00FF00FF00FFu) * (100 * 65536 + 1) >> 16;
    *out = (v & 0x0000FFFF0000FFFFu) * (10000 * 4294967296u + 1) >> 32;
    return true;
}

/* The digits at p go behind those of *v; how many. */
static inline int take_digits(const char **p, const char *end, uint64_t *v)
{
    const char *from = *p;
    uint64_t eight;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    while (end - *p >= 8 && eight_digits(*p, &eight)) *v = *v * 100000000 + eight, *p += 8;
#endif
    while (*p < end && (unsigned char)(**p - '0') < 10) *v = *v * 10 + (uint64_t)(*(*p)++ - '0');
    return (int)(*p - from);
}

/* False: no number, or more than fits. */
static bool scan(Str s, struct decimal *d)
{
    const char *p = s.p, *end = s.p + s.n;
    *d = (struct decimal){ .negative = p < end && *p == '-' };
    if (p < end && (*p == '-' || *p == '+')) p++;
    const char *from = p;
    while (p < end && *p == '0') p++;
    bool zeros = p > from;
    int  whole = take_digits(&p, end, &d->digits), decimals = 0;
    if (p < end && *p == '.') p++, decimals = take_digits(&p, end, &d->digits);
    if (whole + decimals + zeros == 0 || whole + decimals > MOST_DIGITS) return false;
    d->exponent = -decimals;
    if (p == end) return true;
    if (*p != 'e' && *p != 'E') return false;
    bool down = ++p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    uint64_t exponent = 0;
    int n = take_digits(&p, end, &exponent);
    if (!n || n > EXPONENT_DIGITS || p < end) return false;
    d->exponent += down ? -(int)exponent : (int)exponent;
    return true;
}

static const uint64_t ten_to[MOST_DIGITS + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000, 10000000000000000000u,
};

static double two_to_minus(int n)
{
    uint64_t bits = (uint64_t)(1023 - n) << 52;
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/*
 * The quotient's first 63 or 64 bits; a last bit that says "and something" keeps halfway cases apart, so that the conversion to
 * double is the one rounding.  Neither the quotient nor the dividend's upper half passes 64 bits,
 * so the division is one instruction.
 */
static double quotient(uint64_t digits, uint64_t by)
{
    int up = __builtin_clzll(digits), more = 63 - __builtin_clzll(by);
    Wide dividend = (Wide)(digits << up) << more;
    uint64_t q = (uint64_t)(dividend / by), rest = (uint64_t)dividend - q * by;
    return (double)(q | (rest != 0)) * two_to_minus(up + more);
}

static bool by_strtod(Str s, double *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char z[LONGEST + 1], *end;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789+-.eE", s.p[i]) || !s.p[i]) return false;
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    pthread_once(&once, open_locale);
    double v = strtod_l(z, &end, plain_locale);
    if (end != z + s.n || !isfinite(v)) return false;
    *out = v;
    return true;
}

bool str_to_f64(Str s, double *out)
{
    struct decimal d;
    if (!s.n || s.n > LONGEST) return false;
    if (!scan(s, &d) || d.exponent < -MOST_DIGITS || d.exponent > MOST_DIGITS) return by_strtod(s, out);
    double v = !d.digits ? 0 : d.exponent < 0 ? quotient(d.digits, ten_to[-d.exponent]) : (double)((Wide)d.digits * ten_to[d.exponent]);
    *out = d.negative ? -v : v;
    return true;
}
