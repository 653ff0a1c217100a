/* The typed paths of this CPU, behind its stubs, with the front and nothing else of libmemo: each
 * signature with words of 1, 2, 4 and 8 bytes, alike and mixed. What does not count of a register
 * is garbage; what does is told apart to the bit; path and front_find() agree on every key. */
#include "arch/arch.h"
#include "arch/grid.h"
#include "arch/slots.h"
#include "cache/front.h"
#include "check.h"
#include "random.h"

#include <errno.h>
#include <string.h>

#define SLOT  5
#define EPOCH 3
#define MISS  UINT64_MAX

_Alignas(ARCH_SLOT_SIZE) struct arch_slot arch_slots[ARCH_STUBS];
static struct front fronts[ARCH_STUBS];
_Thread_local intptr_t thread_fronts;
_Thread_local int thread_countdown;
int64_t thread_errno_offset;

static struct registers entered;
static unsigned enters;

void *call_enter(struct registers *registers, uint32_t number);
void escape_personality(void);

void *call_enter(struct registers *registers, uint32_t number)
{
    entered = *registers;
    enters += number == SLOT;
    registers->result[0] = MISS;
    return NULL;
}

void escape_personality(void) {}

static uint64_t random_state = 42;

static uint64_t any(void)
{
    return random_next(&random_state);
}

/* A path, its front, and what it is called with. */
struct tried {
    struct arch_path path;
    struct front_layout layout;
    uint32_t words;
    uint64_t key[FRONT_WORDS], value[3];
    uint64_t passed[FRONT_WORDS], output[6];
};

static struct front *const front = &fronts[SLOT];

union line {
    struct front_line head;
    uint64_t words[16];
};

static void tried_open(struct tried *tried)
{
    struct arch_path *path = &tried->path;
    tried->words = path->integers + path->vectors;
    front_layout_typed(&tried->layout, tried->words, 1 + path->outputs, path->masks,
                       arch_front_hash(path));
    arch_slots[SLOT].entry = arch_front_path(path);
    arch_slots[SLOT].epoch = EPOCH;
    CHECK(arch_slots[SLOT].entry != NULL);
    CHECK(front_make(front, &tried->layout));
    front->epoch = EPOCH;
}

static void key_any(struct tried *tried)
{
    for (uint32_t i = 0; i < tried->words; i++)
        tried->key[i] = any() & tried->layout.masks[i];
    for (int i = 0; i < 3; i++)
        tried->value[i] = any();
}

static uint32_t hash_of(const struct tried *tried)
{
    return tried->layout.hash(tried->key, tried->words);
}

static struct front_line *find(const struct tried *tried)
{
    return front_find(front, &tried->layout, tried->key, hash_of(tried));
}

static void fill(const struct tried *tried)
{
    union line line = {.head.errno_mask = 0};
    memcpy(line.head.words, tried->key, 8 * tried->words);
    memcpy(line.head.words + tried->words, tried->value, 8 * (1 + tried->path.outputs));
    front_fill(front, &tried->layout, &line.head, hash_of(tried), FRONT_AGAIN);
}

/* The key, with anything where it does not count. */
static void pass(struct tried *tried)
{
    for (uint32_t i = 0; i < tried->words; i++)
        tried->passed[i] = tried->key[i] | (any() & ~tried->layout.masks[i]);
}

#define ARGUMENTS uint64_t, uint64_t, uint64_t, uint64_t, double, double, double, double

/* The result's word in the first register of its bank. */
static uint64_t call(struct tried *tried, bool vector)
{
    uint64_t i[4] = {any(), any(), any(), any()}, result;
    double v[4] = {0};
    const struct arch_path *path = &tried->path;
    memcpy(i, tried->passed, 8 * path->integers);
    memcpy(v, tried->passed + path->integers, 8 * path->vectors);
    for (uint32_t out = 0; out < path->outputs; out++)
        i[path->integers + out] = (uintptr_t)&tried->output[3 * out];
    memset(tried->output, 0x6e, sizeof(tried->output));
    errno = 0;
    if (!vector)
        return ((uint64_t(*)(ARGUMENTS))arch_stub(SLOT))(i[0], i[1], i[2], i[3], v[0], v[1], v[2],
                                                         v[3]);
    double real =
        ((double (*)(ARGUMENTS))arch_stub(SLOT))(i[0], i[1], i[2], i[3], v[0], v[1], v[2], v[3]);
    memcpy(&result, &real, 8);
    return result;
}

static void check_outputs(const struct tried *tried)
{
    for (uint32_t out = 0; out < 2; out++) {
        uint64_t want = 0x6e6e6e6e6e6e6e6eu;
        if (out < tried->path.outputs)
            memcpy(&want, &tried->value[1 + out], tried->path.output_size);
        CHECK(tried->output[3 * out] == want);
        CHECK(tried->output[3 * out + 1] == 0x6e6e6e6e6e6e6e6eu);
    }
}

