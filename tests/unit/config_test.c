/* config/config.h: search, merging, origins, MEMO_SYMBOLS, the catalogue; the bad configs of
 * tests/config/bad under sanitizers; and thousands of configs that chance has spoilt. */
#include "config/catalogue.h"
#include "config/config.h"
#include "config/impure.h"
#include "config/names.h"
#include "config/record.h"

#include "check.h"
#include "random.h"
#include "messages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct messages messages;
static struct config config;
static char path[64]; /* of a file in memory, whose text put() replaces */
static int descriptor;

static void put_bytes(const char *text, size_t length)
{
    CHECK(ftruncate(descriptor, 0) == 0);
    CHECK(pwrite(descriptor, text, length, 0) == (ssize_t)length);
}

static void load_request(const struct config_request *request)
{
    pool_release(&config.pool);
    messages_clear(&messages);
    errno = 4711;
    config_load(&config, request, &messages.diagnostics);
    CHECK(errno == 4711);
}

/* Loads `text` with one more variable, "NAME=VALUE" or NULL. */
static void load(const char *text, const char *variable)
{
    char *environment[] = {(char *)variable, NULL};
    const struct config_request request = {
        .program = "x", .environment = environment, .file = path, .running = false};
    put_bytes(text, strlen(text));
    load_request(&request);
}

static const struct entry *entry_of(const char *symbol)
{
    static const struct entry none;
    for (size_t i = 0; i < config.entry_count; i++)
        if (strcmp(config.entries[i].symbol, symbol) == 0) return &config.entries[i];
    printf("no entry for %s: %s\n", symbol, messages.text);
    CHECK(0);
    return &none;
}

/* Of the catalogue. */
static const struct catalogue_entry *known(const char *symbol)
{
    static struct pool pool;
    return catalogue_find(symbol, &pool);
}

static bool same_parameters(const struct signature *a, const struct signature *b)
{
    bool same = a->parameter_count == b->parameter_count;
    for (uint32_t i = 0; same && i < a->parameter_count; i++)
        same = strcmp(a->parameters[i].name, b->parameters[i].name) == 0;
    return same;
}

static bool is_from(struct origin origin, enum origin_kind kind, int line)
{
    return origin.kind == kind && origin.place.line == line;
}

static void test_merge(void)
{
    load("[tgamma]\n[localtime]\nttl = 5s\n[*]\nmaxsize = 7\nerrors = skip\n[pow]\nmaxsize = 9\n",
         NULL);
    CHECK_TEXT(messages.text, "");
    CHECK(config.entry_count == 3);
    const struct entry *tgamma = entry_of("tgamma"), *localtime = entry_of("localtime");
    CHECK(tgamma->options.maxsize == 7 && entry_of("pow")->options.maxsize == 9);
    CHECK(is_from(tgamma->origins[OPTION_MAXSIZE], ORIGIN_DEFAULTS_SECTION, 5));
    CHECK(is_from(entry_of("pow")->origins[OPTION_MAXSIZE], ORIGIN_SECTION, 8));
    CHECK(is_from(tgamma->origins[OPTION_TTL], ORIGIN_DEFAULT, 0));
    CHECK(is_from(tgamma->origins[OPTION_PROTOTYPE], ORIGIN_CATALOGUE, 0));
    CHECK_TEXT(tgamma->origins[OPTION_PROTOTYPE].place.file, "libm.conf");
    CHECK(same_parameters(tgamma->signature, known("tgamma")->signature));
    CHECK_TEXT(tgamma->prototype, "double tgamma(double x)");
    CHECK(tgamma->place.line == 1 && tgamma->place.column == 1);
    CHECK(localtime->options.errors == ERRORS_SKIP && localtime->options.ttl_ns == 5000000000);
    CHECK(is_from(localtime->origins[OPTION_ERRORS], ORIGIN_DEFAULTS_SECTION, 6));
    CHECK(is_from(localtime->origins[OPTION_DEPENDS], ORIGIN_CATALOGUE, 0));
    CHECK(localtime->dependency_count == 7);
    CHECK(localtime->dependencies[0].kind == DEPENDS_ENVIRONMENT);
    CHECK_TEXT(localtime->dependencies[0].name, "TZ");
    CHECK_TEXT(localtime->dependencies[6].name, "clearenv");
}

