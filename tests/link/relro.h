/* How many pages, of the RELRO ranges of all loaded objects, are not read-only now. */
#ifndef RELRO_H
#define RELRO_H

int relro_writable(int *ranges);

#endif
