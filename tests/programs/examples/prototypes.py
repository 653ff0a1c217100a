"""The sections of a config with their prototypes taken apart: as much of the language as
config/examples/*.conf use."""
import re


class Parameter:
    """`out const double r[3][3]` and its like."""

    def __init__(self, text):
        self.fields = re.search(r"\{([^}]*)\}", text)
        text = re.sub(r"\{[^}]*\}", "", text).strip()
        match = re.match(r"(out |inout |scratch )?(malloc )?(.*)$", text, re.S)
        self.direction = (match[1] or "").strip()
        self.gift = bool(match[2])
        text = match[3]
        self.handle = text.startswith("handle ")
        text = re.sub(r"^handle ", "", text)
        text = re.sub(r"^string\b", "const char *", text)
        text = re.sub(r"^wstring\b", "const wchar_t *", text)
        match = re.match(r"(const )?([\w ]*?\w)( ?\*?)\s*(\w+)((?:\s*\[[^]]*\])*)$", text)
        self.const = bool(match[1])
        self.type = match[2]
        self.stars = match[3].count("*")
        self.name = match[4]
        self.dimensions = re.findall(r"\[([^]]*)\]", match[5])

    @property
    def by_value(self):
        return not self.stars and not self.dimensions

    def is_string(self):
        return self.stars == 1 and self.const and self.type in ("char", "wchar_t") and not self.handle

    def declared(self, const, of_type):
        """As a header has it: an array is a pointer to what it has more than one of."""
        text = ("const " if const else "") + of_type + " " + "*" * self.stars
        if len(self.dimensions) > 1:
            return text + "(*)" + "".join("[%s]" % d for d in self.dimensions[1:])
        return text + "*" * len(self.dimensions)


class Function:
    def __init__(self, symbol, prototype):
        match = re.match(r"(.*?)(\w+)\((.*)\)$", prototype, re.S)
        assert match and match[2] == symbol, prototype
        self.symbol = symbol
        self.result = match[1].strip()
        inside = re.split(r",(?![^{]*\})", match[3])
        self.parameters = [] if inside == ["void"] else [Parameter(p.strip()) for p in inside]


def read(path):
    """Functions in the order of the file, and {name: fields} of its structs."""
    functions, structs, section, key, values = [], {}, None, None, {}

    def finish():
        if section and section.startswith("struct "):
            structs[section[7:]] = values["fields"]
        elif section:
            functions.append(Function(section, values["prototype"]))

    for line in open(path, encoding="utf-8"):
        line = re.sub(r"(^|\s+)#.*", "", line.rstrip())
        if not line:
            continue
        if line[0] == "[":
            finish()
            section, key, values = line[1:line.index("]")], None, {}
        elif line[0].isspace():
            values[key] += " " + line.strip()
        else:
            key, value = (part.strip() for part in line.split("=", 1))
            values[key] = value
    finish()
    return functions, structs
