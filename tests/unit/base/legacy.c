#include "base/unicode.h"

#include "test.h"

static enum legacy kind(Str s) { return legacy_of(&s, 1); }

TEST(tcvn3_is_recognised_and_read)
{
    Str s = S("C\u00ABng ty C\u00E6 ph\u00C7n Nh\u00F9a k\u00FC thu\u00CBt, qu\u00CBn Hoµn Ki\u00D5m, n\u00ADíc s¹ch");
    CHECK_INT(kind(s), LEGACY_TCVN3);
    CHECK_STR(legacy_convert(a, LEGACY_TCVN3, S("C\u00ABng ty C\u00E6 phÇn Nhùa kü thuËt; n\u00AD\u00ADíc")),
              S("Công ty Cổ phần Nhựa kỹ thuật; nưước"));
}

TEST(vni_is_recognised_and_read)
{
    Str s = S("Coâng ty TNHH Saûn xuaát Cô khí chính xaùc Ñaïi Vieät, ñöôøng Tröôøng Sôn, phöôøng Ngoïc Haø");
    CHECK_INT(kind(s), LEGACY_VNI);
    CHECK_STR(legacy_convert(a, LEGACY_VNI, s),
              S("Công ty TNHH Sản xuất Cơ khí chính xác Đại Việt, đường Trường Sơn, phường Ngọc Hà"));
    CHECK_STR(legacy_convert(a, LEGACY_VNI, S("COÂNG TY COÅ PHAÀN ÑÖÙC, KYÕ THUAÄT, TÆNH, TÒNH, TÍN, YÙ, LÓNH, TÌM, KÎ")),
              S("CÔNG TY CỔ PHẦN ĐỨC, KỸ THUẬT, TỈNH, TỊNH, TÍN, Ý, LĨNH, TÌM, KỴ"));
}

/* Each vowel without and with its tones, and đ, as the fonts have them; in one word, so that case stays. */
static Str letters(struct arena *a, enum legacy from, Str typed)
{
    Str said = S("khuôn mẫu "), carrier = from == LEGACY_VNI ? S("khuoân maãu ") : S("khu«n mÉu ");
    Str s = legacy_convert(a, from, str_f(a, "%.*s%.*s", FMT(carrier), FMT(typed)));
    return str_starts(s, said) ? str_sub(s, said.n, s.n) : s;
}

static const char all_letters[] =
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";

TEST(every_vietnamese_letter_is_read_from_tcvn3)
{
    CHECK_STR(letters(a, LEGACY_TCVN3, S("aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËeÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\u00ADõö÷øùyúûüýþ®")),
              str_of(all_letters));
    CHECK_STR(letters(a, LEGACY_TCVN3, S("¡¢£¤¥¦§")), S("ĂÂÊÔƠƯĐ"));
    CHECK_STR(letters(a, LEGACY_TCVN3, S("E\u00B3")), S("É"));      /* a tone by itself, after a capital */
}

TEST(every_vietnamese_letter_is_read_from_vni)
{
    CHECK_STR(letters(a, LEGACY_VNI, S("aaøaûaõaùaïaêaèaúaüaéaëaâaàaåaãaáaäeeøeûeõeùeïeâeàeåeãeáeäiìæóíòooøoûoõoùoïoâoàoåoãoáoä"
                                       "ôôøôûôõôùôïuuøuûuõuùuïööøöûöõöùöïyyøyûyõyùîñ")),
              str_of(all_letters));
    CHECK_STR(letters(a, LEGACY_VNI, S("AØAÊAÉEÁIÌÆOÄÔÙUÏÖØYÕÎÑ")), S("ÀĂẮẾIÌỈỘỚỤỪỸỴĐ"));
}

