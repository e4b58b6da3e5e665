#include "engine/search/kernel.h"

static size_t count(const uint64_t *a, const uint64_t *b, size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++) n += (size_t)__builtin_popcountll(a[i] & b[i]);
    return n;
}

static void add(uint32_t *sum, const uint8_t *impact, uint32_t bonus, size_t words)
{
    for (size_t i = 0; i < words * 64; i++) sum[i] += impact[i] + (impact[i] ? bonus : 0);
}

static uint64_t above(const uint32_t *sum, uint32_t floor)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i++) mask |= (uint64_t)(sum[i] > floor) << i;
    return mask;
}

static void bits(uint64_t *to, const uint8_t *impact, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        to[w] = 0;
        for (size_t i = 0; i < 64; i++) to[w] |= (uint64_t)(impact[w * 64 + i] != 0) << i;
    }
}

static void peaks(uint8_t *to, const uint8_t *impact, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        to[w] = 0;
        for (size_t i = 0; i < 64; i++)
            if (impact[w * 64 + i] > to[w]) to[w] = impact[w * 64 + i];
    }
}

static void best(uint8_t *to, const uint8_t *impact, bool half, size_t words)
{
    for (size_t i = 0; i < words * 64; i++) {
        uint8_t x = half ? (uint8_t)((impact[i] + 1) / 2) : impact[i];
        if (x > to[i]) to[i] = x;
    }
}

/* No branch depends on the numbers, which cannot be guessed. */
static size_t intersect(uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t kept = 0, i = 0, j = 0;
    while (i < n && j < m) {
        uint32_t x = a[i], y = b[j];
        a[kept] = x;
        kept += x == y;
        i += x <= y;
        j += y <= x;
    }
    return kept;
}

const struct kernel  kernel_portable = { count, add, above, bits, peaks, best, intersect };
const struct kernel *kernel = &kernel_portable;

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt")))

AVX2 static inline __m256i load(const void *p) { return _mm256_loadu_si256((const __m256i_u *)p); }

AVX2 static size_t count_avx2(const uint64_t *a, const uint64_t *b, size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++) n += (size_t)__builtin_popcountll(a[i] & b[i]);
    return n;
}

AVX2 static void add_avx2(uint32_t *sum, const uint8_t *impact, uint32_t bonus, size_t words)
{
    const __m256i extra = _mm256_set1_epi32((int)bonus), none = _mm256_setzero_si256();
    for (size_t i = 0; i < words * 64; i += 8) {
        __m256i here = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i_u *)(const void *)(impact + i)));
        __m256i more = _mm256_add_epi32(here, _mm256_and_si256(_mm256_cmpgt_epi32(here, none), extra));
        _mm256_storeu_si256((__m256i_u *)(void *)(sum + i), _mm256_add_epi32(load(sum + i), more));
    }
}

AVX2 static uint64_t above_avx2(const uint32_t *sum, uint32_t floor)
{
    const __m256i low = _mm256_set1_epi32((int)floor);
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i += 8) {
        __m256i more = _mm256_cmpgt_epi32(load(sum + i), low);
        mask |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(more)) << i;
    }
    return mask;
}

AVX2 static void bits_avx2(uint64_t *to, const uint8_t *impact, size_t words)
{
    const __m256i none = _mm256_setzero_si256();
    for (size_t w = 0; w < words; w++) {
        const uint8_t *p = impact + w * 64;
        uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load(p), none));
        uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load(p + 32), none));
        to[w] = ~((uint64_t)high << 32 | low);
    }
}

/* Halves against each other until 16 are left; of those the least of what each lacks. */
AVX2 static void peaks_avx2(uint8_t *to, const uint8_t *impact, size_t words)
{
    const __m128i all = _mm_set1_epi8(-1);
    for (size_t w = 0; w < words; w++) {
        __m256i x = _mm256_max_epu8(load(impact + w * 64), load(impact + w * 64 + 32));
        __m128i lacks = _mm_xor_si128(_mm_max_epu8(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)), all);
        lacks = _mm_min_epu8(lacks, _mm_srli_epi16(lacks, 8));          /* of two, in 16 bits     */
        to[w] = (uint8_t)~_mm_cvtsi128_si32(_mm_minpos_epu16(lacks));
    }
}

AVX2 static void best_avx2(uint8_t *to, const uint8_t *impact, bool half, size_t words)
{
    for (size_t i = 0; i < words * 64; i += 32) {
        __m256i x = load(impact + i);
        if (half) x = _mm256_avg_epu8(x, _mm256_setzero_si256());       /* (x + 0 + 1) / 2       */
        _mm256_storeu_si256((__m256i_u *)(void *)(to + i), _mm256_max_epu8(load(to + i), x));
    }
}

/* Eight of a against eight of b, turned seven times; then on where the lesser last one was. */
AVX2 static size_t intersect_avx2(uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    const __m256i turn = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0);
    size_t kept = 0, i = 0, j = 0;
    uint32_t found = 0;                             /* of the eight of a at i                    */
    while (i + 8 <= n && j + 8 <= m) {
        uint32_t last_a = a[i + 7], last_b = b[j + 7];
        __m256i x = load(a + i), y = load(b + j), same = _mm256_cmpeq_epi32(x, y);
        for (int k = 1; k < 8; k++) {
            y = _mm256_permutevar8x32_epi32(y, turn);
            same = _mm256_or_si256(same, _mm256_cmpeq_epi32(x, y));
        }
        found |= (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(same));
        j += last_b <= last_a ? 8 : 0;
        if (last_a > last_b) continue;
        for (; found; found &= found - 1) a[kept++] = a[i + (size_t)__builtin_ctz(found)];
        i += 8;
    }
    for (; i < n; i++, found >>= 1) {               /* what is left, one by one                  */
        uint32_t x = a[i];
        while (j < m && b[j] < x) j++;
        a[kept] = x;
        kept += (found & 1) || (j < m && b[j] == x);
    }
    return kept;
}

static const struct kernel with_avx2 = { count_avx2, add_avx2, above_avx2, bits_avx2, peaks_avx2, best_avx2, intersect_avx2 };

const struct kernel *kernel_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? &with_avx2 : NULL;
}
#else
const struct kernel *kernel_avx2(void) { return NULL; }
#endif

__attribute__((constructor)) static void choose(void)
{
    if (kernel_avx2()) kernel = kernel_avx2();
}
