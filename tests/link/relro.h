/* How many pages, of the RELRO ranges of all objects loaded when first asked, are not read-only now.
 * From the second time on no lock of the loader's is taken, which a forked child may find taken. */
#ifndef RELRO_H
#define RELRO_H

int relro_writable(int *ranges);

#endif
