#include "engine/match/scan.h"

static void paint(uint8_t *to, const uint64_t *bits, uint8_t value, size_t words)
{
    for (size_t w = 0; w < words; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint8_t *at = to + w * 64 + __builtin_ctzll(left);
            if (*at < value) *at = value;
        }
}

static void range(uint8_t *to, const uint8_t *range, const uint8_t table[FACT_RANGES], size_t words)
{
    for (size_t i = 0; i < words * 64; i++) {
        uint8_t x = table[range[i]];
        to[i] = x < to[i] ? x : to[i];
    }
}

static void lesser(uint8_t *to, const uint8_t *other, size_t words)
{
    for (size_t i = 0; i < words * 64; i++) to[i] = other[i] < to[i] ? other[i] : to[i];
}

static void scale(uint8_t *to, const uint8_t *impact, uint32_t factor, size_t words)
{
    for (size_t i = 0; i < words * 64; i++) {
        uint32_t x = to[i] + ((impact[i] * factor + 255) >> 8);
        to[i] = x < 255 ? (uint8_t)x : 255;
    }
}

static void add(uint16_t *sum, const uint8_t *points, size_t words)
{
    for (size_t i = 0; i < words * 64; i++) sum[i] = (uint16_t)(sum[i] + points[i]);
}

static uint16_t greatest(const uint16_t *sum)
{
    uint16_t most = 0;
    for (size_t i = 0; i < 64; i++) most = sum[i] > most ? sum[i] : most;
    return most;
}

static uint64_t between(const uint16_t *sum, uint16_t from, uint16_t to)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i++) mask |= (uint64_t)(sum[i] >= from && sum[i] <= to) << i;
    return mask;
}

static const struct scan portable = { paint, range, lesser, scale, add, greatest, between };

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2   __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* ------------------------------------------------------------------ AVX2 -------------------- */

AVX2 static inline __m256i load(const void *p) { return _mm256_loadu_si256((const __m256i_u *)p); }
AVX2 static inline void store(void *p, __m256i x) { _mm256_storeu_si256((__m256i_u *)p, x); }

/* 32 bits to 32 bytes of all ones or none: each byte looks at its own bit. */
AVX2 static inline __m256i spread(uint32_t bits)
{
    const __m256i which = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((int64_t)0x8040201008040201);
    __m256i x = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), which);
    return _mm256_cmpeq_epi8(_mm256_and_si256(x, bit), bit);
}

AVX2 static void paint_avx2(uint8_t *to, const uint64_t *bits, uint8_t value, size_t words)
{
    const __m256i all = _mm256_set1_epi8((char)value);
    for (size_t i = 0; i < words * 2; i++) {
        uint32_t half = (uint32_t)(bits[i / 2] >> (i % 2 * 32));
        if (half) store(to + i * 32, _mm256_max_epu8(load(to + i * 32), _mm256_and_si256(all, spread(half))));
    }
}

AVX2 static void range_avx2(uint8_t *to, const uint8_t *range, const uint8_t table[FACT_RANGES], size_t words)
{
    __m256i quarter[4];
    for (int q = 0; q < 4; q++) quarter[q] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i_u *)(const void *)(table + q * 16)));
    for (size_t i = 0; i < words * 64; i += 32) {
        __m256i at = load(range + i), second = _mm256_slli_epi16(at, 3), upper = _mm256_slli_epi16(at, 2);  /* bits 16 and 32 on top */
        __m256i low = _mm256_blendv_epi8(_mm256_shuffle_epi8(quarter[0], at), _mm256_shuffle_epi8(quarter[1], at), second);
        __m256i high = _mm256_blendv_epi8(_mm256_shuffle_epi8(quarter[2], at), _mm256_shuffle_epi8(quarter[3], at), second);
        store(to + i, _mm256_min_epu8(load(to + i), _mm256_blendv_epi8(low, high, upper)));
    }
}

AVX2 static void lesser_avx2(uint8_t *to, const uint8_t *other, size_t words)
{
    for (size_t i = 0; i < words * 64; i += 32) store(to + i, _mm256_min_epu8(load(to + i), load(other + i)));
}

AVX2 static inline __m256i low_words(__m256i x) { return _mm256_cvtepu8_epi16(_mm256_castsi256_si128(x)); }
AVX2 static inline __m256i high_words(__m256i x) { return _mm256_cvtepu8_epi16(_mm256_extracti128_si256(x, 1)); }

AVX2 static void scale_avx2(uint8_t *to, const uint8_t *impact, uint32_t factor, size_t words)
{
    const __m256i by = _mm256_set1_epi16((short)factor), up = _mm256_set1_epi16(255);
    for (size_t i = 0; i < words * 64; i += 32) {
        __m256i x = load(impact + i);
        __m256i low = _mm256_srli_epi16(_mm256_add_epi16(_mm256_mullo_epi16(low_words(x), by), up), 8);
        __m256i high = _mm256_srli_epi16(_mm256_add_epi16(_mm256_mullo_epi16(high_words(x), by), up), 8);
        __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(low, high), 0xD8);
        store(to + i, _mm256_adds_epu8(load(to + i), bytes));
    }
}