static void test_own_prototype(void)
{
    load("[gmtime]\nprototype = struct tm *gmtime(\n   const time_t  t[1])   # short\n"
         "returns = pointer\n[localtime_r]\nprototype = struct tm *localtime_r(const time_t t[1], "
         "out struct tm *r)\nreturns = r\n[localtime]\nreturns = pointer\ndepends = none\n",
         NULL);
    CHECK_TEXT(messages.text, "");
    const struct entry *gmtime = entry_of("gmtime");
    CHECK_TEXT(gmtime->prototype, "struct tm *gmtime( const time_t t[1])");
    CHECK(is_from(gmtime->origins[OPTION_PROTOTYPE], ORIGIN_SECTION, 2));
    CHECK(gmtime->signature->returns == RETURNS_POINTER);
    CHECK_TEXT(gmtime->signature->parameters[0].name, "t");
    CHECK(gmtime->dependency_count == 7 && gmtime->options.condition == CONDITION_UNCHANGED);
    const struct entry *localtime = entry_of("localtime");
    CHECK(entry_of("localtime_r")->signature->returned == 1);
    CHECK(localtime->signature->returns == RETURNS_POINTER);
    CHECK(localtime->dependency_count == 0 && !localtime->options.depends);
    /* the catalogue's `returns` names a parameter that a prototype of one's own need not have */
    load("[localtime_r]\nprototype = int localtime_r(int x)\n", NULL);
    CHECK(entry_of("localtime_r")->signature->returns == RETURNS_VALUE);
    CHECK_TEXT(entry_of("localtime_r")->options.returns, "value");
    load("[localtime]\nreturns = value\n", NULL);
    CHECK(config.entry_count == 0 && strstr(messages.text, ":2:11: the result is a pointer"));
}

static void test_depends(void)
{
    load("[pow]\ndepends = env:LANG,\n  file:/etc/a b , # why\n  locale,call:f.g\n", NULL);
    CHECK(strstr(messages.text, ":3:3: 'file:/etc/a b': this is no single name") != NULL);
    load("[pow]\ndepends = env:LANG,\n  file:/etc/a:b , # why\n  locale,call:f.g\n", NULL);
    CHECK_TEXT(messages.text, "");
    const struct entry *pow = entry_of("pow");
    CHECK(pow->dependency_count == 4);
    if (pow->dependency_count != 4) return;
    CHECK_TEXT(pow->dependencies[0].name, "LANG");
    CHECK_TEXT(pow->dependencies[1].name, "/etc/a:b");
    CHECK(pow->dependencies[2].kind == DEPENDS_LOCALE && !*pow->dependencies[2].name);
    CHECK(pow->dependencies[3].kind == DEPENDS_CALL);
    CHECK_TEXT(pow->dependencies[3].name, "f.g");
    CHECK_TEXT(pow->options.depends, "env:LANG, file:/etc/a:b , locale,call:f.g");
}

static void test_enabled(void)
{
    load("[pow]\nenabled = no\nprototype = whatever\n[unheard_of]\nenabled = no\n[rand]\n"
         "enabled = no\n[*]\nenabled = yes\n",
         NULL);
    CHECK_TEXT(messages.text, "");
    CHECK(config.entry_count == 3 && !entry_of("pow")->signature);
    CHECK(!entry_of("unheard_of")->options.enabled);
    load("[rand]\nprototype = int rand(void)\nforce = yes\n", NULL);
    CHECK(entry_of("rand")->signature != NULL);
}

