"""drive.py CONFIG HEADER [PATTERN] > driver.c: calls every function of the config, but those whose
names match the pattern, with random arguments, each set three times, and prints all that a caller
can see. For libraries of numbers, arrays and structs of those (GSL, ERFA)."""
import re
import sys

import prototypes

ROOM = 8  # elements, at most, behind a pointer whose length is another argument's


def elements(parameter):
    count = 1
    for dimension in parameter.dimensions:
        count *= int(dimension) if dimension.isdigit() else ROOM
    return count


def declare(function, parameter):
    """(what makes the argument anew from the seed, the argument, what to show afterwards)"""
    name = parameter.name + "_"
    if parameter.by_value:
        make = {"double": "pick_double", "char": "pick_sign",
                "size_t": "pick_count"}.get(parameter.type, "pick_integer")
        if any(parameter.name in other.dimensions for other in function.parameters):
            make = "pick_count"
        return "%s %s = %s(\"%s\");" % (parameter.type, name, make, parameter.name), name, None
    if parameter.is_string():
        return "const char *%s = pick_word();" % name, name, None
    make = "%s %s[%d]; pick_fill(%s, sizeof %s, pick_%s);" % (
        parameter.type, name, elements(parameter), name, name,
        "integer" if parameter.type == "int" else "bytes" if "char" in parameter.type else "double")
    cast = name
    if len(parameter.dimensions) > 1:
        cast = "(%s(*)[%s])%s" % (parameter.type, parameter.dimensions[1], name)
    elif parameter.type == "unsigned char":
        cast = "(void *)" + name
    return make, cast, None if parameter.const else name


def print_function(function):
    print("static void drive_%s(unsigned number)\n{" % function.symbol)
    print("    for (unsigned time = 0; time < 3; time++) {")
    print("        pick_seed(\"%s\", number);" % function.symbol)
    arguments, shown = [], []
    for parameter in function.parameters:
        make, argument, show = declare(function, parameter)
        print("        " + make)
        arguments.append(argument)
        if show:
            shown.append(show)
    call = "%s(%s)" % (function.symbol, ", ".join(arguments))
    print("        note_begin(\"%s\", number, time);" % function.symbol)
    print("        %s;" % (call if function.result == "void"
                           else "%s result = %s" % (function.result, call)))
    print("        note_end();")
    if function.result != "void":
        print("        note(&result, sizeof result);")
    for name in shown:
        print("        note(%s, sizeof %s);" % (name, name))
    print("    }\n}\n")


def main():
    functions, _ = prototypes.read(sys.argv[1])
    if len(sys.argv) > 3:
        functions = [f for f in functions if not re.search(sys.argv[3], f.symbol)]
    print('#include "examples/note.h"\n#include "examples/pick.h"\n#include <%s>\n' % sys.argv[2])
    for function in functions:
        print_function(function)
    print("void (*const drivers[])(unsigned) = {")
    for function in functions:
        print("    drive_%s," % function.symbol)
    print("    0};")


main()
