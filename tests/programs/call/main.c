/* call GROUP: makes and compares the calls of one group, and prints `SYMBOL CALLS HITS` for each
 * function whose every call was counted. Failures go to stdout, too; the status is 1 then. */
#include "call/groups.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*check)(void);
} groups[] = {
    {"scalar", check_scalar},  {"text", check_text_input},    {"output", check_output},
    {"record", check_records}, {"pointer", check_pointers},   {"static", check_static_buffers},
    {"stack", check_stack},    {"content", check_content},    {"chain", check_chain},
    {"depend", check_depends}, {"effect", check_effects},     {"mode", check_modes},
    {"escape", check_escapes}, {"left", check_outputs_left},  {"wide", check_wide},
    {"list", check_lists},     {"lists", check_list_content}, {"given", check_given},
    {"leaks", check_leaks},    {"report", check_reporting},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof groups / sizeof *groups; i++) {
        if (strcmp(groups[i].name, argv[1]) != 0) continue;
        groups[i].check();
        observe_print_counts();
        if (observe_failures()) printf("failed: %lu\n", observe_failures());
        return observe_failures() != 0;
    }
    fprintf(stderr, "usage: call GROUP\n");
    return 2;
}