static void test_process(void)
{
    load("[memo]\nlog = info\nstats = a b\nmaxmemory = 1G\n[pow]\n", "MEMO_LOG=error");
    CHECK_TEXT(messages.text, "");
    CHECK(config.process.log == LOG_ERROR && config.process.maxmemory == 1 << 30);
    CHECK_TEXT(config.process.stats, "a b");
    CHECK(is_from(config.process_origins[OPTION_LOG], ORIGIN_ENVIRONMENT, 0));
    CHECK(is_from(config.process_origins[OPTION_STATS], ORIGIN_SECTION, 3));
    CHECK(is_from(config.process_origins[OPTION_DISABLE], ORIGIN_DEFAULT, 0));
    load("[memo]\nlog = infos\n[pow]\n", "MEMO_LOG=error");
    CHECK(messages.diagnostics.errors == 1 && config.process.log == LOG_ERROR);
    load("[memo]\nlog = info\n", "MEMO_LOG=");
    CHECK(config.process.log == LOG_INFO);
    load("broken\n", "MEMO_DISABLE=1");
    CHECK_TEXT(messages.text, "");
    CHECK(config.process.disable && config.entry_count == 0);
    load("[memo]\ndisable = yes\n", "MEMO_DISABLE=0");
    CHECK(!config.process.disable);
}

static void test_requests(void)
{
    load("[tgamma]\nmaxsize = 3\nttl = 1s\n[erf]\nenabled = no\n[j0]\nmaxsize = 5\n",
         "MEMO_SYMBOLS= tgamma=100  erf pow=unlimited\tpow=2 exp ");
    CHECK_TEXT(messages.text, "");
    CHECK(config.entry_count == 5);
    const struct entry *tgamma = entry_of("tgamma");
    CHECK(tgamma->options.maxsize == 100 && tgamma->options.ttl_ns == 1000000000);
    CHECK(is_from(tgamma->origins[OPTION_MAXSIZE], ORIGIN_COMMAND, 1));
    CHECK(entry_of("erf")->options.enabled && entry_of("erf")->signature);
    CHECK(entry_of("pow")->options.maxsize == 2 && entry_of("j0")->options.maxsize == 5);
    CHECK(entry_of("exp")->options.maxsize == 4096);
    load("[*]\nmaxsize = 8\n[memo]\nlog = info\n", "MEMO_SYMBOLS=* memo pow =3 rand");
    CHECK(config.entry_count == 1 && entry_of("pow")->options.maxsize == 8);
    CHECK_TEXT(messages.text,
               "MEMO_SYMBOLS: [*] is not the name of a symbol\n"
               "MEMO_SYMBOLS: [memo] is not in the catalogue: it needs a config file with its "
               "prototype\n"
               "MEMO_SYMBOLS: [] is not the name of a symbol\n"
               "MEMO_SYMBOLS: [rand] is not cached, for it gives another number each time: if you "
               "know better, write 'force = yes'\n");
    load("[f]\nprototype = int f(int *p)\n", "MEMO_SYMBOLS=f");
    CHECK(config.entry_count == 0 && messages.diagnostics.errors == 1);
    const struct config_request request = {
        .program = "x", .environment = NULL, .file = path, .running = false};
    load_request(&request);
    CHECK(messages.diagnostics.errors == 1);
}

/* Sections after broken headers and of a name that stands twice harm nobody else. */
static void test_left_out(void)
{
    load("[pow]\nmaxsize = 3\n[pow]\nmaxsize = 4\n[exp\nmaxsize = x\n[log]\nmaxsize = x\n[sin]\n",
         NULL);
    CHECK(messages.diagnostics.errors == 3 && config.entry_count == 2);
    CHECK(entry_of("pow")->options.maxsize == 3 && entry_of("sin")->signature);
}

