/* sweep.c - the three makes of the sweeps, and which of them this processor can do. */
#include "engine/network/lanes.h"

/* Both lines of memory of a row, so many links before it is needed. */
#define FETCH(row)  (__builtin_prefetch(row), __builtin_prefetch((row)->lane + 8))

#define SWEEP(name) const struct sweep name = { MAKE(lost), MAKE(shares), MAKE(downstream), MAKE(upstream), MAKE(finish) }

typedef double  two __attribute__((vector_size(16)));
typedef int64_t mask_of_two __attribute__((vector_size(16)));

static inline two larger_of_two(two a, two b)
{
    mask_of_two first = a > b;
    return (two)((first & (mask_of_two)a) | (~first & (mask_of_two)b));
}

#define MAKE(name)   name##_portable
#define TARGET
#define WIDTH        2
#define LARGER(a, b) larger_of_two(a, b)
#define AT_MOST_1(a) (-larger_of_two(-(a), (two){ -1, -1 }))
#include "engine/network/sweep.h"
static SWEEP(sweep_portable);
#undef MAKE
#undef TARGET
#undef WIDTH
#undef LARGER
#undef AT_MOST_1

#ifdef __x86_64__
#include <immintrin.h>

#define MAKE(name)   name##_avx2
#define TARGET       __attribute__((target("avx2")))
#define WIDTH        4
#define LARGER(a, b) ((vec)_mm256_max_pd((__m256d)(a), (__m256d)(b)))
#define AT_MOST_1(a) ((vec)_mm256_min_pd((__m256d)(a), _mm256_set1_pd(1)))
#include "engine/network/sweep.h"
static SWEEP(sweep_avx2);
#undef MAKE
#undef TARGET
#undef WIDTH
#undef LARGER
#undef AT_MOST_1

#define MAKE(name)   name##_avx512
#define TARGET       __attribute__((target("avx512f")))
#define WIDTH        8
#define LARGER(a, b) ((vec)_mm512_max_pd((__m512d)(a), (__m512d)(b)))
#define AT_MOST_1(a) ((vec)_mm512_min_pd((__m512d)(a), _mm512_set1_pd(1)))
#include "engine/network/sweep.h"
static SWEEP(sweep_avx512);

const struct sweep *sweep_make(int make)
{
    __builtin_cpu_init();
    if (make == SWEEP_AVX512) return __builtin_cpu_supports("avx512f") ? &sweep_avx512 : NULL;
    if (make == SWEEP_AVX2) return __builtin_cpu_supports("avx2") ? &sweep_avx2 : NULL;
    return &sweep_portable;
}
#else
const struct sweep *sweep_make(int make) { return make == SWEEP_PORTABLE ? &sweep_portable : NULL; }
#endif

const struct sweep *sweep_widest(void)
{
    int make = SWEEP_MAKES - 1;
    while (!sweep_make(make)) make--;
    return sweep_make(make);
}
