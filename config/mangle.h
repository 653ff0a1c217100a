/* C++ names as people write them and as the linker knows them.
 *
 * geo::dist(double, double) becomes _ZN3geo4distEdd by the rules of the Itanium C++ ABI, chapter 5
 * (https://itanium-cxx-abi.github.io/cxx-abi/abi.html#mangling), for what has one spelling only:
 * functions of namespaces and classes, and parameters of builtin types, classes and enums by name,
 * pointers, references and const of those. What is more (templates, operators, constructors) is
 * refused, since several symbols may go by one such name. */
#ifndef MEMO_MANGLE_H
#define MEMO_MANGLE_H

#include "pool.h"
#include "source.h"

#include <stdbool.h>

/* Whether the name of a section is a C++ one as people write it. */
bool mangle_is_wanted(const char *name);

/* The symbol, in `scratch`; NULL with one error reported at name->place, or when there is no
 * memory. */
const char *mangle(const struct source *name, struct pool *scratch,
                   struct diagnostics *diagnostics);

#endif