/* A setuid program: nothing of the environment, and what root put into /etc only. */
static void test_no_environment(void)
{
    const struct config_request request = {.program = "no/such program"};
    load_request(&request);
    CHECK(!config.file || strncmp(config.file, "/etc/libmemo/", 13) == 0);
}

static void test_catalogue(void)
{
    CHECK(catalogue_entry_count > 390);
    CHECK(!known("") && !known("zzz") && !known("powx"));
    for (size_t i = 0; i < catalogue_entry_count; i++) {
        const struct catalogue_entry *entry = catalogue_entry(i, &config.pool);
        CHECK(i == 0 || strcmp(catalogue_symbol(i - 1), entry->symbol) < 0);
        CHECK_TEXT(known(entry->symbol)->prototype, entry->prototype);
        CHECK_TEXT(entry->signature->symbol, entry->symbol);
        CHECK(!impure_reason(entry->symbol) && strstr(entry->prototype, entry->symbol));
        /* what may be late is not on by itself */
        CHECK(!entry->options.ttl_ns || entry->options.worth == WORTH_NAMED);
    }
    const struct catalogue_entry *localtime_r = known("localtime_r");
    CHECK(localtime_r->options.condition == CONDITION_UNCHANGED);
    CHECK(localtime_r->signature->returned == 1);
    CHECK(localtime_r->signature->parameters[1].type.record == &record_tm);
    CHECK(known("mktime")->options.condition == CONDITION_FIXED_ZONE);
    CHECK(known("strftime")->signature->parameters[0].passing == PASS_TEXT);
    CHECK(known("pow")->given == 1u << OPTION_PROTOTYPE);
    CHECK(known("sincosf")->signature->floating);
    CHECK(!known("gmtime")->signature->floating);
    CHECK(known("pow")->options.worth == WORTH_MAYBE);
    CHECK(known("fabs")->options.worth == WORTH_NEVER);
    CHECK(known("crypt")->options.worth == WORTH_NAMED);
}

/* Without a file or symbols: what says worth = maybe, and nothing else. */
static void test_choice(void)
{
    struct config_request request = {.program = "no/such program"};
    const char *const named[] = {"fabs", "getpwnam", "crypt", "printf", "zzz", ""};
    size_t maybe = 0;
    load_request(&request);
    if (config.file) return; /* somebody's /etc/libmemo */
    CHECK(config.choice && config.entry_count == 0);
    const struct entry *strftime = config_choose(&config, "strftime");
    CHECK(strftime && strftime->signature && strftime->dependency_count);
    CHECK(strftime->options.condition == CONDITION_NO_EPOCH && strftime->options.maxsize == 4096);
    CHECK(strftime->options.enabled && strftime->options.adaptive == ADAPTIVE_ON);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        CHECK(!config_choose(&config, named[i]));
    for (size_t i = 0; i < catalogue_called_count; i++) {
        size_t count = 0;
        CHECK(!config_choose(&config, catalogue_called(i, &count)) && count > 0);
    }
    request.choice = true;
    load_request(&request);
    for (size_t i = 0; i < catalogue_entry_count; i++)
        maybe += catalogue_entry(i, &config.pool)->options.worth == WORTH_MAYBE;
    CHECK(config.entry_count == maybe && maybe == catalogue_choice_count);
    CHECK_TEXT(config.entries[0].symbol, catalogue_choice_symbol(0));
    load("", NULL);
    CHECK(!config.choice && config.entry_count == 0);
}

/* In a running process' config of many sections a prototype is read when it is asked for, and once;
 * all else is read at once. */
