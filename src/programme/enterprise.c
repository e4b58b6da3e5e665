/* enterprise.c - the enterprise: who it is, where, what field it is in, how to reach it. */
#include "programme/register.h"

#include <string.h>

static const struct choice visibilities[] = {
    { "public", N_("Shown to everybody") },
    { "hidden", N_("For staff only") },
    { NULL },
};

static const struct field fields[] = {
    [ENTERPRISE_NAME_VI] = { "name_vi", N_("Vietnamese name"), &text_type, PUBLIC | LISTED | SEARCHED | PAIR, .max = 300, .weight = 12,
        .both = N_("Name"),
        .also = "ten doanh nghiep|ten cong ty|ten don vi|ten dn|doanh nghiep|ten co so|ten tieng viet|ten|company|company name|name", .section = N_("Name and registration") },
    [ENTERPRISE_NAME_EN] = { "name_en", N_("English name"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 12,
        .also = "ten tieng anh|ten giao dich|ten nuoc ngoai|ten tieng nuoc ngoai|english company name" },
    [ENTERPRISE_SHORT_NAME] = { "short_name", N_("Short name"), &text_type, PUBLIC | SEARCHED, .max = 100, .weight = 12,
        .also = "ten viet tat|ten goi tat|abbreviation" },
    [ENTERPRISE_TAX_CODE] = { "tax_code", N_("Tax code"), &tax_code_type, PUBLIC | LISTED | UNIQUE | SEARCHED, .weight = 16,
        .also = "mst|ma so thue|ma so doanh nghiep|msdn|ma so dn|ma dn|so dkkd|tax id|tax code|tin|enterprise code",
        .help = N_("10 digits, or 13 for a branch; checked by its check digit.") },
    [ENTERPRISE_LEGAL_FORM] = { "legal_form", N_("Legal form"), &code_type, PUBLIC | FACET, .list = "legal_form",
        .also = "loai hinh|loai hinh doanh nghiep|hinh thuc phap ly|type of enterprise" },
    [ENTERPRISE_OWNERSHIP] = { "ownership", N_("Ownership"), &code_type, PUBLIC | FACET, .list = "ownership",
        .also = "hinh thuc so huu|thanh phan kinh te|khu vuc|von" },
    [ENTERPRISE_OWNER_COUNTRY] = { "owner_country", N_("Country of the owner"), &code_type, PUBLIC | FACET, .list = "country",
        .also = "quoc gia|nuoc dau tu|quoc tich nha dau tu|quoc gia nha dau tu|quoc tich|country" },
    [ENTERPRISE_FOUNDED] = { "founded", N_("Founded in"), &year_type, PUBLIC, .also = "nam thanh lap|thanh lap|year founded|established" },
    [ENTERPRISE_CHARTER_CAPITAL] = { "charter_capital", N_("Charter capital"), &money_type, PUBLIC, .least = 0, .most = 9e15,
        .also = "von dieu le|von dang ky" },
    [ENTERPRISE_STATUS] = { "status", N_("Status"), &code_type, PUBLIC | FACET, .list = "enterprise_status",
        .also = "tinh trang|trang thai|tinh trang hoat dong" },
    [ENTERPRISE_WARD] = { "ward", N_("Ward or commune"), &code_type, PUBLIC | LISTED | FACET | SEARCHED, .list = "ward", .weight = 2,
        .also = "xa phuong|phuong xa|xa/phuong|phuong/xa|xa|phuong|dia ban|xa phuong thi tran|commune|ward commune",
        .help = N_("One of the 126 wards and communes since 1 July 2025; a name of before is recognised where it has one successor."), .section = N_("Where it is") },
    [ENTERPRISE_ADDRESS] = { "address", N_("Address"), &text_type, CONFIRM | PUBLIC | LISTED | SEARCHED, .max = 300, .weight = 1,
        .also = "dia chi|so nha duong|so nha, duong|dia chi tru so|tru so|tru so chinh|dia chi tru so chinh|street address|head office" },
    [ENTERPRISE_OLD_ADDRESS] = { "old_address", N_("Address before 1 July 2025"), &text_type, PUBLIC | SEARCHED, .max = 300, .weight = 1,
        .also = "dia chi cu|dia chi truoc sap nhap|old address",
        .help = N_("As it was written with three levels: ward, district, city.") },
    [ENTERPRISE_ZONE] = { "zone", N_("Industrial park or cluster"), &code_type, PUBLIC | FACET | SEARCHED, .list = "industrial_zone", .weight = 2,
        .also = "khu cong nghiep|cum cong nghiep|kcn|ccn|kcn/ccn|khu cum cong nghiep|kcn ccn|industrial zone|industrial park" },
    [ENTERPRISE_PLACE] = { "place", N_("Place on the map"), &place_type, PUBLIC, .also = "toa do|coordinates|lat long" },
    [ENTERPRISE_PHONE] = { "phone", N_("Telephone"), &phone_type, CONFIRM | PUBLIC, .max = 100,
        .also = "dien thoai|so dien thoai|sdt|dt|tel|phone number|dien thoai co quan", .section = N_("How to reach it") },
    [ENTERPRISE_EMAIL] = { "email", N_("E-mail"), &email_type, CONFIRM | PUBLIC, .max = 200, .also = "thu dien tu|email|e mail|mail" },
    [ENTERPRISE_WEBSITE] = { "website", N_("Website"), &url_type, CONFIRM | PUBLIC, .max = 300, .also = "trang web|trang thong tin dien tu|web|homepage" },
    [ENTERPRISE_REPRESENTATIVE] = { "representative", N_("Legal representative"), &text_type, PERSONAL, .max = 200,
        .also = "nguoi dai dien|nguoi dai dien phap luat|dai dien phap luat|giam doc|director" },
    [ENTERPRISE_CONTACT_NAME] = { "contact_name", N_("Contact person"), &text_type, PERSONAL, .max = 200,
        .also = "nguoi lien he|dau moi lien he|can bo dau moi|lien he|contact" },
    [ENTERPRISE_CONTACT_ROLE] = { "contact_role", N_("Position of the contact"), &text_type, PERSONAL, .max = 200, .also = "chuc vu|chuc danh|position" },
    [ENTERPRISE_CONTACT_PHONE] = { "contact_phone", N_("Telephone of the contact"), &phone_type, PERSONAL, .max = 100,
        .also = "di dong|dien thoai di dong|so di dong|dien thoai lien he|sdt lien he|dien thoai nguoi lien he|mobile" },
    [ENTERPRISE_CONTACT_EMAIL] = { "contact_email", N_("E-mail of the contact"), &email_type, PERSONAL, .max = 200,
        .also = "email lien he|email nguoi lien he|contact e-mail" },
    [ENTERPRISE_FIELDS] = { "fields", N_("Fields of the programme"), &codes_type, PUBLIC | LISTED | FACET, .list = "si_field",
        .also = "linh vuc cnht|linh vuc cong nghiep ho tro", .section = N_("What it does") },
    [ENTERPRISE_INDUSTRIES] = { "industries", N_("Industries served"), &codes_type, PUBLIC | FACET | SEARCHED, .list = "si_industry", .weight = 4,
        .also = "nganh cnht|nganh phuc vu|nganh cong nghiep phuc vu" },
    [ENTERPRISE_GROUPS] = { "groups", N_("Product groups"), &codes_type, PUBLIC | FACET, .list = "si_group", .also = "nhom san pham" },
    [ENTERPRISE_VSIC] = { "vsic", N_("VSIC industry codes"), &codes_type, PUBLIC | SEARCHED, .list = "vsic", .weight = 2,
        .also = "vsic|ma nganh|ma nganh kinh te|nganh nghe vsic" },
    [ENTERPRISE_STATED_FIELD] = { "stated_field", N_("Field as stated by the source"), &text_type, PUBLIC | SEARCHED, .max = 500, .weight = 4,
        .also = "linh vuc|nganh nghe|linh vuc hoat dong|nganh nghe kinh doanh|nganh nghe san xuat|nganh|field|sector|industry" },
    [ENTERPRISE_DESCRIPTION_VI] = { "description_vi", N_("Description, Vietnamese"), &long_text_type, PUBLIC | SEARCHED | PAIR, .max = 4000, .weight = 1,
        .both = N_("Description"),
        .also = "gioi thieu|mo ta|gioi thieu chung" },
    [ENTERPRISE_DESCRIPTION_EN] = { "description_en", N_("Description, English"), &long_text_type, PUBLIC | SEARCHED, .max = 4000, .weight = 1,
        .also = "introduction|profile" },
    [ENTERPRISE_ASSOCIATIONS] = { "associations", N_("Member of"), &codes_type, PUBLIC | FACET, .list = "association",
        .also = "hiep hoi|hoi vien|thanh vien hiep hoi|association" },
    [ENTERPRISE_LANGUAGES] = { "languages", N_("Languages spoken with customers"), &codes_type, PUBLIC | FACET, .list = "language",
        .also = "ngon ngu|ngon ngu giao dich|ngoai ngu|languages spoken" },
    [ENTERPRISE_VISIBILITY] = { "visibility", N_("Visibility"), &choice_type, 0, .choices = visibilities,
        .help = N_("Shown to everybody unless it says otherwise."), .section = N_("For the office") },
    [ENTERPRISE_SOURCE_NOTE] = { "source_note", N_("Source"), &text_type, PUBLIC, .max = 600, .also = "nguon|nguon thong tin|source" },
    [ENTERPRISE_NOTE] = { "note", N_("Note"), &long_text_type, 0, .max = 4000, .also = "ghi chu|note|remarks" },
    [ENTERPRISE_SITES] = { "sites", N_("Sites"), &children_type, PUBLIC, .to = &site, .section = N_("Sites, products and machines") },
    [ENTERPRISE_PRODUCTS] = { "products", N_("Products"), &children_type, CONFIRM | PUBLIC | LISTED | BRIEF, .to = &product },
    [ENTERPRISE_PROCESSES] = { "processes", N_("Processes"), &children_type, PUBLIC, .to = &process },
    [ENTERPRISE_EQUIPMENT] = { "equipment", N_("Equipment"), &children_type, CONFIRM | PUBLIC, .to = &equipment },
    [ENTERPRISE_CERTIFICATES] = { "certificates", N_("Certificates"), &children_type, PUBLIC | LISTED, .to = &certificate },
    [ENTERPRISE_GRADES] = { "grades", N_("Capability grades"), &children_type, PUBLIC, .to = &grade },
    [ENTERPRISE_FIGURES] = { "figures", N_("Yearly figures"), &children_type, CONFIRM | PUBLIC | BY_KEY, .to = &figure },
    [ENTERPRISE_CUSTOMERS] = { "customers", N_("Customers"), &children_type, PUBLIC, .to = &customer },
    [ENTERPRISE_IMPORTS] = { "imports", N_("Inputs imported directly"), &children_type, OWNER, .to = &imported_input },
    [ENTERPRISE_VERIFIED_ON] = { "verified_on", N_("Verified on site on"), &date_type, PUBLIC | HAPPENED, .writers = SYSTEM,
        .help = N_("The day on which an officer of the ward or commune last found it at its address.") },
    [ENTERPRISE_VERIFIED_BY] = { "verified_by", N_("Verified by"), &code_type, PUBLIC, .list = "ward", .writers = SYSTEM },
    [ENTERPRISE_CONFIRMATIONS] = { "confirmations", N_("Dates of confirmation"), &text_type, INTERNAL, .max = 1000 },
    [ENTERPRISE_NAME_KEY] = { "name_key", N_("Key of the name"), &text_type, COMPUTED | INDEXED, .max = 300 },
    [ENTERPRISE_SIZE_CLASS] = { "size_class", N_("Size class"), &code_type, PUBLIC | FACET | DERIVED, .list = "size_class", .derive = size_class,
        .help = N_("Worked out from employees, revenue and capital by Decree 80/2021/NĐ-CP, Article 5.") },
    [ENTERPRISE_INTERNATIONAL] = { "international_standard", N_("At international standard"), &boolean_type, PUBLIC | FACET | DERIVED,
        .derive = at_international_standard,
        .help = N_("Holds a certificate, valid today, of a standard that the setting international_standard_certificates names.") },
    [ENTERPRISE_COMPLETENESS] = { "completeness", N_("Completeness of the profile"), &integer_type, PUBLIC | DERIVED, .unit = "%",
        .derive = completeness_percent },
    [ENTERPRISE_CONFIRMED_SINCE] = { "confirmed_since", N_("All key facts confirmed since"), &date_type, PUBLIC | DERIVED, .derive = enterprise_confirmed,
        .help = N_("The oldest of the days on which address, telephone, e-mail, website, products, equipment and yearly figures were last entered or confirmed.") },
};
_Static_assert(COUNT(fields) == ENTERPRISE_FIELD_COUNT, "every field has a row");

static Message check(const struct work *w, const struct record *r, int *field)
{
    if (!v_is(r->v[ENTERPRISE_NAME_VI]) && !v_is(r->v[ENTERPRISE_NAME_EN]))
        return MSG(N_("The enterprise has no name, neither Vietnamese nor English."));
    Val founded = r->v[ENTERPRISE_FOUNDED];
    if (v_is(founded) && v_i64(founded) > w->today.year) {
        *field = ENTERPRISE_FOUNDED;
        return MSG(N_("An enterprise cannot be founded in the future."));
    }
    return NO_MESSAGE;
}

static void compute(const struct work *w, struct record *r)
{
    Val name = v_is(r->v[ENTERPRISE_NAME_VI]) ? r->v[ENTERPRISE_NAME_VI] : r->v[ENTERPRISE_NAME_EN];
    r->v[ENTERPRISE_NAME_KEY] = v_is(name) ? v_text(company_name_key(w->a, v_str(name))) : v_null();
}

static bool published(const struct record *r)
{
    return !str_is(v_str(r->v[ENTERPRISE_VISIBILITY]), "hidden");
}

/* An enterprise sees all that is its own and proposes changes; a ward sees its own enterprises in full. */
static const struct right rights[] = {
    { EVERYBODY,                  MAY_READ,               PUBLIC_FIELDS, ROWS_PUBLISHED },
    { ENTERPRISE | BUYER,         MAY_READ | MAY_PROPOSE, OWN_FIELDS,    ROWS_OWN,     ID_ITSELF },
    { WARD,                       MAY_READ | MAY_PROPOSE, ALL_FIELDS,    ROWS_WARD,    ENTERPRISE_WARD },
    { ASSOCIATION,                MAY_READ,               PUBLIC_FIELDS, ROWS_MEMBERS, ENTERPRISE_ASSOCIATIONS },
    { FINANCE | AGENCY | LEADER,  MAY_READ,               ALL_FIELDS,    ROWS_ALL },
    { OFFICER | ADMIN,            MAY_ALL,                ALL_FIELDS,    ROWS_ALL },
    { 0 },
};

const struct entity enterprise = {
    .name = "enterprise", .path = "enterprises", .one = N_("Enterprise"), .many = N_("Enterprises"), .shelf = N_("Register"),
    FIELDS(fields), .title = ENTERPRISE_NAME_VI, .id_prefix = "DN", .rights = rights, .organisation = true,
    .check = check, .compute = compute, .published = published, .complete = address_complete, .name_key = company_name_key, .place = ENTERPRISE_WARD,
    .confirmations = ENTERPRISE_CONFIRMATIONS,
    .about = N_("Manufacturers and suppliers with their sites, products, processes, machines, certificates and yearly figures."),
};
