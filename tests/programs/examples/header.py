"""header.py CONFIG HEADER... > check.c: a file that compiles only if every function of the config is
declared by the headers as its prototype says, and every struct has its fields where theirs are.

A prototype says more than C does, so what it may differ in is listed: const where a function only
reads though its header doesn't say so, and the words for bytes."""
import itertools
import re
import sys

import prototypes


def without_const(parameter, const, of_type):
    return (const and (parameter.handle or parameter.type == "char"), of_type)


def void_for_bytes(parameter, const, of_type):
    return (const, "void" if of_type == "unsigned char" else of_type)


def char_for_bytes(parameter, const, of_type):
    return (const, "char" if of_type == "unsigned char" else of_type)


def bytes_for_text(parameter, const, of_type):
    return (const, "uint8_t" if parameter.is_string() and of_type == "char" else of_type)


FREEDOMS = [without_const, void_for_bytes, char_for_bytes, bytes_for_text]


def function_type(function, freedoms):
    declared = []
    for parameter in function.parameters:
        const, of_type = parameter.const, parameter.type
        for freedom in freedoms if not parameter.by_value else []:
            const, of_type = freedom(parameter, const, of_type)
        declared.append(parameter.declared(const, of_type))
    return "%s (*)(%s)" % (function.result, ", ".join(declared) or "void")


def print_struct(tag, fields, functions):
    """A struct of the same fields, laid out by the compiler, to be compared."""
    plain = any(p.type == "struct " + tag for f in functions for p in f.parameters)
    of_header = ("struct " if plain else "") + tag
    fields = [field.strip() for field in fields.split(",")]
    print("struct fields_of_%s { %s; };" % (tag, "; ".join(fields)))
    print("_Static_assert(sizeof(%s) == sizeof(struct fields_of_%s), \"%s\");"
          % (of_header, tag, tag))
    for name in (re.search(r"(\w+)(\[[^]]*\])*$", field)[1] for field in fields):
        print("_Static_assert(offsetof(%s, %s) == offsetof(struct fields_of_%s, %s), \"%s.%s\");"
              % (of_header, name, tag, name, tag, name))


def main():
    functions, structs = prototypes.read(sys.argv[1])
    print("#define __attribute__(list) /* const, pure and deprecated make other types */")
    for header in ["stddef.h", "stdint.h"] + sys.argv[2:]:
        print("#include <%s>" % header)
    for tag, fields in structs.items():
        print_struct(tag, fields, functions)
    for function in functions:
        types = {function_type(function, freedoms): None
                 for count in range(len(FREEDOMS) + 1)
                 for freedoms in itertools.combinations(FREEDOMS, count)}
        print("_Static_assert(0", end="")
        for one in types:
            print(" ||\n    __builtin_types_compatible_p(__typeof__(&(%s)), %s)"
                  % (function.symbol, one), end="")
        print(',\n    "%s is not what the header declares");' % function.symbol)
    print("int checked = %d;" % len(functions))


main()
