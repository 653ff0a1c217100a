/* Another interposer of dlsym, with a lock that must not be taken twice by one thread. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

static void *real(const char *name)
{
    void *found = dlvsym(RTLD_NEXT, name, "GLIBC_2.34");
    return found ? found : dlvsym(RTLD_NEXT, name, "GLIBC_2.2.5");
}

void *dlsym(void *handle, const char *name)
{
    static void *(*next)(void *, const char *);
    if (!next) next = (void *(*)(void *, const char *))real("dlsym");
    if (pthread_mutex_lock(&lock) != 0) abort();
    void *found = next(handle, name);
    pthread_mutex_unlock(&lock);
    return found;
}
