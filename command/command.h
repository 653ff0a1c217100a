/* The verbs of memoize. Each gets its own arguments (argv[0] is the verb) and returns the exit
 * status of the command. */
#ifndef MEMO_COMMAND_H
#define MEMO_COMMAND_H

#define MEMO_VERSION "0.1.0"

enum exit_status {
    EXIT_FINE = 0,
    EXIT_TROUBLE = 2,          /* usage, or what was asked for can't be done */
    EXIT_RUN_FAILED = 125,     /* `run` itself failed: env(1)'s numbers */
    EXIT_NOT_EXECUTABLE = 126, /* the program is there, but can't be started */
    EXIT_NOT_FOUND = 127,
};

int run_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int check_main(int argc, char **argv);

#endif
