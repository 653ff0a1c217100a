/* What MEMO_LOG=debug says of scans. */
#ifndef MEMO_REBIND_LOG_H
#define MEMO_REBIND_LOG_H

#include "rebind/target.h"

struct rebound {
    struct target *target;
    struct replacement *replacement;
    uint32_t type; /* of the relocation */
    bool applied, logged;
};

/* One line per replacement among references of one object. */
void log_rebound(const struct object *importer, struct rebound *found, size_t count);

/* One line per wanted entry that no reference was rebound for, with the reason. */
void log_unbound(void);

#endif
