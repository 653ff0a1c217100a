# Unit tests: every tests/unit/NAME_test.c is a program of its own, linked with all of config/ and
# the parts of shim/ that run outside a preloaded library, under ASan and UBSan. The sources named
# in UNITS_TSAN are built and run a second time under ThreadSanitizer.

UNIT_FLAGS = -std=gnu11 $(WARNINGS) -I. -Ishim -Ishim/arch/$(CPU) -Itests/unit -D_GNU_SOURCE \
             -DMEMO_ROOT='"$(CURDIR)"' \
             -MMD -MP -O1 -g -fno-omit-frame-pointer
ASAN_FLAGS = -fsanitize=address,undefined -fno-sanitize-recover=all
TSAN_FLAGS = -fsanitize=thread

UNIT_NAMES = $(patsubst tests/unit/%_test.c,%,$(wildcard tests/unit/*_test.c))
UNITS_TSAN = $(filter table arena lock,$(UNIT_NAMES))

UNIT_LIBRARY = $(CONFIG_SOURCES) $(wildcard shim/cache/*.c) $(wildcard shim/cost/*.c) shim/report/message.c shim/report/output.c \
               $(addprefix shim/rebind/,object.c symbol.c lookup.c protection.c) $O/catalogue.c

# The typed paths: what they need of arch/.
UNIT_PATHS = $(SHIM_ASSEMBLY:%.S=%) shim/arch/$(CPU)/front shim/arch/hashes

units: $(UNIT_NAMES:%=$O/unit/%) $(UNITS_TSAN:%=$O/unit-tsan/%)

$O/unit-objects/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) $(ASAN_FLAGS) -c -o $@ $<

$O/unit-objects/%.o: %.S
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) -c -o $@ $<

$O/unit/paths: $(UNIT_PATHS:%=$O/unit-objects/%.o)
$O/unit/veil: $(addprefix $O/unit-objects/shim/call/,veil.o lift.o)

$O/unit-tsan-objects/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(UNIT_FLAGS) $(TSAN_FLAGS) -c -o $@ $<

$O/unit/%: $O/unit-objects/tests/unit/%_test.o $(UNIT_LIBRARY:%.c=$O/unit-objects/%.o)
	@mkdir -p $(@D)
	$(CC) $(ASAN_FLAGS) -pthread -o $@ $^ -lm

$O/unit-tsan/%: $O/unit-tsan-objects/tests/unit/%_test.o $(UNIT_LIBRARY:%.c=$O/unit-tsan-objects/%.o)
	@mkdir -p $(@D)
	$(CC) $(TSAN_FLAGS) -pthread -o $@ $^ -lm

.PRECIOUS: $O/unit-objects/%.o $O/unit-tsan-objects/%.o
-include $(wildcard $O/unit-objects/*/*.d $O/unit-objects/*/*/*.d $O/unit-objects/*/*/*/*.d \
                    $O/unit-tsan-objects/*/*.d $O/unit-tsan-objects/*/*/*.d)
