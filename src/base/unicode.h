/*
 * unicode.h - UTF-8 at the edge, and Vietnamese letters folded for finding.
 *
 * Folding: lower case, no tone, no horn, breve or circumflex, đ -> d; what is left are the letters people
 * type on a plain keyboard; Korean syllables and voiced kana are letters of their own.  Tone marks may stand on either
 * vowel (hòa, hoà): text_tone() brings both to the second.
 * What these functions give may be their argument itself, where nothing changes.  Case is by single letters (ß stays ß),
 * and a letter whose other case takes more bytes (Ⱥ) stays as it is; no Vietnamese one does.
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/text.h"

bool     utf8_valid(Str s);                                 /* strict: no surrogates, no overlong */
uint32_t utf8_next(const char **p, const char *end);        /* one code point; U+FFFD if broken  */
void     put_utf8(struct buf *b, uint32_t c);
size_t   utf8_write(char *to, uint32_t c);                  /* 1 .. 4 bytes; c is a code point   */
size_t   utf8_count(Str s);                                 /* code points                       */

/* Valid UTF-8 in NFC, without control characters but tab and newline (\r\n and \r become \n) and without
 * invisible ones (byte order mark, zero width, direction); the soft hyphen stays, being a letter in TCVN3.
 * False: not UTF-8.  Copies only when something changes. */
bool text_clean(struct arena *a, Str in, Str *out);
Str  text_nfc(struct arena *a, Str in);                     /* in is valid UTF-8                 */
Str  text_width(struct arena *a, Str in);                   /* full-width letters and half-width kana as the usual ones */
Str  text_lower(struct arena *a, Str in);                   /* keeps accents                     */
Str  text_upper(struct arena *a, Str in);
Str  text_fold(struct arena *a, Str in);                    /* lower case, without accents       */
Str  text_tone(struct arena *a, Str in);                    /* lower case, accents kept, tone mark placement made one */
uint32_t fold_char(uint32_t c);                             /* one precomposed character         */
uint32_t lower_char(uint32_t c);
uint32_t upper_char(uint32_t c);
/* The tone of a letter, and the letter in lower case without it: Ệ is ê with nặng. */
enum tone { TONE_NONE, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG, TONES };
uint32_t tone_split(uint32_t c, enum tone *tone);
bool     syllable_valid(Str word);                          /* one Vietnamese syllable, any case */
Str  text_slug(struct arena *a, Str in);                    /* "khuon-mau-duc": a-z 0-9 -        */
/* A key whose byte order is the order of the Vietnamese alphabet (CLDR vi); hex text. */
Str  text_sort_key(struct arena *a, Str in);

/*
 * Text typed in the fonts of before Unicode (VNI, TCVN3 also called ABC) shows as odd Latin letters.
 * legacy_of() judges all samples of a file at once: which reading turns most words into Vietnamese syllables; plain
 * ASCII text and fewer than two telling words are not judged (LEGACY_NONE).  legacy_convert() gives NFC, and
 * leaves alone what reads better as it is, so that single Unicode cells in such a file survive.
 */
enum legacy { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI, LEGACIES };
enum legacy legacy_of(const Str *samples, size_t n);
Str         legacy_convert(struct arena *a, enum legacy from, Str s);

#endif
