#include "value.h"

#include "text.h"

/* Reads digits up to the first that is none; false without any or past 64 bits. */
static bool read_digits(const char **text, uint64_t *number)
{
    const char *at = *text;
    uint64_t sum = 0;
    if (!text_is_digit(*at)) return false;
    for (; text_is_digit(*at); at++)
        if (__builtin_mul_overflow(sum, (uint64_t)10, &sum) ||
            __builtin_add_overflow(sum, (uint64_t)(*at - '0'), &sum))
            return false;
    *text = at;
    *number = sum;
    return true;
}

bool value_count(const char *text, uint64_t *count)
{
    return read_digits(&text, count) && *text == '\0';
}

bool value_bytes(const char *text, uint64_t *bytes)
{
    static const char units[] = "kMG";
    uint64_t number, unit = 1;
    if (!read_digits(&text, &number)) return false;
    if (*text) {
        char letter = *text == 'K' ? 'k' : *text;
        const char *found = strchr(units, letter);
        if (!found) return false;
        unit <<= 10 * (found - units + 1);
        text++;
        if (strcmp(text, "iB") == 0) text += 2;
    }
    return *text == '\0' && !__builtin_mul_overflow(number, unit, bytes);
}

bool value_duration(const char *text, uint64_t *nanoseconds)
{
    static const struct {
        const char *name;
        uint64_t nanoseconds;
    } units[] = {
        {"us", 1000},       {"ms", 1000000},      {"s", 1000000000},
        {"m", 60000000000}, {"h", 3600000000000}, {"d", 86400000000000},
    };
    uint64_t number;
    if (!read_digits(&text, &number)) return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(text, units[i].name) == 0)
            return !__builtin_mul_overflow(number, units[i].nanoseconds, nanoseconds);
    return false;
}

bool value_share(const char *text, uint32_t *ppm)
{
    uint64_t whole;
    uint32_t parts = 0, unit = 1000000;
    if (!read_digits(&text, &whole) || whole > 1) return false;
    if (*text == '.') {
        for (text++; text_is_digit(*text) && unit > 1; text++) {
            unit /= 10;
            parts += (uint32_t)(*text - '0') * unit;
        }
        if (unit == 1000000) return false; /* no digit */
    }
    *ppm = (uint32_t)whole * 1000000 + parts;
    return *text == '\0' && *ppm <= 1000000;
}

bool value_boolean(const char *text, bool *truth)
{
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!text_is_folded(text, strlen(text), words[i])) continue;
        *truth = i % 2;
        return true;
    }
    return false;
}

bool value_word(const char *text, const char *words, unsigned *index)
{
    size_t length = strlen(text);
    for (unsigned i = 0; *words; i++) {
        size_t word = strcspn(words, " ");
        if (word == length && memcmp(text, words, word) == 0) {
            *index = i;
            return true;
        }
        words += word + (words[word] == ' ');
    }
    return false;
}