static void test_later(void)
{
    static char text[8192] = "[f]\nprototype = int f(int *p)\n[g]\nprototype = int g(int a)\n"
                             "[pow]\n[localtime]\nreturns = pointer\n[pwo]\n[h]\nmaxsize = x\n";
    const struct config_request request = {
        .program = "x", .environment = NULL, .file = path, .running = true};
    put_bytes(text, strlen(text));
    load_request(&request);
    CHECK(config.entry_count == 3 && config.entries[0].signature &&
          strstr(messages.text, ":2:19:"));

    for (size_t i = 0, end = strlen(text); i < CONFIG_FEW; i++)
        end += (size_t)sprintf(text + end, "[k%zu]\nprototype = int k%zu(int a)\n", i, i);
    put_bytes(text, strlen(text));
    load_request(&request);
    CHECK(strstr(messages.text, ":8:1:") && strstr(messages.text, ":10:11:"));
    CHECK(messages.diagnostics.errors == 3 && config.entry_count == 4 + CONFIG_FEW);
    struct entry *entries = config.entries;
    CHECK(!entries[0].signature && !entries[1].signature && entries[2].signature);
    messages_clear(&messages);
    CHECK(!config_understand(&config, &entries[0]) && strstr(messages.text, ":2:19:"));
    messages_clear(&messages);
    CHECK(!config_understand(&config, &entries[0]));
    for (size_t i = 1; i < config.entry_count; i++)
        CHECK(config_understand(&config, &entries[i]));
    CHECK_TEXT(messages.text, "");
    CHECK(entries[1].signature->parameter_count == 1);
    CHECK(entries[3].signature->returns == RETURNS_POINTER);
}

