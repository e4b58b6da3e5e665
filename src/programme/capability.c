/* capability.c - what an enterprise can really make: its sites, products, processes, equipment, certificates, grades, figures, customers, imports. */
#include "programme/register.h"

static const struct choice site_kinds[] = {
    { "factory", N_("Factory") }, { "office", N_("Office") }, { "warehouse", N_("Warehouse") }, { "laboratory", N_("Laboratory") },
    { NULL },
};
static const struct field site_fields[] = {
    [SITE_NAME] = { "name",        N_("Name of the site"), &text_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED, .max = 200, .weight = 2,
        .also = "ten nha may|nha may|co so san xuat|xuong|factory" },
    [SITE_KIND] = { "kind",        N_("Kind of site"), &choice_type, PUBLIC | LISTED, .choices = site_kinds },
    [SITE_WARD] = { "ward",        N_("Ward or commune"), &code_type, PUBLIC | LISTED, .list = "ward", .also = "xa phuong nha may" },
    [SITE_ADDRESS] = { "address",     N_("Address"), &text_type, PUBLIC | LISTED | SEARCHED, .max = 300, .weight = 1, .also = "dia chi nha may|dia chi san xuat|dia chi xuong|factory address" },
    [SITE_OLD_ADDRESS] = { "old_address", N_("Address before 1 July 2025"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 1, .also = "dia chi nha may cu" },
    [SITE_ZONE] = { "zone",        N_("Industrial park or cluster"), &code_type, PUBLIC, .list = "industrial_zone" },
    [SITE_PLACE] = { "place",       N_("Place on the map"), &place_type, PUBLIC },
    [SITE_AREA] = { "area",        N_("Area"), &number_type, PUBLIC, .least = 0, .most = 1e8, .unit = "m²", .also = "dien tich|dien tich nha xuong" },
};
_Static_assert(COUNT(site_fields) == SITE_FIELD_COUNT, "every field has a row");
const struct entity site = {
    .name = "site", .parent = &enterprise, .one = N_("Site"), .many = N_("Sites"), FIELDS(site_fields), .title = 0,
    .id_prefix = "CS",
};

static Message check_product(const struct work *w, const struct record *r, int *field)
{
    enum { FROM = PRODUCT_KEY_PRODUCT_FROM, UNTIL = PRODUCT_KEY_PRODUCT_UNTIL };
    if (v_is(r->v[FROM]) && v_is(r->v[UNTIL]) && v_i64(r->v[FROM]) > v_i64(r->v[UNTIL])) {
        *field = UNTIL;
        return MSG(N_("A key industrial product cannot lose the title before it has it."));
    }
    return NO_MESSAGE;
}
static const struct field product_fields[] = {
    [PRODUCT_NAME_VI] = { "name_vi",           N_("Product"), &text_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 8,
        .also = "san pham|san pham chinh|ten san pham|san pham chu yeu|mat hang|main products|products|cac san pham chinh" },
    [PRODUCT_NAME_EN] = { "name_en",           N_("Product, English"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 8, .also = "san pham tieng anh" },
    [PRODUCT_HS_CODE] = { "hs_code",           N_("HS code"), &text_type, PUBLIC | LISTED | SEARCHED, .max = 12, .weight = 4, .also = "ma hs|hs" },
    [PRODUCT_PRODUCT_GROUP] = { "product_group",     N_("Product group"), &code_type, PUBLIC | LISTED, .list = "si_group", .also = "nhom san pham cnht" },
    [PRODUCT_CAPACITY] = { "capacity",          N_("Yearly capacity"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1e15, .unit_by = "capacity_unit",
        .also = "cong suat|nang luc san xuat|san luong|capacity" },
    [PRODUCT_CAPACITY_UNIT] = { "capacity_unit",     N_("Unit of capacity"), &code_type, PUBLIC, .list = "unit", .also = "don vi tinh|dvt|don vi cong suat|unit" },
    [PRODUCT_LOCALISATION_RATE] = { "localisation_rate", N_("Localisation rate"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%",
        .also = "ty le noi dia hoa|ti le noi dia hoa|localisation|localization rate" },
    [PRODUCT_KEY_PRODUCT_FROM] = { "key_product_from",  N_("Key industrial product from"), &year_type, PUBLIC, .also = "nam cong nhan spcnc l|nam cong nhan san pham chu luc" },
    [PRODUCT_KEY_PRODUCT_UNTIL] = { "key_product_until", N_("Key industrial product until"), &year_type, PUBLIC },
};
_Static_assert(COUNT(product_fields) == PRODUCT_FIELD_COUNT, "every field has a row");
const struct entity product = {
    .name = "product", .parent = &enterprise, .one = N_("Product"), .many = N_("Products"), FIELDS(product_fields), .title = 0, .check = check_product,
};

static const struct field process_fields[] = {
    [PROCESS_PROCESS] = { "process",    N_("Process"), &code_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED | FACET, .list = "process", .weight = 8,
        .also = "cong nghe|quy trinh|cong nghe san xuat|cong doan|processes|technology" },
    [PROCESS_MATERIALS] = { "materials",  N_("Materials"), &codes_type, PUBLIC | LISTED | SEARCHED, .list = "material", .weight = 3, .also = "vat lieu|nguyen lieu" },
    [PROCESS_TOLERANCE] = { "tolerance",  N_("Tolerance"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1000, .unit = "mm", .also = "dung sai" },
    [PROCESS_PART_SIZE] = { "part_size",  N_("Largest part"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1e6, .unit = "mm", .also = "kich thuoc toi da" },
    [PROCESS_PART_WEIGHT] = { "part_weight", N_("Heaviest part"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1e6, .unit = "kg", .also = "khoi luong toi da" },
    [PROCESS_FREE_SHARE] = { "free_share", N_("Free capacity"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%", .also = "cong suat con trong" },
};
_Static_assert(COUNT(process_fields) == PROCESS_FIELD_COUNT, "every field has a row");
const struct entity process = {
    .name = "process", .parent = &enterprise, .one = N_("Process"), .many = N_("Processes"), FIELDS(process_fields), .title = 0,
};

static const struct field equipment_fields[] = {
    [EQUIPMENT_NAME] = { "name",      N_("Machine"), &text_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED, .max = 200, .weight = 3,
        .also = "may moc|thiet bi|may moc thiet bi|ten may|machines|thiet bi chinh" },
    [EQUIPMENT_KIND] = { "kind",      N_("Kind of machine"), &code_type, PUBLIC | LISTED | SEARCHED, .list = "machine", .weight = 3, .also = "loai may" },
    [EQUIPMENT_MAKER] = { "maker",     N_("Maker"), &text_type, PUBLIC | LISTED, .max = 100, .also = "hang san xuat|nha san xuat" },
    [EQUIPMENT_MADE_IN] = { "made_in",   N_("Year of make"), &year_type, PUBLIC, .also = "nam san xuat" },
    [EQUIPMENT_COUNT] = { "count",     N_("Number of machines"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 1e5, .also = "so luong may" },
    [EQUIPMENT_FORCE] = { "force",     N_("Clamping or pressing force"), &number_type, PUBLIC | LISTED, .least = 0, .most = 1e5, .unit = "t", .also = "luc ep|luc dap|tonnage" },
    [EQUIPMENT_AXES] = { "axes",      N_("Axes"), &integer_type, PUBLIC | LISTED, .least = 1, .most = 20, .also = "so truc" },
    [EQUIPMENT_TABLE_LENGTH] = { "table_length", N_("Length of the table"), &number_type, PUBLIC, .least = 0, .most = 1e5, .unit = "mm" },
    [EQUIPMENT_TABLE_WIDTH] = { "table_width", N_("Width of the table"), &number_type, PUBLIC, .least = 0, .most = 1e5, .unit = "mm" },
    [EQUIPMENT_TOLERANCE] = { "tolerance", N_("Tolerance"), &number_type, PUBLIC, .least = 0, .most = 1000, .unit = "mm" },
    [EQUIPMENT_TEMPERATURE] = { "temperature", N_("Highest temperature"), &number_type, PUBLIC, .least = -273, .most = 5000, .unit = "°C", .also = "nhiet do toi da|nhiet do lo" },
};
_Static_assert(COUNT(equipment_fields) == EQUIPMENT_FIELD_COUNT, "every field has a row");
const struct entity equipment = {
    .name = "equipment", .parent = &enterprise, .one = N_("Machine"), .many = N_("Equipment"), FIELDS(equipment_fields), .title = 0,
};

static Message check_certificate(const struct work *w, const struct record *r, int *field)
{
    Str issued = v_str(r->v[CERTIFICATE_ISSUED_ON]), expires = v_str(r->v[CERTIFICATE_EXPIRES_ON]);
    if (issued.n && expires.n && str_cmp(issued, expires) > 0) {
        *field = CERTIFICATE_EXPIRES_ON;
        return MSG(N_("A certificate cannot expire before it is issued."));
    }
    return NO_MESSAGE;
}
static bool in_force(const struct work *w, const struct record *r) { return certificate_state(w, r) != CERTIFICATE_EXPIRED; }
static const struct field certificate_fields[] = {
    [CERTIFICATE_STANDARD]   = { "standard",   N_("Standard"), &code_type, REQUIRED | KEY | PUBLIC | LISTED | SEARCHED | FACET, .list = "standard", .weight = 6,
        .also = "he thong quan ly|chung chi|chung nhan|tieu chuan|giay chung nhan|he thong qlcl|chung chi iso|certificates|he thong quan ly chat luong|certification" },
    [CERTIFICATE_NUMBER]     = { "number",     N_("Number"), &text_type, PUBLIC | LISTED, .max = 100, .also = "so chung chi|so chung nhan|certificate number" },
    [CERTIFICATE_SCOPE]      = { "scope",      N_("Scope"), &text_type, PUBLIC | LISTED, .max = 500, .also = "pham vi chung nhan|pham vi" },
    [CERTIFICATE_ISSUER]     = { "issuer",     N_("Issued by"), &text_type, PUBLIC | LISTED, .max = 200, .also = "to chuc chung nhan|don vi cap|noi cap|issuer" },
    [CERTIFICATE_ISSUED_ON]  = { "issued_on",  N_("Issued on"), &date_type, PUBLIC | LISTED | HAPPENED, .also = "ngay cap|ngay chung nhan|issue date|date of issue" },
    [CERTIFICATE_EXPIRES_ON] = { "expires_on", N_("Valid until"), &date_type, PUBLIC | LISTED, .also = "ngay het han|het han|hieu luc den|co gia tri den|expiry date|expires" },
    [CERTIFICATE_EVIDENCE]   = { "evidence",   N_("Copy"), &file_type, OWNER },
};
_Static_assert(COUNT(certificate_fields) == CERTIFICATE_FIELD_COUNT, "every field has a row");
const struct entity certificate = {
    .name = "certificate", .parent = &enterprise, .one = N_("Certificate"), .many = N_("Certificates"), FIELDS(certificate_fields),
    .title = CERTIFICATE_STANDARD, .check = check_certificate,
    .in_force = in_force,
};

/* What an assessment by the office or by a body it recognises gave; the newest that is in force counts. */
static Message check_grade(const struct work *w, const struct record *r, int *field)
{
    Str assessed = v_str(r->v[GRADE_ASSESSED_ON]), until = v_str(r->v[GRADE_VALID_UNTIL]);
    if (until.n && str_cmp(assessed, until) > 0) {
        *field = GRADE_VALID_UNTIL;
        return MSG(N_("A grade cannot end before it is given."));
    }
    return NO_MESSAGE;
}
static bool grade_in_force(const struct work *w, const struct record *r)
{
    Str until = v_str(r->v[GRADE_VALID_UNTIL]);
    return !until.n || str_cmp(until, date_iso(w->a, w->today)) >= 0;
}
static const struct field grade_fields[] = {
    [GRADE_GRADE]       = { "grade",       N_("Capability grade"), &code_type, REQUIRED | PUBLIC | LISTED, .list = "capability_grade", .also = "hang nang luc|xep hang nang luc" },
    [GRADE_ASSESSED_ON] = { "assessed_on", N_("Assessed on"), &date_type, REQUIRED | KEY | PUBLIC | LISTED | HAPPENED, .also = "ngay danh gia" },
    [GRADE_ASSESSED_BY] = { "assessed_by", N_("Assessed by"), &text_type, REQUIRED | PUBLIC | LISTED, .max = 200, .also = "don vi danh gia" },
    [GRADE_VALID_UNTIL] = { "valid_until", N_("Valid until"), &date_type, PUBLIC | LISTED, .also = "hang co gia tri den" },
    [GRADE_EVIDENCE]    = { "evidence",    N_("Assessment report"), &file_type, OWNER },
};
_Static_assert(COUNT(grade_fields) == GRADE_FIELD_COUNT, "every field has a row");
const struct entity grade = {
    .name = "grade", .parent = &enterprise, .one = N_("Capability grade"), .many = N_("Capability grades"), FIELDS(grade_fields),
    .title = GRADE_ASSESSED_ON, .check = check_grade, .in_force = grade_in_force,
};

/* Amounts are what an enterprise told the department in confidence: shares and employees are shown, amounts are not. */
static const struct field figure_fields[] = {
    [FIGURE_YEAR]         = { "year",         N_("Year"), &year_type, REQUIRED | KEY | PUBLIC | LISTED, .also = "nam so lieu" },
    [FIGURE_EMPLOYEES]    = { "employees",    N_("Employees"), &integer_type, PUBLIC | LISTED, .least = 0, .most = 1e7,
        .also = "so lao dong|lao dong|so lao dong nguoi|tong so lao dong|so cong nhan|nhan su|workers|number of employees" },
    [FIGURE_REVENUE]      = { "revenue",      N_("Revenue"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "doanh thu|tong doanh thu|turnover|sales" },
    [FIGURE_EXPORTS]      = { "exports",      N_("Export value"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "gia tri xuat khau|xuat khau|kim ngach xuat khau|doanh thu xuat khau|export" },
    [FIGURE_EXPORT_SHARE] = { "export_share", N_("Share exported"), &number_type, PUBLIC | LISTED, .least = 0, .most = 100, .unit = "%", .also = "ty le xuat khau|ti le xuat khau" },
    [FIGURE_CAPITAL]      = { "capital",      N_("Total capital"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "tong nguon von|tong von|tong tai san|nguon von" },
    [FIGURE_INVESTMENT]   = { "investment",   N_("Investment"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "von dau tu|dau tu" },
    [FIGURE_RESEARCH]     = { "research",     N_("Research and development"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "chi phi r&d|r&d|chi phi nghien cuu phat trien|chi nghien cuu" },
    [FIGURE_TAXES]        = { "taxes",        N_("Paid to the budget"), &money_type, OWNER, .least = 0, .most = 9e15, .also = "nop ngan sach|thue da nop" },
    [FIGURE_LOCAL_INPUTS] = { "local_inputs", N_("Inputs bought in Viet Nam"), &number_type, PUBLIC, .least = 0, .most = 100, .unit = "%", .also = "ty le mua trong nuoc|ti le nguyen lieu trong nuoc" },
};
_Static_assert(COUNT(figure_fields) == FIGURE_FIELD_COUNT, "every field has a row");
const struct entity figure = {
    .name = "figure", .parent = &enterprise, .one = N_("Figures of a year"), .many = N_("Yearly figures"), FIELDS(figure_fields),
    .title = FIGURE_YEAR,
};

static const struct choice customer_kinds[] = {
    { "domestic", N_("Vietnamese enterprise") }, { "foreign-invested", N_("Foreign-invested enterprise in Viet Nam") }, { "abroad", N_("Customer abroad") },
    { NULL },
};
static const struct field customer_fields[] = {
    [CUSTOMER_NAME] = { "name",    N_("Customer"), &text_type, REQUIRED | KEY | COMMAS | PUBLIC | LISTED | SEARCHED, .max = 200, .weight = 2,
        .also = "khach hang|khach hang chinh|customers|main customers" },
    [CUSTOMER_KIND] = { "kind",    N_("Kind of customer"), &choice_type, PUBLIC | LISTED, .choices = customer_kinds, .also = "loai khach hang" },
    [CUSTOMER_COUNTRY] = { "country", N_("Country"), &code_type, PUBLIC | LISTED, .list = "country", .also = "nuoc khach hang",
        .help = N_("Where it is; of a foreign-invested enterprise, where its owner is.") },
    [CUSTOMER_PRODUCT] = { "product", N_("What it buys"), &text_type, PUBLIC | LISTED, .max = 300 },
    [CUSTOMER_SINCE] = { "since",   N_("Since"), &year_type, PUBLIC | LISTED },
    [CUSTOMER_SHARE] = { "share",   N_("Share of revenue"), &number_type, OWNER, .least = 0, .most = 100, .unit = "%" },
};
_Static_assert(COUNT(customer_fields) == CUSTOMER_FIELD_COUNT, "every field has a row");
const struct entity customer = {
    .name = "customer", .parent = &enterprise, .one = N_("Customer"), .many = N_("Customers"), FIELDS(customer_fields), .title = 0,
};

/* Bought abroad by the enterprise itself; amounts are its own affair, as those of yearly figures are. */
static const struct field imported_input_fields[] = {
    [IMPORT_PRODUCT]   = { "product",   N_("Input"), &text_type, REQUIRED | KEY | LISTED | OWNER | SEARCHED, .max = 300, .weight = 1,
        .also = "hang nhap khau|nguyen lieu nhap khau|vat tu nhap khau|imported input" },
    [IMPORT_HS]        = { "hs_code",   N_("HS code"), &text_type, LISTED | OWNER, .max = 12, .also = "ma hs nhap khau" },
    [IMPORT_COUNTRY]   = { "country",   N_("Country of origin"), &code_type, REQUIRED | KEY | LISTED | OWNER, .list = "country", .also = "nuoc nhap khau|xuat xu|nuoc xuat xu" },
    [IMPORT_VALUE]     = { "value",     N_("Imported a year"), &money_type, LISTED | OWNER, .least = 0, .most = 9e15, .also = "gia tri nhap khau|kim ngach nhap khau" },
    [IMPORT_SHARE]     = { "share",     N_("Share of purchases"), &number_type, LISTED | OWNER, .least = 0, .most = 100, .unit = "%", .also = "ty trong nhap khau" },
    [IMPORT_ESSENTIAL] = { "essential", N_("Production stops without it"), &boolean_type, LISTED | OWNER },
    [IMPORT_YEAR]      = { "year",      N_("Year"), &year_type, LISTED | OWNER, .also = "nam nhap khau" },
};
_Static_assert(COUNT(imported_input_fields) == IMPORT_FIELD_COUNT, "every field has a row");
const struct entity imported_input = {
    .name = "imported_input", .parent = &enterprise, .one = N_("Imported input"), .many = N_("Imported inputs"), FIELDS(imported_input_fields),
    .title = IMPORT_PRODUCT,
};
