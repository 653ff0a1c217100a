/* config/options.h and config/value.h: every type of value, good and bad, and that the tables, the
 * enums and config/memo.conf agree. */
#include "config/config.h"
#include "config/value.h"

#include "check.h"
#include "messages.h"

#include <stdlib.h>

static struct messages messages;
static struct pool pool;

static void test_numbers(void)
{
    uint64_t number = 0;
    CHECK(value_count("0", &number) && number == 0);
    CHECK(value_count("007", &number) && number == 7);
    CHECK(value_count("18446744073709551615", &number) && number == UINT64_MAX);
    static const char *const bad[] = {"",
                                      "-1",
                                      "+1",
                                      "1 ",
                                      " 1",
                                      "1k",
                                      "0x10",
                                      "1.0",
                                      "1e3",
                                      "18446744073709551616",
                                      "99999999999999999999",
                                      "1_000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!value_count(bad[i], &number));
    CHECK(value_bytes("1024", &number) && number == 1024);
    CHECK(value_bytes("1k", &number) && number == 1024);
    CHECK(value_bytes("1K", &number) && number == 1024);
    CHECK(value_bytes("3M", &number) && number == 3 << 20);
    CHECK(value_bytes("2GiB", &number) && number == (uint64_t)2 << 30);
    static const char *const bad_bytes[] = {
        "", "k", "1m", "1g", "1MB", "1Mi", "1 M", "1kk", "1T", "1iB", "18014398509481984k", "-1k"};
    for (size_t i = 0; i < sizeof bad_bytes / sizeof *bad_bytes; i++)
        CHECK(!value_bytes(bad_bytes[i], &number));
}

static void test_durations(void)
{
    uint64_t time = 0;
    CHECK(value_duration("500us", &time) && time == 500000);
    CHECK(value_duration("500ms", &time) && time == 500000000);
    CHECK(value_duration("1s", &time) && time == 1000000000);
    CHECK(value_duration("2m", &time) && time == 120000000000);
    CHECK(value_duration("1h", &time) && time == 3600000000000);
    CHECK(value_duration("1d", &time) && time == 86400000000000);
    static const char *const bad[] = {"",     "1",  "s",   "1 s", "1S",  "1.5s",
                                      "1min", "1y", "-1s", "1ss", "1s ", "99999999999999999d"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!value_duration(bad[i], &time));
}

static void test_shares(void)
{
    static const struct {
        const char *text;
        uint32_t ppm;
    } good[] = {{"0", 0},
                {"1", 1000000},
                {"0.01", 10000},
                {"0.5", 500000},
                {"1.0", 1000000},
                {"0.000001", 1},
                {"0.0", 0},
                {"00.25", 250000},
                {"0.999999", 999999},
                {"1.000000", 1000000}};
    static const char *const bad[] = {"",      ".5",   "1.",        "2",         "1.000001",
                                      "-0.1",  "0,01", "0.0000001", "0.0100000", "1%",
                                      "0.01 ", "yes",  "1e-2",      "0x1",       "0.1.1"};
    uint32_t ppm = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(value_share(good[i].text, &ppm) && ppm == good[i].ppm);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!value_share(bad[i], &ppm));
}

static void test_words(void)
{
    static const char *const yes[] = {"yes", "true", "on", "1", "Yes", "TRUE", "oN"};
    static const char *const no[] = {"no", "false", "off", "0", "No", "FALSE", "Off"};
    static const char *const neither[] = {"", "y", "n", "2", "yes ", "enabled", "00", "nope"};
    bool truth = false;
    for (size_t i = 0; i < 7; i++) {
        CHECK(value_boolean(yes[i], &truth) && truth);
        CHECK(value_boolean(no[i], &truth) && !truth);
    }
    for (size_t i = 0; i < 8; i++)
        CHECK(!value_boolean(neither[i], &truth));
    unsigned index = 9;
    CHECK(value_word("skip", "skip keep", &index) && index == 0);
    CHECK(value_word("keep", "skip keep", &index) && index == 1);
    CHECK(!value_word("", "skip keep", &index));
    CHECK(!value_word("ski", "skip keep", &index));
    CHECK(!value_word("skips", "skip keep", &index));
    CHECK(!value_word("skip keep", "skip keep", &index));
    CHECK(!value_word("Keep", "skip keep", &index));
}

static bool set(enum section_option option, struct section_options *options, const char *text)
{
    const struct place place = {"f", 2, 3};
    messages_clear(&messages);
    return option_set(&section_option_table[option], options, text, &pool, place,
                      &messages.diagnostics);
}