AVX2 static void add_avx2(uint16_t *sum, const uint8_t *points, size_t words)
{
    for (size_t i = 0; i < words * 64; i += 32) {
        __m256i x = load(points + i);
        store(sum + i, _mm256_add_epi16(load(sum + i), low_words(x)));
        store(sum + i + 16, _mm256_add_epi16(load(sum + i + 16), high_words(x)));
    }
}

AVX2 static uint16_t greatest_avx2(const uint16_t *sum)
{
    __m256i most = _mm256_max_epu16(_mm256_max_epu16(load(sum), load(sum + 16)), _mm256_max_epu16(load(sum + 32), load(sum + 48)));
    __m128i half = _mm_max_epu16(_mm256_castsi256_si128(most), _mm256_extracti128_si256(most, 1));
    return (uint16_t)~_mm_extract_epi16(_mm_minpos_epu16(_mm_xor_si128(half, _mm_set1_epi16(-1))), 0);
}

AVX2 static uint64_t between_avx2(const uint16_t *sum, uint16_t from, uint16_t to)
{
    const __m256i low = _mm256_set1_epi16((short)from), high = _mm256_set1_epi16((short)to);
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i += 32) {
        __m256i x = load(sum + i), y = load(sum + i + 16);
        __m256i in_x = _mm256_cmpeq_epi16(_mm256_min_epu16(_mm256_max_epu16(x, low), high), x);
        __m256i in_y = _mm256_cmpeq_epi16(_mm256_min_epu16(_mm256_max_epu16(y, low), high), y);
        __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi16(in_x, in_y), 0xD8);
        mask |= (uint64_t)(uint32_t)_mm256_movemask_epi8(both) << i;
    }
    return mask;
}

static const struct scan with_avx2 = { paint_avx2, range_avx2, lesser_avx2, scale_avx2, add_avx2, greatest_avx2, between_avx2 };

/* ------------------------------------------------------------------ AVX-512 ----------------- */

AVX512 static inline __m512i load_512(const void *p) { return _mm512_loadu_si512(p); }

AVX512 static void paint_avx512(uint8_t *to, const uint64_t *bits, uint8_t value, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        __m512i x = _mm512_maskz_set1_epi8(bits[w], (char)value);
        _mm512_storeu_si512(to + w * 64, _mm512_max_epu8(load_512(to + w * 64), x));
    }
}

AVX512 static void range_avx512(uint8_t *to, const uint8_t *range, const uint8_t table[FACT_RANGES], size_t words)
{
    const __m512i values = load_512(table);
    for (size_t i = 0; i < words * 64; i += 64)
        _mm512_storeu_si512(to + i, _mm512_min_epu8(load_512(to + i), _mm512_permutexvar_epi8(load_512(range + i), values)));
}

AVX512 static void lesser_avx512(uint8_t *to, const uint8_t *other, size_t words)
{
    for (size_t i = 0; i < words * 64; i += 64) _mm512_storeu_si512(to + i, _mm512_min_epu8(load_512(to + i), load_512(other + i)));
}

AVX512 static void scale_avx512(uint8_t *to, const uint8_t *impact, uint32_t factor, size_t words)
{
    const __m512i by = _mm512_set1_epi16((short)factor), up = _mm512_set1_epi16(255);
    for (size_t i = 0; i < words * 64; i += 32) {
        __m512i x = _mm512_cvtepu8_epi16(load(impact + i));
        __m256i bytes = _mm512_cvtepi16_epi8(_mm512_srli_epi16(_mm512_add_epi16(_mm512_mullo_epi16(x, by), up), 8));
        store(to + i, _mm256_adds_epu8(load(to + i), bytes));
    }
}

AVX512 static void add_avx512(uint16_t *sum, const uint8_t *points, size_t words)
{
    for (size_t i = 0; i < words * 64; i += 32)
        _mm512_storeu_si512(sum + i, _mm512_add_epi16(load_512(sum + i), _mm512_cvtepu8_epi16(load(points + i))));
}

AVX512 static uint64_t between_avx512(const uint16_t *sum, uint16_t from, uint16_t to)
{
    const __m512i low = _mm512_set1_epi16((short)from), high = _mm512_set1_epi16((short)to);
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i += 32) {
        __m512i x = load_512(sum + i);
        mask |= (uint64_t)(_mm512_cmpge_epu16_mask(x, low) & _mm512_cmple_epu16_mask(x, high)) << i;
    }
    return mask;
}

static const struct scan with_avx512 = { paint_avx512, range_avx512, lesser_avx512, scale_avx512, add_avx512, greatest_avx2, between_avx512 };

const struct scan *scan_make(int make)
{
    __builtin_cpu_init();
    bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                __builtin_cpu_supports("avx512vbmi");
    if (make == SCAN_AVX512) return wide ? &with_avx512 : NULL;
    if (make == SCAN_AVX2) return __builtin_cpu_supports("avx2") ? &with_avx2 : NULL;
    return &portable;
}
#else
const struct scan *scan_make(int make) { return make == SCAN_PORTABLE ? &portable : NULL; }
#endif

const struct scan *scan_widest(void)
{
    int make = SCAN_MAKES;
    while (!scan_make(--make)) {}
    return scan_make(make);
}
