/* libc GROUP: what wide.conf, network.conf, groups.conf and crypt.conf describe, three times each.
 */
#include "examples/note.h"

#include <arpa/inet.h>
#include <crypt.h>
#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <locale.h>
#include <netdb.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <wchar.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- wide text -------------------------------------------------------------------------------- */

static const wchar_t *const words[] = {L"",
                                       L"a",
                                       L"b",
                                       L"\xe4",
                                       L"\x100",
                                       L"abc",
                                       L"abd",
                                       L"\x1f600",
                                       L" 12.5e3",
                                       L"0x1p-3x",
                                       L"  -77",
                                       L"077 8",
                                       L"inf",
                                       L"nan(12)",
                                       L"1e999",
                                       L"+zz",
                                       L"18446744073709551616"};

#define CONVERT(symbol, ...)                                                                       \
    do {                                                                                           \
        wchar_t *mine = wcscpy(room + 7 * time, words[number]), *end = room;                       \
        note_begin(#symbol, number, time);                                                         \
        __typeof__(symbol(mine, &end, ##__VA_ARGS__)) got = symbol(mine, &end, ##__VA_ARGS__);     \
        note_end();                                                                                \
        note(&got, sizeof got < 16 ? sizeof got : 10); /* of a long double's, what it holds */     \
        note_number(end - mine);                                                                   \
    } while (0)

static void convert_wide(unsigned number, unsigned time)
{
    static wchar_t room[64];
    CONVERT(wcstod);
    CONVERT(wcstof);
    CONVERT(wcstold);
    CONVERT(wcstol, 10);
    CONVERT(wcstoul, 0);
    CONVERT(wcstoll, 16);
    CONVERT(wcstoull, 36);
    CONVERT(wcstoimax, 8);
    CONVERT(wcstoumax, 12);
}

static void compare_wide(unsigned number, unsigned time)
{
    for (unsigned other = 0; other < COUNT(words); other++) {
        note_begin("wcscoll", number, time);
        int got = wcscoll(words[number], words[other]);
        note_end();
        note_number(got);
    }
    for (size_t size = 0; size < 12; size++) {
        wchar_t to[16];
        wmemset(to, 0x55, COUNT(to));
        note_begin("wcsxfrm", number, time);
        size_t got = wcsxfrm(size ? to + 2 : NULL, words[number], size);
        note_end();
        note_number((long)got);
        note(to, sizeof to);
    }
}

static void check_wide(void)
{
    for (unsigned number = 0; number < COUNT(words); number++) {
        for (unsigned time = 0; time < 3; time++)
            convert_wide(number, time);
        for (unsigned time = 0; time < 3; time++)
            compare_wide(number, time);
    }
}

/* --- addresses -------------------------------------------------------------------------------- */

static const int families[] = {AF_INET, AF_INET6, AF_UNIX, -1, AF_INET + 65536};
static const char *const addresses[] = {"127.0.0.1",
                                        "255.255.255.255",
                                        "1.2.3",
                                        "::",
                                        "::1",
                                        "fe80::1:2:3",
                                        "::ffff:1.2.3.4",
                                        "1::2::3",
                                        "",
                                        "0.0.0.0",
                                        "a.b",
                                        "1234:5678:9abc:def0:1234:5678:9abc:def0"};

static void write_address(int family, const unsigned char *from, unsigned number, unsigned time)
{
    for (socklen_t size = 0; size < 50; size++) {
        char text[64];
        memset(text, 0x55, sizeof text);
        note_begin("inet_ntop", number, time);
        const char *got = inet_ntop(family, from, text + 8, size);
        note_end();
        note_number(got ? got - text : -1);
        note(text, sizeof text);
    }
}

static void check_addresses(void)
{
    for (unsigned number = 0; number < COUNT(addresses) * COUNT(families); number++) {
        int family = families[number % COUNT(families)];
        for (unsigned time = 0; time < 3; time++) {
            unsigned char room[32];
            memset(room, 0x55, sizeof room);
            note_begin("inet_pton", number, time);
            int got = inet_pton(family, addresses[number / COUNT(families)], room + 8);
            note_end();
            note_number(got);
            note(room, sizeof room);
            write_address(family, room + 8, number, time);
        }
    }
}

/* --- databases: structs in buffers of the caller's and of libc's -------------------------------
 */

/* The buffer of the functions with _r; at another place each time, aligned alike. */
struct buffer {
    char *data;
    size_t size;
};

static struct buffer buffer_of(unsigned time, size_t size, size_t misalignment)
{
    static _Alignas(16) char room[3][1200];
    memset(room, 0x55, sizeof room);
    return (struct buffer){room[time] + misalignment, size};
}

/* Where in the buffer, if it is there. */
static void note_place(const void *pointer, const struct buffer *buffer)
{
    if (!buffer || !pointer) return;
    long place = (const char *)pointer - buffer->data;
    note_number(place >= 0 && (size_t)place < buffer->size ? place : -1);
}

static void note_string(const char *text, const struct buffer *buffer)
{
    note_text(text);
    note_place(text, buffer);
}

static void note_list(char *const *list, const struct buffer *buffer)
{
    note_place(list, buffer);
    for (; list && *list; list++)
        note_string(*list, buffer);
}

static void note_group(const struct group *group, const struct buffer *buffer)
{
    if (!group) return;
    note_string(group->gr_name, buffer);
    note_string(group->gr_passwd, buffer);
    note_number(group->gr_gid);
    note_list(group->gr_mem, buffer);
}

static void note_service(const struct servent *service, const struct buffer *buffer)
{
    if (!service) return;
    note_string(service->s_name, buffer);
    note_list(service->s_aliases, buffer);
    note_number(service->s_port);
    note_string(service->s_proto, buffer);
}

static void note_protocol(const struct protoent *protocol, const struct buffer *buffer)
{
    if (!protocol) return;
    note_string(protocol->p_name, buffer);
    note_list(protocol->p_aliases, buffer);
    note_number(protocol->p_proto);
}

/* One function of each pair, by name or number, and its _r. */
#define ASK(symbol, type, show, ...)                                                               \
    for (unsigned time = 0; time < 3; time++) {                                                    \
        note_begin(#symbol, number, time);                                                         \
        const struct type *got = symbol(__VA_ARGS__);                                              \
        note_end();                                                                                \
        note_number(got != NULL);                                                                  \
        show(got, NULL);                                                                           \
    }
#define ASK_WITH_BUFFER(symbol, type, show, ...)                                                   \
    for (unsigned n = 0; n < 3 * COUNT(sizes); n++) {                                              \
        struct buffer buffer = buffer_of(n % 3, sizes[n / 3], number % 3 * 5);                     \
        struct type entry, *found = &entry;                                                        \
        memset(&entry, 0, sizeof entry);                                                           \
        note_begin(#symbol, number, n % 3);                                                        \
        int got = symbol(__VA_ARGS__, &entry, buffer.data, buffer.size, &found);                   \
        note_end();                                                                                \
        note_number(got);                                                                          \
        note_number(found == &entry);                                                              \
        show(found, &buffer);                                                                      \
    }

static const size_t sizes[] = {0, 1, 40, 60, 64, 70, 80, 90, 100, 200, 1024};

static void check_groups(void)
{
    static const char *const names[] = {"root", "adm",  "daemon",        "many",
                                        "one",  "none", "no such group", ""};
    static const gid_t numbers[] = {0, 4, 1, 7001, 7002, 7003, 123456, (gid_t)-1};
    for (unsigned number = 0; number < COUNT(names); number++) {
        ASK(getgrnam, group, note_group, names[number])
        ASK(getgrgid, group, note_group, numbers[number])
        ASK_WITH_BUFFER(getgrnam_r, group, note_group, names[number])
        ASK_WITH_BUFFER(getgrgid_r, group, note_group, numbers[number])
    }
}

static void check_services(void)
{
    static const char *const names[] = {"http", "www", "domain", "ssh", "mail", "no such", ""};
    static const char *const protocols[] = {"tcp", "udp", NULL};
    static const int ports[] = {80, 53, 22, 25, 443, 1, 65000};
    for (unsigned number = 0; number < 3 * COUNT(names); number++) {
        const char *name = names[number / 3], *protocol = protocols[number % 3];
        int port = htons((uint16_t)ports[number / 3]);
        ASK(getservbyname, servent, note_service, name, protocol)
        ASK(getservbyport, servent, note_service, port, protocol)
        ASK_WITH_BUFFER(getservbyname_r, servent, note_service, name, protocol)
        ASK_WITH_BUFFER(getservbyport_r, servent, note_service, port, protocol)
    }
}

static void check_protocols(void)
{
    static const char *const names[] = {"tcp", "UDP", "ip", "ipv6-icmp", "no such", ""};
    for (unsigned number = 0; number < 2 * COUNT(names); number++) {
        ASK(getprotobyname, protoent, note_protocol, names[number / 2])
        ASK(getprotobynumber, protoent, note_protocol, (int)number * 3)
        ASK_WITH_BUFFER(getprotobyname_r, protoent, note_protocol, names[number / 2])
        ASK_WITH_BUFFER(getprotobynumber_r, protoent, note_protocol, (int)number * 3)
    }
}

static void check_network(void)
{
    check_addresses();
    check_services();
    check_protocols();
}

/* --- crypt_r ---------------------------------------------------------------------------------- */

static uint64_t digest(const void *bytes, size_t size)
{
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
    return sum;
}

/* All 32 KiB are as after a direct call, whatever they were before. */
static void check_hash(unsigned number, const char *phrase, const char *setting)
{
    static struct crypt_data data[3];
    for (unsigned time = 0; time < 4; time++) {
        struct crypt_data *mine = &data[time % 3];
        memset(mine, (int)(number * 7 + time * 31) & 0xff, sizeof *mine);
        mine->initialized = (char)(time % 2);
        note_begin("crypt_r", number, time);
        char *got = crypt_r(phrase, setting, mine);
        note_end();
        note_number(got ? got - (char *)mine : -1);
        note_text(mine->output);
        uint64_t whole = digest(mine, sizeof *mine);
        note(&whole, sizeof whole);
    }
    for (unsigned time = 0; time < 3; time++) {
        note_begin("crypt_checksalt", number, time);
        int got = crypt_checksalt(setting);
        note_end();
        note_number(got);
    }
}

static void check_crypt(void)
{
    static const char *const settings[] = {"ab",
                                           "$1$abcdefgh$",
                                           "$5$rounds=1000$saltsalt$",
                                           "$6$rounds=1000$saltsalt$",
                                           "_J9..abcd",
                                           "$sha1$4$abcdefgh$",
                                           "$2b$04$abcdefghijklmnopqrstuu",
                                           "$y$j75$abcdefgh$",
                                           "$3$",
                                           "$md5$",
                                           "*0",
                                           "x:",
                                           ""};
    static const char *const phrases[] = {"", "phrase", "correct horse battery staple"};
    for (unsigned number = 0; number < COUNT(settings) * COUNT(phrases); number++)
        check_hash(number, phrases[number % COUNT(phrases)], settings[number / COUNT(phrases)]);
}

/* For this process alone. */
static void replace_groups(const char *path)
{
    if (unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
        mount(path, "/etc/group", NULL, MS_BIND, NULL);
    errno = 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*check)(void);
    } groups[] = {{"wide", check_wide},
                  {"network", check_network},
                  {"groups", check_groups},
                  {"crypt", check_crypt}};
    if (!setlocale(LC_ALL, "C.UTF-8")) return 1;
    if (argc > 2) replace_groups(argv[2]);
    for (size_t i = 0; argc > 1 && i < COUNT(groups); i++) {
        if (strcmp(argv[1], groups[i].name) != 0) continue;
        groups[i].check();
        return 0;
    }
    return 2;
}
