/* Where the parts of a front are, for the typed paths of arch/<cpu>/paths.S and for front.h. */
#ifndef MEMO_FRONT_OFFSETS_H
#define MEMO_FRONT_OFFSETS_H

/* struct front */
#define FRONT_LINES         0
#define FRONT_CLOCK         8
#define FRONT_EPOCH         16
#define FRONT_REPLAYED      24
#define FRONT_TOUCHED       32
#define FRONT_TOUCHED_COUNT 40
#define FRONT_TOUCHED_LIMIT 44
#define FRONT_SETS          48
#define FRONT_COUNTDOWN     60
#define FRONT_SIZE          64

/* A key is in one of so many lines, from the one on that its hash leads to. */
#define FRONT_WAYS 4

/* Masks of the words of a key: right before the lines. */
#define FRONT_MASKS (-32)
#define FRONT_WORDS 4

/* A line */
#define LINE_SEEN  0
#define LINE_ERRNO 8
#define LINE_HASH  12
#define LINE_KEY   16

/* Bytes of a line whose key and value are up to so many words together, or more. */
#define LINE_SMALL_WORDS 2
#define LINE_SMALL       32
#define LINE_LARGE       64

/* A text: bytes of its key, its NUL among them; the line. */
#define FRONT_TEXT      48
#define LINE_TEXT       128
#define LINE_TEXT_VALUE (LINE_KEY + FRONT_TEXT)

#endif