static void test_set(void)
{
    struct section_options options;
    options_initialize(section_option_table, SECTION_OPTION_COUNT, &options);
    CHECK(set(OPTION_MAXSIZE, &options, "unlimited") && options.maxsize == MAXSIZE_UNLIMITED);
    CHECK(set(OPTION_MAXSIZE, &options, "0") && options.maxsize == 0);
    CHECK(!set(OPTION_MAXSIZE, &options, "all") && options.maxsize == 0);
    CHECK_TEXT(messages.text,
               "f:2:3: maxsize = all: write a number from 0 up, as 4096, or unlimited\n");
    CHECK(messages.diagnostics.errors == 1);
    CHECK(set(OPTION_TTL, &options, "1h") && options.ttl_ns == 3600000000000);
    CHECK(!set(OPTION_TTL, &options, "0s") && options.ttl_ns == 3600000000000);
    CHECK(set(OPTION_TTL, &options, "none") && options.ttl_ns == 0);
    char text[] = "libm.so.*";
    CHECK(set(OPTION_LIBRARY, &options, text));
    text[0] = 'x';
    CHECK_TEXT(options.library, "libm.so.*");
    CHECK(set(OPTION_LIBRARY, &options, "any") && !options.library);
    CHECK(set(OPTION_ERRORS, &options, "keep") && options.errors == ERRORS_KEEP);
    CHECK(set(OPTION_CONDITION, &options, "fixed-zone"));
    CHECK(options.condition == CONDITION_FIXED_ZONE);
    CHECK(set(OPTION_VERIFY, &options, "0.01") && options.verify_ppm == 10000);
    CHECK(!set(OPTION_VERIFY, &options, "1%") && options.verify_ppm == 10000);
    CHECK_TEXT(messages.text, "f:2:3: verify = 1%: write a share from 0 to 1 with at most six "
                              "decimals, as 0.01\n");
    CHECK(set(OPTION_WRITES, &options, "int signgam") && options.writes);
    CHECK(set(OPTION_WRITES, &options, "none") && !options.writes);
    CHECK(set(OPTION_FORCE, &options, "on") && options.force);
    CHECK(!set(OPTION_FORCE, &options, "often") && options.force);
    struct section_options copy = {0};
    option_copy(&section_option_table[OPTION_CONDITION], &copy, &options);
    CHECK(copy.condition == CONDITION_FIXED_ZONE && copy.maxsize == 0 && !copy.force);
}

/* Without a file, the variable is what a person wrote. */
static void test_environment(void)
{
    struct process_options process = {0};
    const struct place nowhere = {0};
    messages_clear(&messages);
    CHECK(!option_set(&process_option_table[OPTION_LOG], &process, "loud", &pool, nowhere,
                      &messages.diagnostics));
    CHECK_TEXT(messages.text, "MEMO_LOG = loud: write one of: none error warning info debug\n");
    CHECK(option_set(&process_option_table[OPTION_LOG], &process, "debug", &pool, nowhere,
                     &messages.diagnostics));
    CHECK(process.log == LOG_DEBUG);
}

static void test_defaults(void)
{
    struct section_options section;
    struct process_options process;
    memset(&section, 0xff, sizeof section);
    memset(&process, 0xff, sizeof process);
    options_initialize(section_option_table, SECTION_OPTION_COUNT, &section);
    options_initialize(process_option_table, PROCESS_OPTION_COUNT, &process);
    CHECK(!section.prototype && !section.library && !section.depends);
    CHECK_TEXT(section.returns, "value");
    CHECK(section.maxsize == 4096 && section.ttl_ns == 0 && section.errors == ERRORS_SKIP);
    CHECK(section.adaptive && !section.force && section.enabled);
    CHECK(section.condition == CONDITION_NONE && section.verify_ppm == 0 && !section.writes);
    CHECK(!process.verify);
    CHECK(process.maxmemory == 64 << 20 && !process.stats && process.log == LOG_WARNING);
    CHECK(!process.disable);
}

/* A table's rows: all there, told apart, each with a help line, each default one that may be
 * written. */