TEST(unicode_and_foreign_texts_are_left_alone)
{
    static const Str texts[] = {
        S_("Công ty Cổ phần Đông Á, đường Trường Sơn, Hà Nội"), S_("Công ty cà phê Hà Nam, là nhà máy hà thành"),
        S_("Société Générale à Paris, Électricité de France, Côte d'Ivoire, élève, très, été"),
        S_("Düsseldorf, Zürich, München, für Österreich, Größe, Straße"), S_("São Paulo, señor, España, Núñez, mañana"),
        S_("Plain ASCII text of a company"), S_("M\u00B7 s\u00E8"), S_(""),
    };
    for (size_t i = 0; i + 2 < COUNT(texts); i++) {
        CHECK_INT(kind(texts[i]), LEGACY_NONE);
        CHECK_STR(legacy_convert(a, LEGACY_NONE, texts[i]), texts[i]);
    }
    CHECK_INT(legacy_of(NULL, 0), LEGACY_NONE);
}

TEST(one_word_is_not_enough_to_judge_by_but_is_converted_as_its_file_is)
{
    CHECK_INT(kind(S("ThuÕ")), LEGACY_NONE);
    CHECK_STR(legacy_convert(a, LEGACY_TCVN3, S("ThuÕ")), S("Thuế"));
}

TEST(unicode_cells_of_a_legacy_file_stay_as_they_are)
{
    static const Str samples[] = { S_("Tªn doanh nghiÖp"), S_("Xã Sóc Sơn"), S_("Lß xo nÐn; Khãa kÐo") };
    CHECK_INT(legacy_of(samples, COUNT(samples)), LEGACY_TCVN3);
    CHECK_STR(legacy_convert(a, LEGACY_TCVN3, samples[1]), samples[1]);
    CHECK_STR(legacy_convert(a, LEGACY_TCVN3, S("Công ty cà phê")), S("Công ty cà phê"));
    CHECK_STR(legacy_convert(a, LEGACY_TCVN3, S("ISO 9001:2015")), S("ISO 9001:2015"));
}

TEST(capitals_that_tcvn3_keeps_in_its_font_come_back)
{
    static const struct { Str typed, read; } rows[] = {
        { S_("èng nhùa kü thuËt"), S_("Ống nhựa kỹ thuật") },                       /* a cell begins     */
        { S_("Lß xo nÐn; èng nhùa"), S_("Lò xo nén; Ống nhựa") },                   /* an item begins    */
        { S_("Bu l«ng, èc vÝt, èng nhùa"), S_("Bu lông, ốc vít, ống nhựa") },       /* the same item     */
        { S_("Khu«n Ðp nhùa"), S_("Khuôn ép nhựa") },                               /* within a phrase   */
        { S_("D©y ®iÖn « t«"), S_("Dây điện ô tô") },
        { S_("CTCP èc vÝt Th¨ng Long"), S_("CTCP Ốc vít Thăng Long") },             /* after a company's form */
        { S_("C«ng ty C\u00E6 phÇn èc vÝt"), S_("Công ty Cổ phần Ốc vít") },
        { S_("C«ng ty TNHH S¶n xuÊt èc vÝt Kim Liªn"), S_("Công ty TNHH Sản xuất Ốc vít Kim Liên") },
        { S_("S¶n xuÊt èc vÝt"), S_("Sản xuất ốc vít") },                           /* no company's name */
        { S_("C«ng ty TNHH Phô liÖu may §«ng ¸ Hµ Néi"), S_("Công ty TNHH Phụ liệu may Đông Á Hà Nội") },
        { S_("Sè 221 ®\u00ADêng §«ng ¸"), S_("Số 221 đường Đông Á") },              /* between capitals  */
        { S_("huyÖn øng Hßa"), S_("huyện Ứng Hòa") },
        { S_("Hµ §«ng, øng Hßa"), S_("Hà Đông, Ứng Hòa") },
        { S_("C¤NG TY Cæ PHÇN Hµ NéI"), S_("CÔNG TY CỔ PHẦN HÀ NỘI") },             /* all capitals      */
    };
    for (size_t i = 0; i < COUNT(rows); i++) CHECK_STR(legacy_convert(a, LEGACY_TCVN3, rows[i].typed), rows[i].read);
}
