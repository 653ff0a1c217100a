#include "rebind/patch.h"

#include "populate.h"
#include "rebind/protection.h"
#include "rebind/restore.h"
#include "report/message.h"

#include <errno.h>
#include <sys/auxv.h>
#include <sys/mman.h>

static size_t page_size;
static enum { PAGES_UNREAD, PAGES_READ, PAGES_UNKNOWN } pages;

/* The page that is being written to. */
struct page {
    uintptr_t start; /* 0: none */
    int restore;     /* the protection to put back; -1: it was writable */
    bool usable;
};

void patches_start(void)
{
    if (!page_size) page_size = getauxval(AT_PAGESZ);
    pages = PAGES_UNREAD;
}

/* Reading all maps costs a short program more than everything else that a scan does, so it is only
 * done where the kernel contradicts what the loader does to its objects; without /proc that is all
 * that can be known. */
static int current_protection(const struct object *object, uintptr_t page)
{
    int expected = object_protection(object, page, page_size);
    int writable = populate_pages(page, page_size);
    if (writable > 0) return PROT_READ | PROT_WRITE;
    if (writable == 0 && expected == PROT_READ) return PROT_READ;
    if (pages == PAGES_UNREAD) pages = protections_read() ? PAGES_READ : PAGES_UNKNOWN;
    return pages == PAGES_READ ? protection_of(page) : expected;
}

static void warn_once(const struct object *object, const char *problem, int error)
{
    static bool warned;
    if (!__atomic_exchange_n(&warned, true, __ATOMIC_RELAXED))
        message(LOG_WARNING, "%s: %s (errno %d); calls through it are not cached", object->path,
                problem, error);
}

static void page_close(struct page *page, const struct object *object)
{
    if (page->usable && page->restore >= 0 &&
        mprotect((void *)page->start, page_size, page->restore) != 0)
        warn_once(object, "page protection can't be restored", errno);
    page->start = 0;
}

/* Never asks for PROT_EXEC, and never takes it away from under running code. */
static void page_open(struct page *page, const struct object *object, uintptr_t start)
{
    int protection = current_protection(object, start);
    *page = (struct page){.start = start, .restore = -1};
    if (protection < 0 || !(protection & PROT_READ)) return;
    page->usable = true;
    if (protection & PROT_WRITE) return;
    page->restore = protection;
    if (protection & PROT_EXEC) {
        page->usable = false;
        warn_once(object, "a reference lies between code", EACCES);
    } else if (mprotect((void *)start, page_size, PROT_READ | PROT_WRITE) != 0) {
        page->usable = false;
        warn_once(object, "page can't be made writable", errno);
    }
}

/* Other threads may call through the reference and the loader may be resolving it: one atomic
 * exchange, after which they see the stub, whose slot was published before. */
static bool write_reference(const struct patch *patch)
{
    uintptr_t *reference = (uintptr_t *)patch->reference, held = patch->expected;
    while (held == patch->expected || held == patch->original)
        if (__atomic_compare_exchange_n(reference, &held, patch->replacement, false,
                                        __ATOMIC_RELEASE, __ATOMIC_RELAXED))
            return true;
    return false;
}

void patches_apply(struct patch *patches, size_t count)
{
    struct page page = {0};
    const struct object *object = NULL;
    if (!restore_lock()) return;
    for (size_t i = 0; i < count; i++) {
        struct patch *patch = &patches[i];
        uintptr_t start = patch->reference & -page_size;
        if (start != page.start) {
            if (page.start) page_close(&page, object);
            page_open(&page, patch->object, start);
            object = patch->object;
        }
        patch->applied = page.usable && write_reference(patch);
        patch->read_only = page.restore >= 0;
    }
    if (page.start) page_close(&page, object);
    restore_unlock();
}
