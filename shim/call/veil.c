#include "call/characters.h"
#include "call/pattern.h"

#include <stdlib.h>
#include <string.h>

size_t veil_size(const struct plan *plan, const struct buffer *buffers)
{
    size_t size = 0;
    if (!plan->has_veils) return 0;
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (is_veiled(&plan->steps[i], &buffers[i])) size += buffers[i].size;
    return size;
}

static void fill_words(unsigned char *data, size_t size, uint64_t pattern)
{
    for (; size >= 8; size -= 8, data += 8)
        memcpy(data, &pattern, 8);
    memcpy(data, &pattern, size);
}

static void fill(unsigned char *data, size_t size, uint64_t pattern)
{
    unsigned char words[64];
    if (size >= 2 * sizeof(words)) {
        fill_words(words, sizeof(words), pattern);
        for (; size >= sizeof(words); size -= sizeof(words), data += sizeof(words))
            memcpy(data, words, sizeof(words));
    }
    fill_words(data, size, pattern);
}

/* A stretch of a buffer that begins at `data`: the pattern is tied to offsets in that. */
static void cover_stretch(unsigned char *data, size_t start, size_t size, uint64_t pattern)
{
    for (; size && start % 8; size--, start++)
        data[start] = pattern_byte(pattern, start);
    fill(data + start, size, pattern);
}

/* Lays the pattern over what the function is to write without having read it. */
static void cover(const struct step *step, const struct buffer *buffer, uint64_t pattern)
{
    const struct shape *shape = &step->shape;
    if (!step_is_partial(step)) {
        fill(buffer->data, buffer->size, pattern);
        return;
    }
    for (size_t base = 0; base < buffer->size; base += shape->size) {
        for (uint32_t i = 0; i < step->veiled_count; i++)
            cover_stretch(buffer->data, base + step->veiled[i].offset,
                          (size_t)step->veiled[i].size * step->veiled[i].count, pattern);
        for (uint32_t i = 0; step->masked && i < shape->text_count; i++)
            cover_stretch(buffer->data, base + shape->texts[i].offset, shape->texts[i].size,
                          text_pattern(pattern));
    }
}

void veil_begin(struct veil *veil, const struct plan *plan, struct buffer *buffers,
                unsigned char *scratch, size_t size, uint64_t random)
{
    *veil = (struct veil){.before = scratch,
                          .first = scratch + size,
                          .size = size,
                          .pattern = random,
                          .sure = VEIL_SURE,
                          .plan = plan,
                          .buffers = buffers};
    size_t at = 0;
    if (!size) return;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        if (!is_veiled(&plan->steps[i], &buffers[i])) continue;
        memcpy(veil->before + at, buffers[i].data, buffers[i].size);
        cover(&plan->steps[i], &buffers[i], pattern_of(veil, &plan->steps[i]));
        at += buffers[i].size;
    }
}

/* What the first call left at a PASS_GIFT, if anything. */
static void drop_gift(const struct veil *veil, const struct step *step, const struct buffer *buffer)
{
    void *text;
    if (shows_pattern(buffer->data, 0, buffer->size, pattern_of(veil, step))) return;
    memcpy(&text, buffer->data, sizeof(text));
    free(text);
}

void veil_again(struct veil *veil)
{
    const struct plan *plan = veil->plan;
    size_t at = 0;
    for (uint32_t i = 0; plan->has_gifts && i < plan->step_count; i++)
        if (plan->steps[i].passing == PASS_GIFT && veil->buffers[i].data)
            drop_gift(veil, &plan->steps[i], &veil->buffers[i]);
    veil->second = true;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        const struct buffer *buffer = &veil->buffers[i];
        if (!is_veiled(step, buffer)) continue;
        memcpy(veil->first + at, buffer->data, buffer->size);
        memcpy(buffer->data, veil->before + at, buffer->size);
        cover(step, buffer, pattern_of(veil, step));
        at += buffer->size;
    }
}

/* One buffer being judged. */
struct unveiling {
    unsigned char *data;
    const unsigned char *before, *first; /* first: NULL after the first call */
    unsigned char *mask;                 /* to be made; may be `first`. NULL: none, or not yet */
    uint64_t pattern, first_pattern;
    unsigned sure;
    bool restore; /* put back what was left alone; else only judge */
    bool masked;  /* parts may be left alone */
    enum unveiled result;
};

static void mark(struct unveiling *at, size_t offset, size_t size, bool written)
{
    if (at->mask) memset(at->mask + offset, written, size);
}

/* Bytes that no result is in: padding, and a text's buffer beyond its NUL. */
static void unveil_rest(struct unveiling *at, size_t offset, size_t size)
{
    size_t end = offset + size;
    while (at->restore && offset < end) {
        size_t left = pattern_run(at->data, offset, end, at->pattern);
        memcpy(at->data + offset, at->before + offset, left);
        mark(at, offset, left, false);
        offset += left;
        if (offset < end) mark(at, offset++, 1, true);
    }
}

/* A grain that shows the pattern was left alone for certain if a second call says so too, or if it
 * is large enough. */
