#include "call/value.h"

#include "call/characters.h"

#include <stdlib.h>
#include <string.h>

static bool is_output(const struct step *step, const struct buffer *buffer)
{
    return buffer->data && step_is_output(step);
}

size_t veil_size(const struct plan *plan, const struct buffer *buffers)
{
    size_t size = 0;
    if (!plan->has_veils) return 0;
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (is_output(&plan->steps[i], &buffers[i])) size += buffers[i].size;
    return size;
}

/* The pattern of one buffer; the second differs from the first in every byte. Text gets bytes that
 * no usual encoding holds, so that a second call is hardly ever needed; never a NUL. */
static uint64_t text_pattern(uint64_t pattern)
{
    return pattern | 0xf8f8f8f8f8f8f8f8ull;
}

static uint64_t pattern_of(const struct veil *veil, const struct step *step)
{
    uint64_t pattern = veil->second ? ~veil->pattern : veil->pattern;
    return step->passing == PASS_TEXT ? text_pattern(pattern) : pattern;
}

static void fill(unsigned char *data, size_t size, uint64_t pattern)
{
    for (; size >= 8; size -= 8, data += 8)
        memcpy(data, &pattern, 8);
    memcpy(data, &pattern, size);
}

static inline unsigned char pattern_byte(uint64_t pattern, size_t offset)
{
    return (unsigned char)(pattern >> offset % 8 * 8);
}

static bool shows_pattern(const unsigned char *data, size_t offset, size_t size, uint64_t pattern)
{
    for (size_t i = offset; i < offset + size; i++)
        if (data[i] != pattern_byte(pattern, i)) return false;
    return true;
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
        if (!is_output(&plan->steps[i], &buffers[i])) continue;
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
        if (!is_output(step, buffer)) continue;
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
    for (size_t i = offset; at->restore && i < offset + size; i++) {
        bool left = at->data[i] == pattern_byte(at->pattern, i);
        if (left) at->data[i] = at->before[i];
        mark(at, i, 1, !left);
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

/* Whether any of eight bytes is the pattern's. */
static bool shows_byte(const unsigned char *data, uint64_t pattern)
{
    uint64_t word;
    memcpy(&word, data, 8);
    word ^= pattern;
    return (word - 0x0101010101010101ull) & ~word & 0x8080808080808080ull;
}

/* Large arrays of bytes are told eight at a time. */
static void unveil_bytes(struct unveiling *at, size_t offset, size_t end)
{
    while (offset < end) {
        if (offset % 8 == 0 && end - offset >= 8 && !shows_byte(at->data + offset, at->pattern)) {
            mark(at, offset, 8, true);
            offset += 8;
        } else {
            unveil_grain(at, offset++, 1);
        }
    }
}

static void unveil_grains(struct unveiling *at, const struct grain *grain, size_t base)
{
    size_t offset = base + grain->offset, end = offset + (size_t)grain->size * grain->count;
    if (grain->size == 1)
        unveil_bytes(at, offset, end);
    else
        for (; offset < end; offset += grain->size)
            unveil_grain(at, offset, grain->size);
}

static void unveil_text(struct unveiling *at, size_t start, uint32_t unit, size_t size)
{
    size_t length = characters_size(at->data + start, unit, size);
    for (size_t i = 0; i < length; i += unit)
        unveil_grain(at, start + i, unit);
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

static void unveil_array(struct unveiling *at, const struct shape *shape, size_t count)
{
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
        if (!is_output(step, &buffers[i])) continue;
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

enum unveiled veil_end(struct veil *veil)
{
    if (veil->lifted) return UNVEILED_PARTLY;
    if (!veil->size) return UNVEILED_WRITTEN;
    if (!veil->second && unveil(veil, false) == UNVEILED_UNCLEAR) return UNVEILED_UNCLEAR;
    return unveil(veil, true);
}

/* Puts back runs of at least four bytes that show the pattern, and a stretch that shows nothing
 * else: a few bytes may have been written with those very values. */
static void lift_stretch(unsigned char *data, const unsigned char *before, size_t start, size_t end,
                         uint64_t pattern)
{
    size_t run = 0;
    for (size_t i = start; i <= end; i++) {
        if (i < end && data[i] == pattern_byte(pattern, i)) {
            run++;
            continue;
        }
        if (run >= 4 || run == end - start) memcpy(data + i - run, before + i - run, run);
        run = 0;
    }
}

static void lift_buffer(const struct step *step, const struct buffer *buffer,
                        const unsigned char *before, uint64_t pattern)
{
    const struct shape *shape = &step->shape;
    if (!step_is_partial(step)) {
        lift_stretch(buffer->data, before, 0, buffer->size, pattern);
        return;
    }
    for (size_t base = 0; base < buffer->size; base += shape->size) {
        for (uint32_t i = 0; i < step->veiled_count; i++) {
            const struct grain *grain = &step->veiled[i];
            size_t start = base + grain->offset, size = (size_t)grain->size * grain->count;
            lift_stretch(buffer->data, before, start, start + size, pattern);
        }
        for (uint32_t i = 0; step->masked && i < shape->text_count; i++) {
            size_t start = base + shape->texts[i].offset;
            lift_stretch(buffer->data, before, start, start + shape->texts[i].size,
                         text_pattern(pattern));
        }
    }
}

void veil_lift(struct veil *veil)
{
    size_t offset = 0;
    veil->lifted = true;
    for (uint32_t i = 0; veil->size && i < veil->plan->step_count; i++) {
        const struct step *step = &veil->plan->steps[i];
        const struct buffer *buffer = &veil->buffers[i];
        if (!is_output(step, buffer)) continue;
        lift_buffer(step, buffer, veil->before + offset, pattern_of(veil, step));
        offset += buffer->size;
    }
}
