# The whole build, plain and non-recursive.
#   make                 build/matxich
#   make CC=clang        the same with the other compiler (its own directory)
#   make SAN=1           with ASan and UBSan; clang's is also instrumented for fuzzing
#   make unit            the unit-test programs, one for each floor: build/…/test_FLOOR
#   make fuzz            the fuzz programs, one for each tests/fuzz/*.c: build/clang-san/fuzz_NAME (CC=clang SAN=1)
#   make bench           the measuring programs, one for each bench/*.c: build/…/bench_NAME
#   make V=1             showing whole commands
CC      = gcc
OUT     = build
GEN     = $(OUT)/gen
BUILD   = $(OUT)/$(notdir $(CC))$(if $(SAN),-san)
# Rows of a table leave out what they do not need, and functions named in a table take what the others take.
WARN    = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wvla -Wundef \
          -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wcast-qual -Wpointer-arith \
          -Wwrite-strings -Wimplicit-fallthrough -Wswitch-enum -Wnull-dereference -Werror \
          -Wno-missing-field-initializers -Wno-unused-parameter
CFLAGS  = -std=c17 -D_GNU_SOURCE -O2 -g -ffp-contract=off -fno-semantic-interposition -Isrc -Itests -Ibench -I$(GEN) $(WARN) \
          -fstack-protector-strong -D_FORTIFY_SOURCE=2 -pthread -isystem /usr/include/postgresql -isystem /usr/include/freetype2
ifdef SAN
# Traces want names and lines; the rest of what debuggers want costs a fifth of gcc's time.
CFLAGS := $(filter-out -O2 -g -D_FORTIFY_SOURCE=2,$(CFLAGS)) -O1 -g1 -fsanitize=address,undefined \
          -fno-sanitize-recover=undefined -fno-omit-frame-pointer
ifneq ($(filter %clang,$(CC)),)
CFLAGS += -fsanitize=fuzzer-no-link
endif
endif
LIBS    = -lmicrohttpd -lsqlite3 -lpq -ljansson -lxlsxwriter -lzip -lz -lcrypto -lsodium -loath -lcurl -lqrencode -licui18n -licuuc -lglpk -lcairo -lfreetype -lturbojpeg -lqpdf -lseccomp -lm

FLOORS  = base store format engine model web programme pages host
SRC    := $(shell find src -name '*.c' | sort)
MAIN    = $(BUILD)/src/host/main.o
obj     = $(patsubst %.c,$(BUILD)/%.o,$(filter $(1),$(filter-out src/host/main.c,$(SRC))))
LIBOBJ  = $(call obj,%) $(GEN)/embedded.o

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

run = $(if $(V),,@echo '  $(1)  $@';)

all: $(if $(filter $(OUT)/gcc,$(BUILD)),$(OUT)/matxich,$(BUILD)/matxich)
$(OUT)/matxich: $(OUT)/gcc/matxich
	@cp -f $< $@
$(BUILD)/matxich: $(MAIN) $(LIBOBJ)
	$(call run,link)$(CC) $(CFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/%.o: %.c | $(GEN)/version.h
	@mkdir -p $(@D)
	$(call run,cc  )$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# Files built into the binary.  A directory is a prerequisite too: it is newer when a file came or went.
tree = $(shell find $(1) 2>/dev/null)
$(GEN)/embedded.o: $(GEN)/embedded.S
	$(call run,as  )$(CC) -c -o $@ $<
$(GEN)/embedded.S: tools/embed $(call tree,data) $(GEN)/po/vi.mo $(GEN)/web.done $(GEN)/font/DejaVuSans.ttf
	$(call run,gen )tools/embed data=data po=$(GEN)/po web=$(GEN)/web font=$(GEN)/font >$@.new
	@mv $@.new $@
$(GEN)/po/%.mo: po/%.po
	@mkdir -p $(@D)
	$(call run,gen )msgfmt -c -o $@ $<

# The font of readers' names on drawings (src/format/mark).
$(GEN)/font/%.ttf: /usr/share/fonts/truetype/dejavu/%.ttf
	@mkdir -p $(@D)
	@cp $< $@

# Styles, scripts and fonts for browsers, bundled by web/build.mjs from web/ and npm's packages.
$(GEN)/web.done: $(call tree,web) node_modules/.package-lock.json
	@mkdir -p $(@D)
	$(call run,gen )node web/build.mjs $(GEN)/web
	@touch $@
node_modules/.package-lock.json: package-lock.json
	$(call run,npm )npm ci --loglevel=error >/dev/null
	@touch $@

# The version shown to people; the file changes only when the version does.
VERSION := $(shell cat VERSION)$(shell git describe --always --exclude '*' --dirty 2>/dev/null | sed 's/^/+/')
$(GEN)/version.h: FORCE
	@mkdir -p $(@D)
	@echo '#define VERSION "$(VERSION)"' | cmp -s - $@ || echo '#define VERSION "$(VERSION)"' >$@

# What tests and measurements hold ours against is linked where it is included.
beside = $(if $(shell grep -ls '<igraph/igraph.h>' /dev/null $(1)),-ligraph)

define unit_program
$(BUILD)/test_$(1): $(BUILD)/tests/test.o $(if $(findstring store,$(BELOW_$(1))),$(BUILD)/tests/database.o) \
                    $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/$(1)/*.c $(if $(findstring model,$(BELOW_$(1))),tests/made_up/*.c))) \
                    $(call obj,$(BELOW_$(1))) $(GEN)/embedded.o
	$$(call run,link)$$(CC) $$(CFLAGS) -o $$@ $$^ $$(LIBS) -lexpat -lcmocka $(call beside,$(wildcard tests/unit/$(1)/*.c))
endef
$(foreach f,$(FLOORS),$(eval $(call unit_program,$(f))))
unit: $(foreach f,$(FLOORS),$(if $(wildcard tests/unit/$(f)/*.c),$(BUILD)/test_$(f)))

# A fuzz or measuring program links the floors it includes, and those below them.
below = $(foreach f,$(shell sed -n 's|^\#include "\([a-z]*\)/.*|\1|p' $(1) | sort -u),$(BELOW_$(f)))
define loose_program
$(BUILD)/$(1)_$(notdir $(basename $(2))): $(BUILD)/$(2:.c=.o) $(call obj,$(call below,$(2))) $(GEN)/embedded.o
	$$(call run,link)$$(CC) $$(CFLAGS) $(3) -o $$@ $$^ $$(LIBS) $(4)
$(1): $(BUILD)/$(1)_$(notdir $(basename $(2)))
endef
$(foreach c,$(wildcard tests/fuzz/*.c),$(eval $(call loose_program,fuzz,$(c),-fsanitize=fuzzer,-lexpat)))
$(foreach c,$(wildcard bench/*.c),$(eval $(call loose_program,bench,$(c),,$(call beside,$(c)))))

clean:
	rm -rf $(OUT)
.PHONY: all unit fuzz bench clean FORCE
.SECONDARY:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
