# The benchmark's programs and libraries, in $O/bench. What is not installed is left out, and
# bench/run tells of it.
BENCH = $O/bench
BENCH_PROGRAMS = $(addprefix $(BENCH)/,calibrate distinct fill hits outputs phases rates spawn threads \
                   unconfigured)
BENCH_LIBRARIES = $(addprefix $(BENCH)/lib,originals.so peers.so empty.so)
BENCH_PARTS = $(addprefix $(BENCH)/,arguments.o rounds.o stream.o)
# Loops that begin alike: where one falls within a cache line is worth as much as what is measured.
BENCH_FLAGS = $(COMMON_FLAGS) -O2 -fno-builtin -falign-functions=64 -falign-loops=64 -pthread

BENCH_PEERS = bench/peers/recipe.c bench/peers/if_memo.c
ifneq ($(wildcard /usr/include/kclangc.h),)
BENCH_PEERS += bench/peers/kyoto.c
BENCH_PEER_LIBS = -lkyotocabinet
BENCH_DEFINES = -DHAVE_KYOTO
endif
ifneq ($(wildcard /usr/include/valgrind/callgrind.h),)
BENCH_PROGRAMS += $(BENCH)/instructions
endif

$(BENCH)/%.o: bench/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(BENCH_FLAGS) $(BENCH_DEFINES) -c -o $@ $<

$(BENCH)/liboriginals.so: bench/originals.c bench/originals.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(BENCH_FLAGS) -fPIC -shared -Wl,-z,now -Wl,-soname,liboriginals.so -o $@ $< -lm

$(BENCH)/libpeers.so: $(BENCH_PEERS) $(BENCH)/liboriginals.so
	$(CC) $(CFLAGS) $(BENCH_FLAGS) -fPIC -shared -Wl,-z,now -Wl,-soname,libpeers.so -o $@ \
	    $(BENCH_PEERS) -L$(BENCH) -loriginals $(BENCH_PEER_LIBS)

$(BENCH)/libempty.so: bench/peers/empty.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(BENCH_FLAGS) -fPIC -shared -o $@ $<

# -z now: libmemo and we meet the same PLT, and no call is the one that binds.
$(BENCH_PROGRAMS): $(BENCH)/%: $(BENCH)/%.o $(BENCH_PARTS) $(BENCH_LIBRARIES)
	$(CC) $(CFLAGS) -pthread -Wl,-z,now -Wl,--as-needed -o $@ $< $(BENCH_PARTS) -L$(BENCH) -lpeers \
	    -loriginals -lm '-Wl,-rpath,$$ORIGIN'

bench-programs: $(BENCH_PROGRAMS)

# ROWS="front start" measures those alone; bench/run --list tells the names.
bench: all bench-programs
	bench/run $(ROWS)

-include $(wildcard $(BENCH)/*.d)
.PHONY: bench bench-programs
