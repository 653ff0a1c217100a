/* paths CASE: every typed path of paths.S, with stub.S and cache/front*.c and nothing else of
 * libmemo. `hits`: a hit gives its value in both banks and through the outputs, and keeps what a
 * call keeps; whatever must not be served arrives in call_enter() as the caller passed it.
 * `signals`: a handler changes the front at any instruction of a hit. */
#include "aarch64/paths.h"

#include "check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

_Alignas(ARCH_SLOT_SIZE) struct arch_slot arch_slots[ARCH_STUBS];
static struct front fronts[ARCH_STUBS];
_Thread_local intptr_t thread_fronts;
_Thread_local int thread_countdown;
int64_t thread_errno_offset;

static struct registers entered; /* at the last arch_enter */
static uint64_t entered_stack[4];
static uint32_t entered_number, entered_count;

void *call_enter(struct registers *registers, uint32_t number);
void escape_personality(void);
void *call_enter(struct registers *registers, uint32_t number)
{
    entered = *registers;
    memcpy(entered_stack, registers->stack, sizeof entered_stack);
    entered_number = number;
    entered_count++;
    registers->result[0] = SUBJECT_MISS;
    return NULL;
}
void escape_personality(void) {}

void *arena_alloc(size_t size)
{
    return aligned_alloc(16, (size + 15) & ~(size_t)15);
}
bool arena_is_roomy(size_t size)
{
    (void)size;
    return true;
}
void arena_free(void *block, size_t size)
{
    (void)size;
    free(block);
}

static uint64_t random_state = 88172645463325252u;

