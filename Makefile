# libmemo: `make` builds build/libmemo.so and build/memoize; `make help` lists the rest.

PREFIX ?= /usr/local
libdir = $(PREFIX)/lib/libmemo
bindir = $(PREFIX)/bin
mandir = $(PREFIX)/share/man
datadir = $(PREFIX)/share/libmemo
includedir = $(PREFIX)/include
sysconfdir ?= /etc
O ?= build

CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
MACHINE := $(shell $(CC) -dumpmachine)
CPU := $(firstword $(subst -, ,$(MACHINE)))

# Marks for what guards indirect branches and returns.
GUARD_x86_64 = -fcf-protection
GUARD_aarch64 = -mbranch-protection=standard

# `make CC=aarch64-linux-gnu-gcc O=build-aarch64 library` cross-builds. EMULATOR runs what must run
# during the build: the generator, whose tables hold the types of its own machine. A cross-compiler
# leaves /usr/include alone, rightly: it is lent the few headers there that know no CPU.
ifneq ($(CPU),$(shell uname -m))
EMULATOR ?= qemu-$(CPU) -L /usr/$(MACHINE)
LENT_HEADERS = $(addprefix $O/include/,uthash.h utlist.h xxhash.h)
LENT_FLAGS = -isystem $O/include
endif

# Hidden by default and initial-exec TLS: a preloaded object exports what shim/exports.map lists
# and pays no __tls_get_addr. -fno-builtin stays off: nothing here is named as libc names it.
COMMON_FLAGS = -std=gnu11 $(WARNINGS) -I. $(LENT_FLAGS) -MMD -MP -D_GNU_SOURCE
SHIM_FLAGS = $(COMMON_FLAGS) -Ishim -Ishim/arch/$(CPU) -fPIC -fvisibility=hidden \
             -ftls-model=initial-exec $(GUARD_$(CPU)) -fno-plt -fno-semantic-interposition \
             -fasynchronous-unwind-tables -fexceptions
SHIM_LINK = -shared -Wl,--version-script=shim/exports.map -Wl,-z,now,-z,relro,-z,nodelete,-z,defs \
            -Wl,--as-needed

CONFIG_SOURCES = $(wildcard config/*.c)
SHIM_SOURCES = $(wildcard shim/*.c shim/arch/*.c shim/rebind/*.c shim/call/*.c shim/cache/*.c shim/cost/*.c shim/report/*.c \
                          shim/arch/$(CPU)/*.c)
SHIM_ASSEMBLY = $(wildcard shim/arch/$(CPU)/*.S)
COMMAND_SOURCES = $(wildcard command/*.c)
COMMAND_LIBS = -lelf
CATALOGUE = $(sort $(wildcard config/catalogue/*.conf))

CONFIG_OBJECTS = $(CONFIG_SOURCES:%.c=$O/%.o)
SHIM_OBJECTS = $(SHIM_SOURCES:%.c=$O/%.o) $(SHIM_ASSEMBLY:%.S=$O/%.o)
COMMAND_OBJECTS = $(COMMAND_SOURCES:%.c=$O/%.o)

all: library $O/memoize

library: $O/libmemo.so

$O/libmemo.so: $(CONFIG_OBJECTS) $O/catalogue.o $(SHIM_OBJECTS) shim/exports.map
	$(CC) $(CFLAGS) $(LDFLAGS) $(SHIM_LINK) -o $@ $(filter %.o,$^)

$O/memoize: $(CONFIG_OBJECTS) $O/catalogue.o $(COMMAND_OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(COMMAND_LIBS)

# The catalogue becomes static tables: nothing of it is parsed when a program starts.
$O/generate-catalogue: $(CONFIG_OBJECTS) $O/config/generate/catalogue.o $O/config/generate/numbers.o \
		$O/config/generate/empty.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$O/catalogue.c: $O/generate-catalogue $(CATALOGUE)
	$(EMULATOR) $O/generate-catalogue $(CATALOGUE) > $@.tmp && mv $@.tmp $@

$O/catalogue.o: $O/catalogue.c
	$(CC) $(CFLAGS) $(CPPFLAGS) $(SHIM_FLAGS) -c -o $@ $<

$O/include/%.h: /usr/include/%.h
	@mkdir -p $(@D)
	cp $< $@

$(CONFIG_OBJECTS) $(SHIM_OBJECTS): | $(LENT_HEADERS)

# config/ is compiled once, as the shim needs it; the command links the same objects.
$O/config/%.o: config/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(SHIM_FLAGS) -c -o $@ $<

$O/shim/%.o: shim/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(SHIM_FLAGS) -c -o $@ $<

$O/shim/%.o: shim/%.S
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(SHIM_FLAGS) -c -o $@ $<

$O/command/%.o: command/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(COMMON_FLAGS) -DMEMO_LIBDIR='"$(libdir)"' -c -o $@ $<

# Unit tests: one program per tests/unit/*_test.c, with sanitizers. See tests/README.md.
include tests/unit/unit.mk

check: all units
	tests/run

# Benchmark: what it measures, and against what, is in bench/README.md.
include bench/bench.mk

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

install: all
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir) $(DESTDIR)$(mandir)/man1 \
	           $(DESTDIR)$(mandir)/man5 $(DESTDIR)$(mandir)/man7 $(DESTDIR)$(datadir)
	install -m 755 $O/memoize $(DESTDIR)$(bindir)/memoize
	install -m 644 $O/libmemo.so $(DESTDIR)$(libdir)/libmemo.so
	install -m 644 docs/man/*.1 $(DESTDIR)$(mandir)/man1
	install -m 644 docs/man/*.5 $(DESTDIR)$(mandir)/man5
	install -m 644 docs/man/*.7 $(DESTDIR)$(mandir)/man7
	install -d $(DESTDIR)$(includedir)
	install -m 644 shim/memo.h $(DESTDIR)$(includedir)/memo.h
	install -m 644 config/memo.conf $(DESTDIR)$(datadir)/memo.conf
	cp -R config/catalogue $(wildcard config/examples) $(DESTDIR)$(datadir)/

uninstall:
	rm -f $(DESTDIR)$(bindir)/memoize $(DESTDIR)$(mandir)/man1/memoize.1 \
	      $(DESTDIR)$(mandir)/man5/memo.conf.5 $(DESTDIR)$(mandir)/man7/libmemo.7
	rm -f $(DESTDIR)$(includedir)/memo.h
	rm -rf $(DESTDIR)$(libdir) $(DESTDIR)$(datadir)

clean:
	rm -rf $O

help:
	@echo 'make           build/libmemo.so and build/memoize'
	@echo 'make check     all tests (make units: only the unit tests)'
	@echo 'make CC=aarch64-linux-gnu-gcc O=build/aarch64 library'
	@echo '               the library for another CPU (docs/porting.md)'
	@echo 'make bench     figures: what calls cost with us, without, and with others; ROWS=... for some'
	@echo 'make install   DESTDIR= PREFIX=/usr/local; make uninstall'
	@echo 'make format    clang-format over every C file'

-include $(wildcard $O/*.d $O/config/*.d $O/config/generate/*.d $O/shim/*.d $O/shim/*/*.d \
                    $O/shim/arch/*/*.d $O/command/*.d)

.PHONY: all library check units format install uninstall clean help
.DELETE_ON_ERROR:
