/* What a front's hits were, in their order. */
#include "cache/front_lines.h"

#define RADIX_BITS 6

static uint32_t digit(const struct front *front, uint32_t offset, unsigned shift)
{
    uint64_t since = line_at(front->lines, offset)->seen - front->replayed;
    return since >> shift & ((1 << RADIX_BITS) - 1);
}

/* Least-significant-digit radix sort (Knuth, volume 3, 5.2.5) by the time since the last replay: no
 * comparison that a branch predictor could get wrong. `other` has as much room. Gives the one of
 * the two that the result is in. Of a line that was noted twice, both are side by side. */
static uint32_t *sort_touched(const struct front *front, uint32_t *touched, uint32_t *other,
                              uint32_t count)
{
    uint64_t range = count > 1 ? front->clock - front->replayed : 0;
    for (unsigned shift = 1; shift < 64 && range >> shift;
         shift += RADIX_BITS) { /* bit 0: hit or fill */
        uint32_t places[1 << RADIX_BITS] = {0}, place = 0;
        for (uint32_t i = 0; i < count; i++)
            places[digit(front, touched[i], shift)]++;
        for (uint32_t i = 0; i < 1 << RADIX_BITS; i++) {
            uint32_t many = places[i];
            places[i] = place;
            place += many;
        }
        for (uint32_t i = 0; i < count; i++)
            other[places[digit(front, touched[i], shift)]++] = touched[i];
        uint32_t *sorted = other;
        other = touched;
        touched = sorted;
    }
    return touched;
}

/* What is noted is a pending line for certain once this has passed it: a hit that a signal
 * interrupts while it notes may leave the offset of a line that has been outgrown, or a place
 * unwritten. Fills are noted, too, and most of what is where few calls hit: sorting is dear, so
 * they go here. */
static uint32_t true_notes(struct front *front, const struct front_layout *layout)
{
    uint32_t count = 0, noted = front->touched_count;
    size_t end = lines_end(front);
    if (noted > front->touched_limit) noted = front->touched_limit;
    for (uint32_t i = 0; i < noted; i++) {
        uint32_t offset = front->touched[i];
        if (offset >= end || offset % layout->line_size != 0) continue;
        if (front_is_pending(front, line_at(front->lines, offset)))
            front->touched[count++] = offset;
    }
    return count;
}

/* Closed meanwhile: a hit in a handler would change a stamp between two passes of the sort.
 * With nothing noted there may be a pending line all the same, whose hit was interrupted. It is
 * none afterwards: who asks for a replay until nothing is pending must come to an end. */
void front_replay(struct front *front, const struct front_layout *layout,
                  void (*visit)(void *data, const struct front_line *line), void *data)
{
    uint64_t epoch = shut_front(front);
    uint32_t count = visit ? true_notes(front, layout) : 0;
    const uint32_t *touched = sort_touched(front, front->touched, spare_of(front), count);
    for (uint32_t i = count; i-- > 0;) {
        const struct front_line *line = line_at(front->lines, touched[i]);
        if (front_is_pending(front, line)) visit(data, line);
    }
    front->replayed = front->clock;
    front->touched_count = 0;
    head_of(front)->remembered = UINT32_MAX;
    open_front(front, epoch);
}