/* Found by bisection, so every name has to be where it belongs. */
static void test_impure(void)
{
    static const char *const names[] = {"_exit",  "abort",  "clock",  "dlsym",   "fork", "free",
                                        "getpid", "malloc", "random", "rand",    "read", "realloc",
                                        "signal", "sleep",  "time",   "waitpid", "write"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK(impure_reason(names[i]) != NULL);
    CHECK(!impure_reason("pow") && !impure_reason("") && !impure_reason("zz"));
    size_t count = 0;
    for (const char *name; (name = impure_number(count)); count++) {
        CHECK(count == 0 || strcmp(impure_number(count - 1), name) < 0);
        CHECK(impure_reason(name) && !known(name));
    }
    CHECK(count > 500);
}

/* What the generator wrote is what the compiler knows. */
static void test_catalogue_fields(void)
{
    const struct catalogue_entry *mktime = known("mktime");
    const struct record *reads = mktime->signature->parameters[0].reads;
    CHECK(reads && reads->size == sizeof(struct tm) && reads->field_count == 7);
    CHECK(reads && reads->fields[6].offset == offsetof(struct tm, tm_isdst));
    const struct signature *lgamma = known("lgamma")->signature;
    CHECK(lgamma->global_count == 1 && lgamma->globals[0].type.size == sizeof(int));
    CHECK_TEXT(lgamma->globals[0].name, "signgam");
    const struct signature *strtold = known("strtold")->signature;
    CHECK(strtold->result.size == sizeof(long double) && strtold->floating);
    CHECK(strtold->parameters[1].type.kind == TYPE_POINTER);
    CHECK(strtold->parameters[1].passing == PASS_ARRAY);
    const struct signature *cacosl = known("cacosl")->signature;
    CHECK(cacosl->result.kind == TYPE_COMPLEX && cacosl->result.size == 2 * sizeof(long double));
    const struct catalogue_entry *getpwuid = known("getpwuid");
    CHECK(getpwuid->signature->pointee.record == &record_passwd);
    CHECK(getpwuid->options.ttl_ns > 0 && getpwuid->dependency_count > 0);
    CHECK(known("getpwuid_r")->signature->parameters[2].direction == DIRECTION_SCRATCH);
}

/* Structs before and after their use; what a section of one's own takes from the catalogue. */
static void test_records(void)
{
    load("[f]\nprototype = int f(struct a x)\n[struct a]\nfields = int n, struct b c\n"
         "[ union   u ]\nfields = int i\n[struct b]\nfields = union u u,\n  double d\n"
         "[g]\nprototype = struct b g(union u u)\n",
         NULL);
    CHECK_TEXT(messages.text, "");
    const struct type *type = &entry_of("f")->signature->parameters[0].type;
    CHECK(type->kind == TYPE_RECORD && type->size == 24);
    CHECK(entry_of("g")->signature->result.record == type->record->fields[1].type.record);
    CHECK(entry_of("g")->signature->parameters[0].type.record->is_union);
    load("[lgamma]\nwrites = none\n[lgammaf]\nprototype = "
         "float lgammaf(float x)\n[exp]\n"
         "writes = int a, double b[2]\nverify = 0.25\n[memo]\nverify = yes\n",
         NULL);
    CHECK_TEXT(messages.text, "");
    CHECK(entry_of("lgamma")->signature->global_count == 0);
    CHECK(entry_of("lgammaf")->signature->global_count == 0 &&
          !entry_of("lgammaf")->options.writes);
    CHECK(entry_of("exp")->signature->global_count == 2);
    CHECK(entry_of("exp")->options.verify_ppm == 250000 && config.process.verify);
    CHECK_TEXT(entry_of("exp")->signature->globals[1].name, "b");
    load("[localtime_r]\nwrites = long timezone\n", "MEMO_VERIFY=1");
    CHECK(entry_of("localtime_r")->signature->returns == RETURNS_PARAMETER);
    CHECK(entry_of("localtime_r")->signature->global_count == 1 && config.process.verify);
    load("[geo::dist(double, double)]\nprototype = double dist(double, double)\n[memo]\n",
         "MEMO_SYMBOLS=geo::dist(double,double)=7 _ZN3geo4distEdd");
    CHECK_TEXT(messages.text, "");
    CHECK(config.entry_count == 1 && entry_of("_ZN3geo4distEdd")->signature);
}

static void test_names(void)
{
    struct pool pool = {0};
    struct names names = {.pool = &pool};
    static char texts[5000][8];
    CHECK(!names_find(&names, "a", 1));
    for (size_t i = 0; i < 5000; i++) {
        int length = snprintf(texts[i], sizeof texts[i], "n%zu", i);
        CHECK(!names_find(&names, texts[i], (size_t)length));
        CHECK(names_add(&names, texts[i], (size_t)length, texts[i]));
    }
    for (size_t i = 0; i < 5000; i++)
        CHECK(names_find(&names, texts[i], strlen(texts[i])) == texts[i]);
    CHECK(!names_find(&names, "n4999x", 6) && !names_find(&names, "n", 1));
    pool_release(&pool);
}

static size_t read_whole(const char *name, char *text, size_t room)
{
    FILE *file = fopen(name, "r");
    size_t length = file ? fread(text, 1, room - 1, file) : 0;
    text[length] = '\0';
    if (file) fclose(file);
    return length;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length >= tail && strcmp(name + length - tail, ending) == 0;
}

/* The expected lines are the shim's, which starts each with its name. */
static void check_bad(const char *name)
{
    static char want[64 << 10], got[64 << 10];
    char file[300];
    const struct config_request request = {.program = "x", .file = name};
    snprintf(file, sizeof file, "%.*s.err", (int)strlen(name) - 5, name);
    read_whole(file, want, sizeof want);
    load_request(&request);
    char *end = got;
    *got = '\0';
    for (char *line = strtok(messages.text, "\n"); line; line = strtok(NULL, "\n"))
        end += snprintf(end, sizeof got - (size_t)(end - got), "libmemo: %s\n", line);
    CHECK_TEXT(got, want);
    CHECK(entry_of("tgamma")->signature && entry_of("tgamma")->options.maxsize == 8);
}

static void test_bad(void)
{
    int count = 0;
    CHECK(chdir(MEMO_ROOT "/tests/config/bad") == 0);
    DIR *folder = opendir(".");
    CHECK(folder != NULL);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        if (!ends_with(entry->d_name, ".conf")) continue;
        chmod(entry->d_name, 0644);
        check_bad(entry->d_name);
        count++;
    }
    if (folder) closedir(folder);
    CHECK(count >= 45);
}