static void unveil_grain(struct unveiling *at, size_t offset, size_t size)
{
    bool left = shows_pattern(at->data, offset, size, at->pattern) &&
                (!at->first || shows_pattern(at->first, offset, size, at->first_pattern));
    if (left && !at->first && size < at->sure) {
        at->result = UNVEILED_UNCLEAR;
        return;
    }
    mark(at, offset, size, !left);
    if (!left) return;
    if (at->restore) memcpy(at->data + offset, at->before + offset, size);
    if (at->result == UNVEILED_WRITTEN && !at->masked) at->result = UNVEILED_PARTLY;
}

/* How many bytes from `offset` on, in whole words, show no byte of the pattern. */
static size_t written_run(const unsigned char *data, size_t offset, size_t end, uint64_t pattern)
{
    size_t i = offset;
    for (uint64_t word; i % 8 == 0 && end - i >= 8; i += 8) {
        memcpy(&word, data + i, 8);
        word ^= pattern;
        if ((word - 0x0101010101010101ull) & ~word & 0x8080808080808080ull) break;
    }
    return i - offset;
}

/* Grains of one size, one behind the other, most of which are told a word at a time. */
static void unveil_run(struct unveiling *at, size_t size, size_t offset, size_t end)
{
    while (offset < end) {
        size_t written = 8 % size == 0 ? written_run(at->data, offset, end, at->pattern) : 0;
        mark(at, offset, written, true);
        offset += written;
        if (offset == end) return;
        unveil_grain(at, offset, size);
        offset += size;
    }
}

static void unveil_grains(struct unveiling *at, const struct grain *grain, size_t base)
{
    size_t offset = base + grain->offset;
    unveil_run(at, grain->size, offset, offset + (size_t)grain->size * grain->count);
}

static void unveil_text(struct unveiling *at, size_t start, uint32_t unit, size_t size)
{
    size_t length = characters_size(at->data + start, unit, size);
    unveil_run(at, unit, start, start + length);
    unveil_rest(at, start + length, size - length);
}

/* Only what the function writes without having read it is in question. */
static void unveil_partial(struct unveiling *at, const struct step *step, size_t count)
{
    const struct shape *shape = &step->shape;
    struct unveiling text = *at;
    text.pattern = text_pattern(at->pattern);
    text.first_pattern = text_pattern(at->first_pattern);
    for (size_t base = 0; count; count--, base += shape->size) {
        for (uint32_t i = 0; i < step->veiled_count; i++)
            unveil_grains(at, &step->veiled[i], base);
        for (uint32_t i = 0; step->masked && i < shape->text_count; i++)
            unveil_text(&text, base + shape->texts[i].offset, 1, shape->texts[i].size);
    }
    if (text.result == UNVEILED_UNCLEAR) at->result = UNVEILED_UNCLEAR;
}

/* Of numbers, or of structs of one kind of them, without padding. */
static bool is_one_run(const struct shape *shape)
{
    const struct grain *grain = shape->grains;
    return shape->grain_count == 1 && (size_t)grain->size * grain->count == shape->size;
}

static void unveil_array(struct unveiling *at, const struct shape *shape, size_t count)
{
    if (is_one_run(shape)) {
        unveil_run(at, shape->grains[0].size, 0, count * shape->size);
        return;
    }
    for (size_t element = 0; element < count; element++) {
        size_t base = element * shape->size, end = base;
        for (uint32_t i = 0; i < shape->grain_count; i++) {
            const struct grain *grain = &shape->grains[i];
            unveil_rest(at, end, base + grain->offset - end);
            unveil_grains(at, grain, base);
            end = base + grain->offset + (size_t)grain->size * grain->count;
        }
        unveil_rest(at, end, base + shape->size - end);
    }
}

static enum unveiled unveil(const struct veil *veil, bool restore)
{
    const struct plan *plan = veil->plan;
    struct buffer *buffers = veil->buffers;
    struct veil one = *veil;
    enum unveiled result = UNVEILED_WRITTEN;
    size_t offset = 0;
    one.second = false;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        if (!is_veiled(step, &buffers[i])) continue;
        struct unveiling at = {
            .data = buffers[i].data,
            .before = veil->before + offset,
            .first = veil->second ? veil->first + offset : NULL,
            .mask = restore && step->masked ? veil->first + offset : NULL,
            .masked = step->masked,
            .pattern = pattern_of(veil, step),
            .first_pattern = pattern_of(&one, step),
            .sure = veil->sure,
            .restore = restore,
            .result = result,
        };
        if (step->passing == PASS_TEXT)
            unveil_text(&at, 0, step->unit, buffers[i].size);
        else if (step_is_partial(step))
            unveil_partial(&at, step, step_count_of(step, &buffers[i]));
        else
            unveil_array(&at, &step->shape, step_count_of(step, &buffers[i]));
        buffers[i].mask = at.mask;
        result = at.result;
        offset += buffers[i].size;
    }
    return result;
}

/* Whether anything is to be put back, or marked, even where all is written. */
static bool has_rest(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        if (step_is_output(step) &&
            (step->passing == PASS_TEXT || step->masked || step->shape.packed != step->shape.size))
            return true;
    }
    return false;
}

enum unveiled veil_end(struct veil *veil)
{
    if (veil->lifted) return UNVEILED_PARTLY;
    if (!veil->size) return UNVEILED_WRITTEN;
    if (!veil->second) {
        enum unveiled first = unveil(veil, false);
        if (first == UNVEILED_UNCLEAR) return first;
        if (first == UNVEILED_WRITTEN && !has_rest(veil->plan)) return first;
    }
    return unveil(veil, true);
}