static void check_table(const struct option *table, size_t count, size_t size)
{
    unsigned char options[256] = {0};
    const struct place place = {0};
    CHECK(size <= sizeof options);
    for (size_t i = 0; i < count; i++) {
        const struct option *option = &table[i];
        messages_clear(&messages);
        CHECK(option->name && *option->name && option->help && *option->help);
        CHECK(!strchr(option->help, '\n') && option->offset < size);
        CHECK(!*option->initial ||
              option_set(option, options, option->initial, &pool, place, &messages.diagnostics));
        CHECK((option->type == VALUE_WORD) <= (option->words != NULL));
        bool number = option->type == VALUE_COUNT || option->type == VALUE_BYTES ||
                      option->type == VALUE_DURATION;
        CHECK(!number || option->minimum < option->maximum);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(table[j].name, option->name) && table[j].offset != option->offset);
    }
}

static char *read_whole(const char *path)
{
    static char text[64 << 10];
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[length] = '\0';
    if (file) fclose(file);
    CHECK(length > 0 && length < sizeof text - 1);
    return text;
}

/* Each option once, commented out, with its default behind and its help line before; in tables'
 * sections, nothing else. */
static void check_manual(const struct option *table, size_t count, const char *manual)
{
    for (size_t i = 0; i < count; i++) {
        char line[512];
        snprintf(line, sizeof line, "\n# %s\n#%s = %s%s", table[i].help, table[i].name,
                 table[i].initial, *table[i].initial ? "\n" : "");
        const char *found = strstr(manual, line);
        if (!found) printf("memo.conf has not: %s\n", line);
        CHECK(found != NULL);
        CHECK(!found || !strstr(found + 1, line));
    }
}

static bool is_option(const char *line)
{
    size_t length = strcspn(line, " =");
    for (size_t i = 0; i < SECTION_OPTION_COUNT; i++)
        if (strncmp(line, section_option_table[i].name, length) == 0) return true;
    for (size_t i = 0; i < PROCESS_OPTION_COUNT; i++)
        if (strncmp(line, process_option_table[i].name, length) == 0) return true;
    for (size_t i = 0; i < RECORD_OPTION_COUNT; i++)
        if (strncmp(line, record_option_table[i].name, length) == 0) return true;
    return *line == '[';
}

/* With every '#' in front of a key taken away, the file says what libmemo does without it. */
static void test_manual(void)
{
    char *manual = read_whole(MEMO_ROOT "/config/memo.conf");
    check_manual(section_option_table, SECTION_OPTION_COUNT, manual);
    check_manual(process_option_table, PROCESS_OPTION_COUNT, manual);
    check_manual(record_option_table, RECORD_OPTION_COUNT, manual);
    char path[] = "/tmp/memo-options.XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    CHECK(file != NULL);
    if (!file) return;
    for (char *line = strtok(manual, "\n"); line; line = strtok(NULL, "\n")) {
        bool key = line[0] == '#' && line[1] && line[1] != ' ' && line[1] != '#';
        CHECK(!key || is_option(line + 1));
        fprintf(file, "%s\n", key ? line + 1 : line);
    }
    fclose(file);
    struct config config;
    struct config_request request = {.program = "x", .file = path};
    messages_clear(&messages);
    config_load(&config, &request, &messages.diagnostics);
    CHECK_TEXT(messages.text, "");
    CHECK(config.entry_count == 1);
    struct section_options section;
    options_initialize(section_option_table, SECTION_OPTION_COUNT, &section);
    if (config.entry_count == 1) {
        struct section_options *read = &config.entries[0].options;
        CHECK_TEXT(read->prototype, "double tgamma(double x)");
        CHECK(read->maxsize == section.maxsize && read->ttl_ns == section.ttl_ns);
        CHECK(!read->library && !read->depends && read->errors == section.errors);
        CHECK(read->adaptive == section.adaptive && read->enabled && !read->force);
        for (size_t i = 0; i < SECTION_OPTION_COUNT; i++)
            CHECK(config.entries[0].origins[i].kind >= ORIGIN_DEFAULTS_SECTION);
    }
    for (size_t i = 0; i < PROCESS_OPTION_COUNT; i++)
        CHECK(config.process_origins[i].kind == ORIGIN_SECTION);
    pool_release(&config.pool);
    remove(path);
}

int main(void)
{
    test_numbers();
    test_durations();
    test_shares();
    test_words();
    test_set();
    test_environment();
    test_defaults();
    check_table(section_option_table, SECTION_OPTION_COUNT, sizeof(struct section_options));
    check_table(process_option_table, PROCESS_OPTION_COUNT, sizeof(struct process_options));
    check_table(record_option_table, RECORD_OPTION_COUNT, sizeof(struct record_options));
    test_manual();
    pool_release(&pool);
    return check_done("options");
}
