/* secure [mapped]: says whether the kernel calls this process secure (setuid), and calls pow; then
 * whether libmemo.so is in the process. */
#include <link.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

static int look(struct dl_phdr_info *object, size_t size, void *unused)
{
    (void)size, (void)unused;
    return strstr(object->dlpi_name, "libmemo.so") != NULL;
}

int main(int argc, char **argv)
{
    double sum = 0;
    (void)argv;
    for (int i = 0; i < 1000; i++)
        sum += pow(i % 10 + 1.5, 1.5);
    printf("secure %lu, sum %.17g\n", getauxval(AT_SECURE), sum);
    if (argc > 1) printf("libmemo %s\n", dl_iterate_phdr(look, NULL) ? "mapped" : "absent");
    return 8;
}