static uint64_t chance(void)
{
    static uint64_t state = 6364136223846793005u;
    return random_next(&state);
}

/* Removes, doubles, moves and overwrites pieces; the length is what comes back. */
static size_t spoil(char *text, size_t length, size_t room)
{
    static const char marks[] = "[]=#;\n\r ,()*'\"/\\\t:{}0_-+.\0\xff";
    for (unsigned i = chance() % 6; length > 1; i--) {
        size_t from = chance() % length, to = chance() % length;
        size_t bytes = chance() % (length - (from > to ? from : to));
        switch (chance() % 4) {
        case 0:
            text[from] = marks[chance() % (sizeof marks - 1)];
            break;
        case 1:
            memmove(text + from, text + from + bytes / 8, length - from - bytes / 8);
            length -= bytes / 8;
            break;
        case 2:
            memmove(text + to, text + from, bytes);
            break;
        default:
            if (length + bytes / 4 > room) break;
            memmove(text + from + bytes / 4, text + from, length - from);
            length += bytes / 4;
        }
        if (i == 0) break;
    }
    return length;
}

/* Whatever a config holds: no crash, no undefined behaviour; every entry is whole, and what is
 * left out has been reported. */
static void test_spoilt(void)
{
    static char good[64 << 10], text[64 << 10];
    char *environment[] = {"MEMO_SYMBOLS=pow=3 tgamma", NULL};
    const struct config_request request = {
        .program = "x", .environment = environment, .file = path, .running = false};
    static const char *const seeds[] = {MEMO_ROOT "/config/catalogue/time.conf",
                                        MEMO_ROOT "/config/memo.conf",
                                        MEMO_ROOT "/tests/config/bad/104-everything.conf",
                                        MEMO_ROOT "/tests/config/bad/121-struct-in-itself.conf",
                                        MEMO_ROOT "/tests/config/bad/131-struct-words.conf",
                                        MEMO_ROOT "/tests/config/bad/133-writes.conf",
                                        MEMO_ROOT "/tests/config/bad/112-mangle-twice.conf",
                                        MEMO_ROOT "/tests/config/bad/056-struct-fields.conf",
                                        MEMO_ROOT "/tests/config/bad/093-prototype-many.conf",
                                        MEMO_ROOT "/tests/config/bad/096-depends-empty.conf",
                                        MEMO_ROOT "/tests/config/bad/092-prototype-continued.conf"};
    size_t entries = 0, errors = 0;
    for (size_t seed = 0; seed < sizeof seeds / sizeof *seeds; seed++) {
        size_t length = read_whole(seeds[seed], good, sizeof good);
        CHECK(length > 0);
        for (int round = 0; round < 1000; round++) {
            memcpy(text, good, length);
            put_bytes(text, spoil(text, length, sizeof text));
            load_request(&request);
            errors += (size_t)messages.diagnostics.errors;
            for (size_t i = 0; i < config.entry_count; i++, entries++) {
                const struct entry *entry = &config.entries[i];
                CHECK(!entry->options.enabled || (entry->signature && entry->prototype));
            }
        }
    }
    CHECK(entries > 10000 && errors > 5000);
}

int main(void)
{
    descriptor = memfd_create("config", MFD_CLOEXEC);
    CHECK(descriptor >= 0 && fchmod(descriptor, 0600) == 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    test_merge();
    test_own_prototype();
    test_depends();
    test_enabled();
    test_process();
    test_requests();
    test_left_out();
    test_no_environment();
    test_catalogue();
    test_choice();
    test_catalogue_fields();
    test_later();
    test_records();
    test_impure();
    test_names();
    test_bad();
    test_spoilt();
    pool_release(&config.pool);
    close(descriptor);
    return check_done("config");
}