/* A path that masks may pass on what it compared; no other changes a register. */
static void check_entered(const struct tried *tried)
{
    bool masked = grid_sizes(&tried->path) == PATH_SIZES_MASKED;
    for (uint32_t i = 0; i < tried->words; i++) {
        uint64_t word, counts = masked ? tried->layout.masks[i] : UINT64_MAX;
        if (i < tried->path.integers)
            word = entered.integer[i];
        else
            memcpy(&word, entered.vector[i - tried->path.integers], 8);
        CHECK(!((word ^ tried->passed[i]) & counts));
    }
}

static void expect(struct tried *tried, bool hit)
{
    unsigned before = enters;
    uint64_t clock = front->clock, result = call(tried, false);
    CHECK(enters - before == !hit && front->clock - clock == (hit ? 2 : 0));
    CHECK(result == (hit ? tried->value[0] : MISS));
    if (hit)
        check_outputs(tried);
    else
        check_entered(tried);
    if (hit && tried->path.floating) CHECK(call(tried, true) == tried->value[0]);
}

static void check_bits(struct tried *tried)
{
    front_empty(front, &tried->layout, EPOCH);
    key_any(tried);
    fill(tried);
    pass(tried);
    expect(tried, true);
    for (uint32_t i = 0; i < tried->words; i++)
        for (int bit = 0; bit < 64; bit++) {
            tried->passed[i] ^= (uint64_t)1 << bit;
            expect(tried, !(tried->layout.masks[i] >> bit & 1));
            tried->passed[i] ^= (uint64_t)1 << bit;
        }
}

/* What a blank line has in its key's place is nobody's key. */
static void check_blanks(struct tried *tried)
{
    front_empty(front, &tried->layout, EPOCH);
    unsigned char *end = (unsigned char *)front->touched;
    for (unsigned char *at = front->lines; at < end; at += tried->layout.line_size) {
        memcpy(tried->key, ((struct front_line *)at)->words, 8 * tried->words);
        pass(tried);
        CHECK(!find(tried));
        expect(tried, false);
    }
}

/* More keys than lines; then once more, in a front that has grown. */
static void check_many(struct tried *tried)
{
    static struct tried many[400];
    unsigned hits = 0;
    front_empty(front, &tried->layout, EPOCH);
    for (int i = 0; i < 400; i++) {
        many[i] = *tried;
        key_any(&many[i]);
        fill(&many[i]);
    }
    for (int i = 0; i < 400; i++) {
        const struct front_line *line = find(&many[i]);
        pass(&many[i]);
        if (line && line->words[tried->words] != many[i].value[0]) continue; /* of 8 bits: again */
        expect(&many[i], line != NULL);
        hits += line != NULL;
    }
    CHECK(hits > 20);
}

static void check_path(const struct arch_path *path)
{
    struct tried tried = {.path = *path};
    int failed = check_failed;
    tried_open(&tried);
    check_blanks(&tried);
    for (int i = 0; i < 3; i++)
        check_bits(&tried);
    check_many(&tried);
    check_blanks(&tried);
    front_release(front);
    if (check_failed > failed)
        printf("  integers %u, vectors %u, outputs %u of %u, sizes %d, floating %d\n",
               path->integers, path->vectors, path->outputs, path->output_size, grid_sizes(path),
               path->floating);
}

/* All words of one size, a size for each bank, or one for each word. */
static void check_shape(struct arch_path path)
{
    for (uint32_t kind = 0; kind < 24; kind++) {
        uint32_t integer = kind < 16 ? kind % 4 : 0, vector = kind < 16 ? kind / 4 : 0;
        for (uint32_t i = 0; i < path.integers + path.vectors; i++) {
            uint32_t size = 1u << (i < path.integers ? integer : vector);
            if (kind >= 16) size = 1u << any() % 4;
            if (i >= path.integers && size < 4) size = 4;
            path.masks[i] = arch_front_mask(size);
        }
        path.floating = true;
        check_path(&path);
        path.floating = false;
        if (!path.vectors)
            check_path(&path);
        else
            CHECK(!arch_front_path(&path)); /* there are no such signatures */
    }
}

static void check_all(void)
{
    static const uint8_t outputs[4][3] = {{0, 1, 1}, {0, 2, 1}, {0, 1, 2}, {1, 0, 1}};
    for (uint32_t i = 1; i < 25; i++)
        if (i % 5 + i / 5 <= FRONT_WORDS)
            check_shape((struct arch_path){.integers = i % 5, .vectors = i / 5});
    for (uint32_t i = 0; i < 8; i++)
        check_shape((struct arch_path){.integers = outputs[i % 4][0],
                                       .vectors = outputs[i % 4][1],
                                       .outputs = outputs[i % 4][2],
                                       .output_size = i < 4 ? 4 : 8});
}

int main(void)
{
    const struct arch_path text = {.text = true};
    thread_errno_offset = (char *)&errno - arch_thread_pointer();
    thread_fronts = (intptr_t)fronts - (intptr_t)arch_slots;
    if (arch_front_path(&text)) /* else this machine lacks what paths need */
        check_all();
    return check_done("paths");
}
