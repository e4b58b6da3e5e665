# The whole build, plain and non-recursive.
#   make                 build/matxich
#   make CC=clang        the same with the other compiler (its own directory)
#   make SAN=1           with ASan and UBSan
#   make unit            the unit-test programs, one for each floor: build/…/test_FLOOR
CC      = gcc
OUT     = build
BUILD   = $(OUT)/$(notdir $(CC))$(if $(SAN),-san)
WARN    = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wvla -Wundef \
          -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wcast-qual -Wpointer-arith \
          -Wwrite-strings -Wimplicit-fallthrough -Wswitch-enum -Wnull-dereference -Werror
CFLAGS  = -std=c17 -D_GNU_SOURCE -O2 -g -fno-semantic-interposition -Isrc -Itests -I$(OUT)/gen $(WARN) \
          -fstack-protector-strong -D_FORTIFY_SOURCE=2 -pthread -isystem /usr/include/postgresql
ifdef SAN
CFLAGS := $(filter-out -O2 -D_FORTIFY_SOURCE=2,$(CFLAGS)) -O1 -fsanitize=address,undefined \
          -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
LIBS    = -lmicrohttpd -lsqlite3 -lpq -ljansson -lxlsxwriter -lzip -lexpat -lz -lsodium -licui18n -licuuc -lm

FLOORS  = base store format engine model web programme pages host
SRC    := $(shell find src -name '*.c' | sort)
MAIN    = $(BUILD)/src/host/main.o
obj     = $(patsubst %.c,$(BUILD)/%.o,$(filter $(1),$(SRC)))
LIBOBJ  = $(filter-out $(MAIN),$(SRC:%.c=$(BUILD)/%.o))

# What a test of a floor links: the floor and those below it.
BELOW_base      = src/base/%
BELOW_store     = $(BELOW_base) src/store/%
BELOW_format    = $(BELOW_base) src/format/%
BELOW_engine    = $(BELOW_base) src/engine/%
BELOW_model     = $(BELOW_store) src/format/% src/engine/% src/model/%
BELOW_web       = $(BELOW_model) src/web/%
BELOW_programme = $(BELOW_model) src/programme/%
BELOW_pages     = $(BELOW_web) src/programme/% src/pages/%
BELOW_host      = $(BELOW_pages) src/host/%

all: $(OUT)/matxich
$(OUT)/matxich: $(BUILD)/matxich
	@cp -f $< $@
$(BUILD)/matxich: $(MAIN) $(LIBOBJ)
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

define unit_program
$(BUILD)/test_$(1): $(BUILD)/tests/test.o $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/$(1)/*.c)) \
                    $(filter-out $(MAIN),$(call obj,$(BELOW_$(1))))
	$$(CC) $$(CFLAGS) -o $$@ $$^ $$(LIBS) -lcmocka
endef
$(foreach f,$(FLOORS),$(eval $(call unit_program,$(f))))
unit: $(foreach f,$(FLOORS),$(if $(wildcard tests/unit/$(f)/*.c),$(BUILD)/test_$(f)))

clean:
	rm -rf $(OUT)
.PHONY: all unit clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