uint64_t any(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

void subject_open(struct subject *subject, const struct arch_path *path, uint32_t number)
{
    *subject = (struct subject){.path = *path, .number = number, .front = &fronts[number]};
    subject->words = path->text ? FRONT_TEXT / 8 : path->integers + path->vectors;
    front_layout_typed(&subject->layout, subject->words, 1 + path->outputs,
                       path->text ? NULL : path->masks, arch_front_hash(path));
    arch_slots[number].entry = arch_front_path(path);
    arch_slots[number].epoch = 3;
    CHECK(arch_slots[number].entry != NULL);
    CHECK(front_make(subject->front, &subject->layout));
    subject->front->epoch = 3;
}

void subject_close(struct subject *subject)
{
    front_release(subject->front);
}

/* The text is at the end of a page behind which nothing is, or may have anything behind it. */
static char *place_text(const struct subject *subject, bool at_end)
{
    static char *pages;
    if (!pages) {
        pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(pages != MAP_FAILED && mprotect(pages + 8192, 4096, PROT_NONE) == 0);
    }
    size_t length = strlen((const char *)subject->key) + 1;
    char *text = pages + (at_end ? 8192 - length : 4096 - 48 - any() % 2000);
    for (char *at = pages + 2000; at < pages + 8192; at++)
        *at = (char)any();
    return memcpy(text, subject->key, length);
}

void subject_pass(const struct subject *subject, struct machine *in)
{
    const struct arch_path *path = &subject->path;
    unsigned char *bytes = (unsigned char *)in;
    for (size_t i = 0; i < sizeof *in; i++)
        bytes[i] = (unsigned char)any();
    if (path->text) in->integer[0] = (uintptr_t)place_text(subject, false);
    for (uint32_t i = 0; !path->text && i < subject->words; i++) {
        uint64_t mask = subject->layout.masks[i];
        uint64_t word = subject->key[i] | (any() & ~mask);
        if (i < path->integers)
            in->integer[i] = word;
        else
            memcpy(in->vector[i - path->integers], &word, 8);
    }
    for (uint32_t i = 0; i < path->outputs; i++)
        in->integer[path->integers + i] = (uintptr_t)&subject->output[3 * i];
}

void subject_fill(struct subject *subject, uint32_t errno_mask)
{
    union {
        struct front_line line;
        uint64_t words[16];
    } line;
    line.line.errno_mask = errno_mask;
    memcpy(line.line.words, subject->key, 8 * subject->words);
    memcpy(line.line.words + subject->words, subject->value, 8 * (1 + subject->path.outputs));
    front_replay(subject->front, &subject->layout, NULL, NULL); /* there is room then */
    front_fill(subject->front, &subject->layout, &line.line,
               subject->layout.hash(line.line.words, subject->words), FRONT_AGAIN);
}

void subject_key(struct subject *subject, size_t length)
{
    memset(subject->key, 0, sizeof subject->key);
    for (uint32_t i = 0; !subject->path.text && i < subject->words; i++)
        subject->key[i] = any() & subject->layout.masks[i];
    for (size_t i = 0; subject->path.text && i < length; i++)
        ((unsigned char *)subject->key)[i] = (unsigned char)(1 + any() % 255);
    for (int i = 0; i < 3; i++)
        subject->value[i] = any();
}

static void call(struct subject *subject, const struct machine *in, struct machine *out)
{
    call_with(in, out, (void *)((uintptr_t)arch_stub(subject->number)));
}

/* Served, or passed on with every argument as it was; nothing else happened. */
static void expect(struct subject *subject, const struct machine *in, bool hit)
{
    struct machine out;
    uint64_t clock = subject->front->clock;
    uint32_t count = entered_count;
    memset(subject->output, 0x6e, sizeof subject->output);
    call(subject, in, &out);
    CHECK(entered_count - count == !hit);
    CHECK(subject->front->clock - clock == (hit ? 2 : 0));
    for (int i = 18; i <= 28; i++)
        CHECK(out.integer[i] == in->integer[i]);
    for (int i = 8; i <= 15; i++)
        CHECK(memcmp(out.vector[i], in->vector[i], 8) == 0);
    if (!hit) {
        CHECK(entered_number == subject->number);
        CHECK(memcmp(entered.integer, in->integer, sizeof entered.integer) == 0);
        CHECK(memcmp(entered.vector, in->vector, sizeof entered.vector) == 0);
        CHECK(memcmp(entered_stack, in->stack, sizeof in->stack) == 0);
        return;
    }
    CHECK(out.integer[0] == subject->value[0]);
    if (subject->path.floating) CHECK(memcmp(out.vector[0], subject->value, 8) == 0);
    for (uint32_t i = 0; i < 2; i++) {
        uint64_t want = 0x6e6e6e6e6e6e6e6eu;
        if (i < subject->path.outputs)
            memcpy(&want, &subject->value[1 + i], subject->path.output_size);
        CHECK(subject->output[3 * i] == want && subject->output[3 * i + 1] == 0x6e6e6e6e6e6e6e6eu);
    }
}

static void check_keys(struct subject *subject)
{
    struct machine in;
    subject_pass(subject, &in);
    expect(subject, &in, true);
    for (uint32_t i = 0; !subject->path.text && i < subject->words; i++)
        for (int bit = 0; bit < 64; bit++) {
            uint64_t word, flip = (uint64_t)1 << bit;
            bool integer = i < subject->path.integers;
            unsigned char *at =
                integer ? (unsigned char *)&in.integer[i] : in.vector[i - subject->path.integers];
            memcpy(&word, at, 8);
            word ^= flip;
            memcpy(at, &word, 8);
            expect(subject, &in, !(subject->layout.masks[i] & flip));
            word ^= flip;
            memcpy(at, &word, 8);
        }
}

static void check_conditions(struct subject *subject)
{
    struct machine in;
    subject_pass(subject, &in);
    arch_slots[subject->number].epoch++;
    expect(subject, &in, false);
    arch_slots[subject->number].epoch--;
    subject->front->epoch = FRONT_CLOSED;
    expect(subject, &in, false);
    subject->front->epoch = 3;
    subject_fill(subject, UINT32_MAX);
    errno = 0;
    expect(subject, &in, true);
    errno = 0x40000000;
    expect(subject, &in, false);
    subject_fill(subject, 0);
    expect(subject, &in, true);
    errno = 0;
}

/* Each bit of FPCR that this machine has. A path may pass on more than it must: qemu's has bits
 * that are AArch32's. */
static void check_modes(struct subject *subject)
{
    struct machine in;
    unsigned modes = 0;
    subject_pass(subject, &in);
    for (int bit = 0; bit < 32; bit++) {
        uint64_t control, wanted = (uint64_t)1 << bit;
        unsigned char mode = 0;
        __asm__ volatile("msr fpcr, %0" : : "r"(wanted));
        __asm__ volatile("mrs %0, fpcr" : "=r"(control));
        bool plain = floating_mode(floating_read(), &mode) && mode == 0;
        if (control == wanted) expect(subject, &in, !subject->path.floating);
        __asm__ volatile("msr fpcr, xzr");
        modes += control == wanted && !plain;
    }
    CHECK(modes >= 5); /* rounding (2), FZ, DN, FZ16 or AHP */
}

static void check_outputs(struct subject *subject)
{
    struct machine in;
    const struct arch_path *path = &subject->path;
    for (uint32_t i = 0; i < path->outputs; i++) {
        subject_pass(subject, &in);
        in.integer[path->integers + i] = 0;
        expect(subject, &in, false);
    }
    for (int distance = -9; path->outputs == 2 && distance <= 9; distance++) {
        struct machine out;
        uint32_t count = entered_count;
        subject_pass(subject, &in);
        in.integer[0] = (uintptr_t)subject->output + 16;
        in.integer[1] = in.integer[0] + (uint64_t)(int64_t)distance;
        call(subject, &in, &out);
        CHECK((entered_count == count) == ((uint32_t)abs(distance) >= path->output_size));
    }
}

/* Of every length and close to an end of memory; keys that differ in one byte. */
static void check_texts(struct subject *subject)
{
    struct machine in;
    for (size_t length = 0; length <= 60; length++) {
        unsigned char *key = (unsigned char *)subject->key;
        subject_key(subject, length);
        if (length < FRONT_TEXT) subject_fill(subject, 0);
        subject_pass(subject, &in);
        expect(subject, &in, length < FRONT_TEXT);
        in.integer[0] = (uintptr_t)place_text(subject, true);
        expect(subject, &in, length == FRONT_TEXT - 1);
        for (size_t i = 0; i < 16 * (length + 1) && length < FRONT_TEXT; i++) {
            unsigned char byte = key[i / 16], other = (unsigned char)(1 + any() % 255);
            key[i / 16] = other; /* in one of some sets, at times the same */
            subject_pass(subject, &in);
            expect(subject, &in, other == byte);
            key[i / 16] = byte;
        }
    }
    subject_pass(subject, &in);
    in.integer[0] = 0;
    expect(subject, &in, false);
}

/* More keys than lines: both lines of a set are found, and so are they once the front has grown. */
static void check_sets(struct subject *subject)
{
    struct machine in;
    uint32_t hits = 0;
    uint64_t ordered = 0;
    struct subject many[200];
    for (int i = 0; i < 200; i++) {
        many[i] = *subject;
        subject_key(&many[i], (size_t)i % FRONT_TEXT);
        subject_fill(&many[i], 0);
    }
    front_replay(subject->front, &subject->layout, NULL, NULL);
    for (int i = 0; i < 200; i++) {
        struct subject *one = &many[i];
        struct front_line *line =
            front_find(one->front, &one->layout, one->key, one->layout.hash(one->key, one->words));
        if (!line || memcmp(line->words + one->words, one->value, 8)) continue;
        subject_pass(one, &in);
        expect(one, &in, true);
        CHECK(front_is_pending(one->front, line) && line->seen > ordered);
        ordered = line->seen;
        hits++;
    }
    CHECK(subject->front->touched_count == hits);
    CHECK(hits > 1);
}

/* A line that was erased between the last look of a hit and its stamp is stamped and blank: it must
 * not become one of its key when the front grows. */
static void check_blanks(struct subject *subject)
{
    front_empty(subject->front, &subject->layout, 3);
    subject_fill(subject, 0);
    struct front_line *line = front_find(subject->front, &subject->layout, subject->key,
                                         subject->layout.hash(subject->key, subject->words));
    uint64_t blank[FRONT_TEXT / 8];
    unsigned char *lines = subject->front->lines;
    front_erase(subject->front, &subject->layout, line);
    memcpy(blank, line->words, sizeof blank);
    line->seen = subject->front->clock;
    for (int i = 0; i < 10000 && subject->front->lines == lines; i++) {
        subject_key(subject, 1 + any() % (FRONT_TEXT - 1));
        if (memcmp(subject->key, blank, 8 * subject->words) != 0) subject_fill(subject, 0);
        line->seen = subject->front->clock;
    }
    CHECK(!front_find(subject->front, &subject->layout, blank,
                      subject->layout.hash(blank, subject->words)));
}

static void check_path(const struct arch_path *path, uint32_t number)
{
    struct subject subject;
    int failed = check_failed;
    subject_open(&subject, path, number);
    for (int i = 0; i < 4; i++) {
        front_empty(subject.front, &subject.layout, 3); /* else a key of 8 bits has neighbours */
        subject_key(&subject, i == 0 ? 0 : any() % FRONT_TEXT);
        subject_fill(&subject, 0);
        check_keys(&subject);
        check_conditions(&subject);
        check_modes(&subject);
        check_outputs(&subject);
    }
    if (path->text) check_texts(&subject);
    check_sets(&subject);
    subject_close(&subject);
    subject_open(&subject, path, number);
    subject_key(&subject, 0);
    check_blanks(&subject);
    subject_close(&subject);
    if (check_failed > failed)
        printf("  integers %u, vectors %u, outputs %u of %u, text %d, floating %d\n",
               path->integers, path->vectors, path->outputs, path->output_size, path->text,
               path->floating);
}

/* Where the machine looks at landing pads, as in main.c; 0x10 is PROT_BTI. */
static void guard_branches(void)
{
    extern const char arch_front_paths[], arch_stubs[];
    const char *parts[] = {arch_stubs, arch_front_paths};
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (!(getauxval(AT_HWCAP2) & HWCAP2_BTI)) return;
    for (int i = 0; i < 2; i++) {
        uintptr_t start = (uintptr_t)parts[i] & -page, end = (start + (i ? 24576 : 65536)) & -page;
        CHECK(mprotect((void *)start, end - start, PROT_READ | PROT_EXEC | 0x10) == 0);
    }
}

/* With words of 4 and of 8 bytes in all ways that have a path of their own, and of any sizes; how
 * many. Without a floating type there are no vectors. */
static uint32_t check_sizes(struct arch_path path, uint32_t number)
{
    if (path.vectors && !path.floating) {
        CHECK(!arch_front_path(&path));
        return 0;
    }
    uint32_t count = 0;
    for (uint32_t kind = 0; kind < 5; kind++) {
        if ((kind == 1 || kind == 2) && (!path.integers || !path.vectors)) continue;
        for (uint32_t i = 0; i < path.integers + path.vectors; i++) {
            bool wide = i < path.integers ? kind & 1 : kind & 2;
            path.masks[i] = arch_front_mask(kind == 4 ? 1u << any() % 4 : wide ? 8 : 4);
        }
        check_path(&path, number + count++);
    }
    return count;
}

/* All there are, of this mode; how many. */
static uint32_t check_paths(bool floating, uint32_t number)
{
    static const uint8_t outputs[4][3] = {{0, 1, 1}, {0, 2, 1}, {0, 1, 2}, {1, 0, 1}};
    struct arch_path path;
    uint32_t count = 0;
    for (uint32_t i = 1; i < 25; i++) {
        path = (struct arch_path){.integers = i % 5, .vectors = i / 5, .floating = floating};
        if (path.integers + path.vectors <= FRONT_WORDS) count += check_sizes(path, number + count);
    }
    for (uint32_t i = 0; i < 8; i++) {
        const uint8_t *shape = outputs[i % 4];
        path =
            (struct arch_path){shape[0], shape[1], shape[2], i < 4 ? 4 : 8, false, floating, {0}};
        count += check_sizes(path, number + count);
    }
    path = (struct arch_path){.text = true, .floating = floating};
    if (getauxval(AT_HWCAP2) & HWCAP2_MTE) {
        CHECK(!arch_front_path(&path));
        return count;
    }
    check_path(&path, number + count++);
    return count;
}

/* And no others. */
static void check_none(void)
{
    static const struct arch_path none[] = {
        {.integers = 0},
        {.integers = 5},
        {.integers = 3, .vectors = 2},
        {.vectors = 5},
        {.vectors = 1, .outputs = 1, .output_size = 2},
        {.vectors = 1, .outputs = 3, .output_size = 8},
        {.vectors = 3, .outputs = 1, .output_size = 8},
        {.integers = 1, .outputs = 2, .output_size = 4},
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(!arch_front_path(&none[i]));
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    thread_errno_offset = (char *)&errno - arch_thread_pointer();
    thread_fronts = (intptr_t)fronts - (intptr_t)arch_slots;
    if (strcmp(argv[1], "signals") == 0) return check_signals();
    guard_branches();
    uint32_t plain = check_paths(false, 0), floating = check_paths(true, ARCH_STUBS - 200);
    check_none();
    printf("%u paths\n", plain + floating);
    return check_failed != 0;
}
