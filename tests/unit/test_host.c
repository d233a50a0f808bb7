/* The host: errors with file and line, the sandbox, the limits, and what a failed allocation leaves behind. */
#include "check.h"
#include "clean.h"
#include "luahost.h"
#include "scratch.h"
#include <signal.h>
#include <sys/time.h>

#define LIBRARY LODE_SOURCE_DIR "/lua"

/* One host, one page at a time; what went wrong last is in err. */
typedef struct bench {
  lode_host *host;
  lode_table words;
  lode_page page;
  lode_sink sink;
  lode_err err;
  int code;
} bench;

static void bench_init(bench *self) {
  *self = (bench){0};
  lode_table_init(&self->words, 1);
  lode_page_init(&self->page, &self->words);
  lode_sink_init(&self->sink);
}

static void bench_free(bench *self) {
  lode_host_close(self->host);
  lode_sink_free(&self->sink);
  lode_page_free(&self->page);
  lode_table_free(&self->words);
}

static const char *write_script(const char *name, const char *source) {
  return scratch_write(name, source, strlen(source));
}

static int bench_load(bench *self, const lode_host_options *options) {
  self->code = lode_host_open(&self->host, options, &self->err);
  if (self->code == 0) self->code = lode_host_load(self->host, &self->err);
  return self->code;
}

static int bench_page(bench *self, const char *id, const char *text) {
  lode_page_open(&self->page, (lode_str){id, strlen(id)}, (lode_str){text, strlen(text)});
  self->code = lode_clean_repair(&self->page, &self->err);
  if (self->code == 0) self->code = lode_host_page(self->host, &self->page, &self->sink, &self->err);
  if (self->code == 0) self->code = lode_sink_keep(&self->sink, &self->err);
  else lode_sink_undo(&self->sink);
  return self->code;
}

/* Load `source` as script.lua and run its page stage over a short text. */
static int run_source(bench *self, const char *source) {
  bench_init(self);
  const lode_host_options options = {
      .script = write_script("script.lua", source), .library = LIBRARY, .memory = 16 << 20};
  if (bench_load(self, &options) == 0) bench_page(self, "one", "Ann Lee spoke. \"Go,\" she said.\n\nThe end came.");
  return self->code;
}

/* ---- errors ---- */

typedef struct wrong {
  const char *source;
  uint32_t line;
  const char *says;
} wrong;

static void check_wrong(const wrong *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bench b;
    run_source(&b, cases[i].source);
    bool held = CHECK_INT(b.code, LODE_E_SCRIPT);
    held = CHECK_INT(b.err.line, cases[i].line) && held;
    held = CHECK(strcmp(b.err.path, scratch_path("script.lua")) == 0) && held;
    held = CHECK(strstr(b.err.message, cases[i].says) != NULL) && held;
    if (!held) printf("  script: %s\n  message: %s\n", cases[i].source, b.err.message);
    CHECK_INT(b.sink.records.len, 0);
    bench_free(&b);
  }
}

#define PAGE(body) "lode.page(function(p)\n" body "\nend)"

static void test_load_errors(void) {
  static const wrong cases[] = {
      {"lode.page(function(p)\n  local = 2\nend)", 2, "name"},
      {"\n\nerror('top')", 3, "top"},
      {"lode.pgae(function() end)", 1, "did you mean \"page\"?"},
      {"lode.page(12)", 1, "takes a function"},
      {"lode.page(function() end)\nlode.page(function() end)", 2, "called before"},
      {"lode.group{ name = 'x', lable = 'y' }", 1, "did you mean \"label\"?"},
      {"lode.group{ name = 'x', key = print }", 1, "reduce must be a function"},
      {"#!/usr/bin/env lode\nlocal x = = 1", 2, "unexpected symbol"},
      {"require 'lode.out.cvs'", 1, "no such module"},
      {"lode.counter{}", 1, "string expected"},
  };
  check_wrong(cases, sizeof cases / sizeof *cases);
}

static void test_page_errors(void) {
  static const wrong cases[] = {
      {PAGE("error('x')"), 2, "x"},
      {PAGE("local a = nil + 1"), 2, "arithmetic"},
      {"local function f() error('up', 2) end\n" PAGE("f()"), 3, "up"},
      {PAGE("error{}"), 2, "a table, not a message"},
      {PAGE("prnt('x')"), 2, "did you mean \"print\"?"},
      {PAGE("coutn = 1"), 2, "local coutn"},
      {PAGE("p:emit{ text = 'x' }"), 2, "no type"},
      {PAGE("p:emit{ type = 'x', start = 1 }"), 2, "filled by lode"},
      {PAGE("p:emit{ type = 'x', span = p:span(1, 3), text = 'y' }"), 2, "span's own text"},
      {PAGE("p:emit{ type = 'x', f = print }"), 2, "field \"f\" is a function"},
      {PAGE("p:emit{ type = 'x', f = 0/0 }"), 2, "not a number"},
      {PAGE("p:emit{ type = 'x', f = { 1, a = 2 } }"), 2, "either a list or an object"},
      {PAGE("local t = {} t.t = t p:emit{ type = 'x', t = t }"), 2, "holds itself"},
      {PAGE("p:emit('x')"), 2, "takes a table"},
      {PAGE("for t in p:tokens{ kinds = 'word' } do end"), 2, "did you mean \"kind\"?"},
      {PAGE("for t in p:tokens{ kind = 'wrod' } do end"), 2, "did you mean \"word\"?"},
      {PAGE("for t in p:tokens{ zone = 'bdoy' } do end"), 2, "zone"},
      {PAGE("local x = p.txet"), 2, "did you mean \"text\"?"},
      {PAGE("local x = p:span(1, 3).txt"), 2, "did you mean \"text\"?"},
      {PAGE("p:span(1, 100000)"), 2, "not inside"},
      {PAGE("p.x = 1"), 2, "cannot be changed"},
      {"local c = lode.counter()\n" PAGE("print(c.total)"), 3, "lode.done only"},
      {"local c = lode.counter()\n" PAGE("c:add('x', { once_per = 'cluster' })"), 3, "once_per"},
      {PAGE("lode.counter()"), 2, "top of the script"},
      {PAGE("for i = 1, 1e9 do print(('x'):rep(1000)) end"), 2, "1 MB"},
      {PAGE("while true do p:emit{ type = 'x', y = ('x'):rep(10000) } end"), 2, "records from one page"},
  };
  check_wrong(cases, sizeof cases / sizeof *cases);
}

static void test_unreadable_script(void) {
  bench b;
  bench_init(&b);
  const lode_host_options options = {.script = scratch_path("none.lua"), .library = LIBRARY};
  CHECK_INT(bench_load(&b, &options), LODE_E_SCRIPT);
  CHECK(strstr(b.err.message, "none.lua") != NULL || strstr(b.err.path, "none.lua") != NULL);
  bench_free(&b);
}

/* ---- the sandbox: each line must fail, at load or on a page ---- */

static void test_sandbox_escapes(void) {
  static const char *const escapes[] = {
      "io.open('/etc/passwd')",
      "os.execute('true')",
      "os.exit(0)",
      "os.getenv('HOME')",
      "os.remove('x')",
      "os.rename('a', 'b')",
      "os.tmpname()",
      "os.time()",
      "os.date('%Y')",
      "os.clock()",
      "os.setlocale('C')",
      "debug.getregistry()",
      "debug.sethook()",
      "package.loadlib('x', 'y')",
      "package.path = ''",
      "dofile('/etc/passwd')",
      "loadfile('/etc/passwd')",
      "collectgarbage('stop')",
      "string.dump(print)",
      "('').dump(print)",
      "assert(load('\\27Lua'))",
      "assert(load('x', 'x', 'b'))",
      "string.rep = nil",
      "rawset(string, 'rep', 1)",
      "rawset(lode, 'page', 1)",
      "getmetatable('').__index = {}",
      "setmetatable(string, {})",
      "setmetatable(_G, {})",
      "lode.fold = nil",
      "lpeg.P = nil",
      "math.random = nil",
      "setmetatable({}, { __gc = function() end })",
      "math.randomseed()",
      "require '/etc/passwd'",
      "require '../escape'",
      "require 'a/b'",
      "require '..'",
      "require 'link'",
      "require 'io'",
      "require 'debug'",
      "require 'package'",
      "require 'os'.execute('true')",
      "lode.read('/etc/passwd')",
      "lode.read('../escape.lua')",
      "lode.read('sub/../../escape.lua')",
      "lode.read('link.lua')",
      "lode.read('linked/passwd')",
      "lode.read('none')",
      "lode.read('a\\0b')",
  };
  scratch_write("escape.lua", "return 1", 8);
  char folder[500], path[600], other[700];
  snprintf(folder, sizeof folder, "%s", scratch_path("jail"));
  CHECK(mkdir(folder, 0700) == 0);
  snprintf(path, sizeof path, "%s/script.lua", folder);
  snprintf(other, sizeof other, "%s/link.lua", folder);
  CHECK(symlink("../escape.lua", other) == 0);
  snprintf(other, sizeof other, "%s/linked", folder);
  CHECK(symlink("/etc", other) == 0);
  for (size_t i = 0; i < 2 * sizeof escapes / sizeof *escapes; i++) {
    char source[500];
    const char *escape = escapes[i / 2];
    /* A name that is not there raises as well: so each line is tried on its own. */
    snprintf(source, sizeof source,
             i % 2 ? "lode.page(function(p)\n%s\nprint 'ESCAPED'\nend)"
                   : "\n%s\nprint 'ESCAPED'\nlode.page(function() end)",
             escape);
    FILE *file = fopen(path, "w");
    fputs(source, file);
    fclose(file);
    bench b;
    bench_init(&b);
    const lode_host_options options = {.script = path, .library = LIBRARY, .memory = 16 << 20};
    if (bench_load(&b, &options) == 0) bench_page(&b, "one", "text");
    bool held = CHECK_INT(b.code, LODE_E_SCRIPT);
    held = CHECK_INT(b.err.line, 2) && held;
    if (!held) printf("  escape: %s\n  message: %s\n", escape, b.err.message);
    bench_free(&b);
  }
}

static void test_what_the_sandbox_has(void) {
  bench b;
  CHECK_OK(run_source(&b,
                      "helper = 1\nfunction twice(x) return 2 * x end\n"
                      "local m = require 'lode._cells'\nlocal l = require 'lode'\nassert(l == lode and require 'lpeg' "
                      "== lpeg)\n" PAGE(
                          "assert(twice(helper) == 2)\nassert(load('return 1 + 1')() == 2)\n"
                          "assert(load('return x', 'n', 't', { x = 5 })() == 5)\n"
                          "assert(os.time{ year = 1970, month = 1, day = 2, hour = 0 } == 86400)\n"
                          "assert(os.date('%Y-%m-%d %H:%M', 86400) == '1970-01-02 00:00')\n"
                          "assert(('%d'):format(3) == '3')\n"
                          "local keys = {} for k in pairs{ b = 1, a = 2, [2] = 3, [1.5] = 4, [true] = 5 } do "
                          "keys[#keys + 1] = tostring(k) end\n"
                          "assert(table.concat(keys, ' ') == '1.5 2 a b true', table.concat(keys, ' '))\n"
                          "assert(coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b end)(1) == 2)\n"
                          "p:emit{ type = 'done' }")),
           &b.err);
  CHECK_STR(b.sink.records.ptr, b.sink.records.len, "{\"type\":\"done\",\"page\":\"one\"}\n");
  bench_free(&b);
}

static void test_trust_opens(void) {
  bench b;
  bench_init(&b);
  const lode_host_options options = {
      .script = write_script("script.lua", PAGE("assert(io.open and os.clock() and debug.getinfo(1))")),
      .library = LIBRARY,
      .trust = true};
  CHECK_OK(bench_load(&b, &options), &b.err);
  CHECK_OK(bench_page(&b, "one", "text"), &b.err);
  bench_free(&b);
}

static void test_state_is_warned_of(void) {
  bench b;
  CHECK_OK(run_source(&b, "local seen = {}\nlocal full = { 1 }\nlocal function add(x) seen[x] = full[1] end\n" PAGE(
                              "add(p.id)")),
           &b.err);
  lode_str warnings = lode_host_warnings(b.host);
  char want[600];
  snprintf(want, sizeof want, "%s:3: warning: the page stage keeps the empty table \"seen\"",
           scratch_path("script.lua"));
  CHECK(warnings.len > strlen(want) && strncmp(warnings.ptr, want, strlen(want)) == 0);
  CHECK(memchr(warnings.ptr, '\n', warnings.len) == warnings.ptr + warnings.len - 1);
  bench_free(&b);
  CHECK_OK(run_source(&b, PAGE("local seen = {} seen[1] = 1")), &b.err);
  CHECK_INT(lode_host_warnings(b.host).len, 0);
  bench_free(&b);
}

/* A local of the script that a stage assigns has the value of the load again on every page, and in done. */
static void test_locals_start_anew(void) {
  static const char source[] = "local n, name, page = 0\n"
                               "local function bump() n = n + 1 end\n"
                               "local function id() return page.id end\n"
                               "lode.page(function(p)\n"
                               "page = p\n"
                               "bump() bump()\n"
                               "local function inner() name = name or p.id end\n"
                               "inner()\n"
                               "print(n, name, id())\n"
                               "if p.id == 'bad' then error 'x' end\n"
                               "end)\n"
                               "lode.done(function() print(n, name, page) end)";
  bench b;
  CHECK_OK(run_source(&b, source), &b.err);
  CHECK_INT(bench_page(&b, "bad", "text"), LODE_E_SCRIPT);
  CHECK_OK(bench_page(&b, "two", "text"), &b.err);
  const lode_totals totals = {.pages_in = 2};
  CHECK_OK(lode_host_done(b.host, &totals, &b.sink, &b.err), &b.err);
  CHECK_STR(b.sink.printed.ptr, b.sink.printed.len, "2\tone\tone\n2\ttwo\ttwo\n0\tnil\tnil\n");
  const char *path = scratch_path("script.lua");
  char want[2000];
  static const char says[] = "is changed by the page stage but starts anew for each page: to count over pages use "
                             "lode.counter, to collect lode.group\n";
  snprintf(want, sizeof want, "%s:7: warning: local \"name\" %s%s:2: warning: local \"n\" %s", path, says, path, says);
  lode_str warnings = lode_host_warnings(b.host); /* none of `page`, which the stage sets first */
  CHECK_STR(warnings.ptr, warnings.len, want);
  bench_free(&b);
}

/* The line of an assignment far down, behind functions, constants and lines of all kinds. */
static void test_line_of_a_changed_local(void) {
  lode_buf source = {0};
  lode_buf_printf(&source, NULL, "local n = 0\nlode.page(function(p)\nlocal t, f = {}, 1.5\n");
  for (int i = 0; i < 500; i++)
    lode_buf_printf(&source, NULL, "t[%d] = function(x) return { x, 'a%d', %d, true, nil } end\n", i, i, i << 20);
  for (int i = 0; i < 300; i++) lode_buf_printf(&source, NULL, "\n");
  lode_buf_printf(&source, NULL, "n = n + #t\nend)%c", 0);
  bench b;
  CHECK_OK(run_source(&b, source.ptr), &b.err);
  char want[600];
  snprintf(want, sizeof want, "%s:804: warning: local \"n\"", scratch_path("script.lua"));
  lode_str warnings = lode_host_warnings(b.host);
  CHECK(warnings.len > strlen(want) && strncmp(warnings.ptr, want, strlen(want)) == 0);
  lode_buf_free(&source);
  bench_free(&b);
}

static void test_arguments_that_nothing_reads(void) {
  static const struct {
    const char *source, *says;
  } cases[] = {
      {"lode.page(function() end)", "--arg top: the script never reads lode.args.top (it reads none)\n"},
      {"local n = lode.args.n\nlode.page(function() return lode.args['m'] end)",
       "--arg top: the script never reads lode.args.top (it reads: n, m)\n"},
      {"local args = lode.args\nlode.page(function() return args.to end)",
       "--arg top: the script never reads lode.args.top (it reads: to)\n"},
      {"require 'argued'\nlode.page(function() end)",
       "--arg top: the script never reads lode.args.top (it reads: x)\n"},
      {"lode.page(function() return lode.args.top end)", ""},
      {"lode.page(function() return lode.args [ \"top\" ] end)", ""},
      {"lode.page(function() return lode.args['top'] end)", ""},
      {"lode.page(function(p) for k, v in pairs(lode.args) do print(k) end end)", ""},
      {"lode.page(function(p) return lode.args[p.id] end)", ""},
      {"lode.page(function(p) return lode.args['to' .. 'p'] end)", ""},
      {"local given = lode.args\nlode.page(function(p) return given.top end)", ""},
      {"local function f(args) return args.x end\nlode.page(function(p) return f(lode.args) end)", ""},
  };
  scratch_write("argued.lua", "return lode.args.x", 18);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bench b;
    bench_init(&b);
    const char *args[] = {"top=5", NULL};
    const lode_host_options options = {
        .script = write_script("script.lua", cases[i].source), .library = LIBRARY, .args = args};
    CHECK_OK(bench_load(&b, &options), &b.err);
    lode_str warnings = lode_host_warnings(b.host);
    if (!CHECK_STR(warnings.ptr, warnings.len, cases[i].says)) printf("  script: %s\n", cases[i].source);
    bench_free(&b);
  }
}

static void test_random_follows_the_page(void) {
  bench b;
  const char *source = PAGE("print(math.random(1 << 30), math.random(1 << 30))");
  CHECK_OK(run_source(&b, source), &b.err);
  CHECK_OK(bench_page(&b, "two", "x"), &b.err);
  CHECK_OK(bench_page(&b, "one", "x"), &b.err);
  const char *first = b.sink.printed.ptr;
  const char *second = (const char *)memchr(first, '\n', b.sink.printed.len) + 1;
  const char *third = (const char *)memchr(second, '\n', 40) + 1;
  CHECK(strncmp(first, second, 8) != 0);
  CHECK_BYTES(third, (size_t)(b.sink.printed.ptr + b.sink.printed.len - third), first, (size_t)(second - first));
  bench_free(&b);
}

/* ---- limits ---- */

static void test_memory_names_the_line(void) {
  static const struct {
    const char *source;
    uint32_t line;
  } cases[] = {
      {PAGE("local t = {}\nwhile true do\nt[#t + 1] = ('x'):rep(1000) .. #t\nend"), 4},
      {PAGE("local s = ('x'):rep(1 << 30)"), 2},
      {"local t = {}\nfor i = 1, 1e9 do t[i] = { i } end", 2},
      {PAGE("\ncoroutine.wrap(function()\nlocal t = {} for i = 1, 1e9 do t[i] = { i } end end)()"), 4},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bench b;
    run_source(&b, cases[i].source);
    CHECK_INT(b.code, LODE_E_LIMIT);
    CHECK_INT(b.err.line, cases[i].line);
    if (b.code != LODE_E_LIMIT) printf("case %zu: %s:%u: %s\n", i, b.err.path, b.err.line, b.err.message);
    CHECK(strstr(b.err.message, "not enough memory") != NULL);
    CHECK(strcmp(b.err.path, scratch_path("script.lua")) == 0);
    bench_free(&b);
  }
}

static void test_memory_comes_back(void) {
  bench b;
  CHECK_INT(
      run_source(&b, PAGE("if p.id == 'one' then local t = {} for i = 1, 1e9 do t[i] = { i } end end\nprint(p.id)")),
      LODE_E_LIMIT);
  CHECK_OK(bench_page(&b, "two", "text"), &b.err);
  CHECK_STR(b.sink.printed.ptr, b.sink.printed.len, "two\n");
  bench_free(&b);
}

static volatile sig_atomic_t alarms;
static lode_host *alarmed;
static char alarmed_at[600];

static void on_alarm(int number) {
  (void)number;
  alarms++;
  char where[sizeof alarmed_at];
  lode_host_where(alarmed, where, sizeof where);
  if (where[0] != '\0') memcpy(alarmed_at, where, sizeof where);
  lode_host_interrupt(alarmed);
}

/* Again and again until it is set to 0: on a loaded machine the first may come before the script runs. */
static void set_alarm(int ms) {
  const struct itimerval timer = {.it_value = {.tv_usec = ms * 1000}, .it_interval = {.tv_usec = ms * 1000}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void test_interrupt_ends_every_loop(void) {
  static const char *const loops[] = {
      "while true do end",
      "while true do pcall(function() while true do end end) end",
      "local function f() pcall(f) return f() end f()",
      "while true do xpcall(error, function() while true do end end) end",
      "local co = coroutine.wrap(function() while true do end end) co()",
      "local inner = coroutine.create(function() while true do end end)\n"
      "local co = coroutine.wrap(function() while true do coroutine.resume(inner) end end)\nwhile true do pcall(co) "
      "end",
      "while true do local co = coroutine.wrap(function() coroutine.yield() end) co() co() end",
      "while true do local x <close> = setmetatable({}, { __close = function() while true do end end }) end",
      "local t = setmetatable({}, { __index = function(t, k) while true do end end }) return t.x",
      "table.sort({ 3, 2, 1, 5, 4 }, function(a, b) while true do end end)",
      "return (('x'):rep(100):gsub('x', function() while true do end end))",
      "local co co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() while true "
      "do end end }) coroutine.yield() end)\n"
      "coroutine.resume(co) while true do coroutine.close(co) end",
  };
  struct sigaction action = {0};
  action.sa_handler = on_alarm;
  sigaction(SIGALRM, &action, NULL);
  for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
    char source[1000];
    snprintf(source, sizeof source, "lode.page(function(p)\nif p.id == 'fine' then print 'fine' return end\n%s\nend)",
             loops[i]);
    bench b;
    bench_init(&b);
    const lode_host_options options = {
        .script = write_script("script.lua", source), .library = LIBRARY, .memory = 16 << 20};
    if (!CHECK_OK(bench_load(&b, &options), &b.err)) continue;
    alarmed = b.host;
    set_alarm(20);
    bool held = CHECK_INT(bench_page(&b, "slow", "text"), LODE_E_TIMEOUT);
    set_alarm(0);
    held = CHECK(b.err.line >= 3) && held;
    if (!held) printf("  loop: %s: line %u: %s\n", loops[i], b.err.line, b.err.message);
    CHECK_OK(bench_page(&b, "fine", "text"), &b.err);
    CHECK_STR(b.sink.printed.ptr, b.sink.printed.len, "fine\n");
    bench_free(&b);
  }
  CHECK((size_t)alarms >= sizeof loops / sizeof *loops);
}

/* No hook fires inside string.find: the line must be known all the same. */
static void test_where_inside_c(void) {
  bench b;
  bench_init(&b);
  const lode_host_options options = {
      .script = write_script("script.lua", PAGE("local x = 1\n('a'):rep(400):find('.-.-.-b')")), .library = LIBRARY};
  CHECK_OK(bench_load(&b, &options), &b.err);
  alarmed = b.host;
  set_alarm(5);
  bench_page(&b, "slow", "text");
  set_alarm(0);
  char want[600];
  snprintf(want, sizeof want, "%s:3", scratch_path("script.lua"));
  CHECK_STR(alarmed_at, strlen(alarmed_at), want);
  lode_host_where(b.host, alarmed_at, sizeof alarmed_at);
  CHECK_STR(alarmed_at, strlen(alarmed_at), "");
  bench_free(&b);
}

/* ---- an allocation that fails ---- */

/* Lets `left` more allocations through, then refuses all (or one). */
typedef struct refusal {
  lode_host *host;
  long left;
  bool once;
} refusal;

static void *refuse(void *ud, void *block, size_t old_size, size_t new_size) {
  refusal *self = ud;
  bool grows = new_size > 0 && (block == NULL || new_size > old_size);
  if (grows && self->left-- <= 0) {
    if (self->once && self->left < -1) return lode__allocate(self->host, block, old_size, new_size);
    if (block == NULL || new_size > old_size) return NULL;
  }
  return lode__allocate(self->host, block, old_size, new_size);
}

static const char sweep_script[] =
    "local word = lpeg.C(lpeg.R('az', 'AZ') ^ 1)\nlocal c = lode.counter('n')\n"
    "lode.group{ name = 'g', label = 'a', key = function(r) return r.name end, reduce = function(k, rs) return rs end "
    "}\n"
    "lode.page(function(p)\n"
    "  for s, w in p:find(word) do p:emit{ type = 'a', span = s, name = lode.upper(w), list = { 1, s, { x = lode.null "
    "} } } end\n"
    "  for t in p:tokens{ kind = 'word', stop = false } do c:add(t.fold) end\n"
    "  for s in p:sentences() do print(#s.tokens, s.line, s.paragraph.text) end\n"
    "  local x = coroutine.wrap(function() return lode.json.decode(lode.json.encode{ a = { 1, 2, 'ü' }, b = {} }) "
    "end)()\n"
    "  pcall(error, { 'caught' })\n"
    "  for k, v in pairs{ b = 1, a = 2 } do print(k, v, lode.squeeze(' a  b '), lode.tokens('It works.')[1].fold) end\n"
    "end)\n";

static bool sweep_once(long left, bool once, bool at_load) {
  bench b;
  bench_init(&b);
  const lode_host_options options = {.script = write_script("script.lua", sweep_script), .library = LIBRARY};
  refusal r = {NULL, left, once};
  b.code = lode_host_open(&b.host, &options, &b.err);
  if (!CHECK_OK(b.code, &b.err)) return true;
  r.host = b.host;
  if (at_load) lua_setallocf(b.host->L, refuse, &r);
  b.code = lode_host_load(b.host, &b.err);
  if (!at_load) {
    CHECK_OK(b.code, &b.err);
    lua_setallocf(b.host->L, refuse, &r);
    bench_page(&b, "one", "Ann Lee spoke. She said so.\n\nThe end.");
  }
  bool whole = b.code == 0 && r.left >= 0;
  if (b.code != 0) CHECK_INT(b.code, LODE_E_NOMEM);
  lua_setallocf(b.host->L, lode__allocate, b.host);
  if (!at_load && b.code != 0) { /* the host is as good as new */
    CHECK_OK(bench_page(&b, "two", "Ann Lee spoke. She said so.\n\nThe end."), &b.err);
    CHECK_INT(b.sink.record_count, 8);
  }
  bench_free(&b);
  return whole;
}

static void test_allocation_sweep(void) {
  for (int mode = 0; mode < 4; mode++) {
    long left = 0, step = 1;
    while (!sweep_once(left, mode % 2 == 0, mode / 2 == 0)) {
      left += step;
      if (left > 150) step = 7; /* the first ones all, then a sample: each run costs a load */
      if (!CHECK(left < 100000)) break;
    }
    CHECK(left > 20);
  }
}

/* Opening under ever higher limits: refused with LIMIT until it fits, never a crash. */
static void test_open_under_a_limit(void) {
  size_t limit = 1000;
  for (;; limit += 1500) {
    lode_host *host;
    lode_err err;
    const lode_host_options options = {.library = LIBRARY, .memory = limit};
    int code = lode_host_open(&host, &options, &err);
    lode_host_close(host);
    if (code == 0) break;
    CHECK(code == LODE_E_LIMIT || code == LODE_E_NOMEM);
    if (!CHECK(limit < 1 << 20)) return;
  }
  CHECK(limit > 10000);
}

/* ---- stages and formats ---- */

typedef struct list {
  const char *const *items;
} list;

static bool next_item(void *ud, lode_str *record) {
  list *self = ud;
  if (*self->items == NULL) return false;
  *record = (lode_str){*self->items, strlen(*self->items)};
  self->items++;
  return true;
}

static void test_group_and_done(void) {
  static const char source[] = "local c = lode.counter('words')\nlocal d = lode.counter()\n"
                               "lode.group{ name = 'by', label = 'x', key = function(r) return r.who end,\n"
                               "  reduce = function(key, records) return { type = 'sum', who = key, n = #records, page "
                               "= records[1].page } end }\n"
                               "lode.page(function(p) p:emit{ type = 'x', who = 'Ann' } p:emit{ type = 'y', who = "
                               "'Ann' } p:emit{ type = 'x' } end)\n"
                               "lode.done(function(run)\n"
                               "  for k, n in c:top(2) do run:emit{ type = 'top', key = k, n = n } end\n"
                               "  local keys = {} for k, n in c:pairs() do keys[#keys + 1] = k end\n"
                               "  run:emit{ type = 'all', keys = keys, size = #c, total = c.total, b = c:get 'b', z = "
                               "c:get 'z', pages = run.pages, none = #d }\n"
                               "end)\n";
  bench b;
  CHECK_OK(run_source(&b, source), &b.err);
  CHECK_INT(lode_host_counter_count(b.host), 2);
  CHECK(strcmp(lode_host_counter_name(b.host, 0), "words") == 0);
  CHECK_INT(lode_host_group_count(b.host), 1);
  CHECK(strcmp(lode_host_group_name(b.host, 0), "by") == 0);
  lode_reader reader = lode_reader_of(b.sink.groups.ptr, b.sink.groups.len);
  CHECK_INT(lode_read_u32(&reader), 0);
  lode_str key = lode_read_str(&reader), record = lode_read_str(&reader);
  CHECK_STR(key.ptr, key.len, "Ann");
  CHECK_STR(record.ptr, record.len, "{\"type\":\"x\",\"page\":\"one\",\"who\":\"Ann\"}");
  CHECK(!reader.bad && reader.ptr == reader.end); /* the record without a key is in no group */

  lode_sink_clear(&b.sink);
  const char *const records[] = {"{\"type\":\"x\",\"page\":\"p1\"}", "{\"type\":\"x\",\"page\":\"p2\"}", NULL};
  list items = {records};
  CHECK_OK(lode_host_reduce(b.host, 0, (lode_str){"Ann", 3}, next_item, &items, &b.sink, &b.err), &b.err);
  CHECK_STR(b.sink.records.ptr, b.sink.records.len, "{\"type\":\"sum\",\"page\":\"p1\",\"n\":2,\"who\":\"Ann\"}\n");

  lode_sink_clear(&b.sink);
  lode_buf counts = {0};
  static const struct {
    const char *key;
    uint64_t n;
  } entries[] = {{"a", 5}, {"b", 7}, {"c", 5}, {"d", 1}};
  for (size_t i = 0; i < 4; i++) {
    char full[3] = {0, 0, entries[i].key[0]};
    CHECK_OK(lode_buf_str(&counts, (lode_str){full, 3}, &b.err), &b.err);
    CHECK_OK(lode_buf_u64(&counts, entries[i].n, &b.err), &b.err);
  }
  const lode_totals totals = {.pages_in = 3, .counts = {counts.ptr, counts.len}};
  CHECK_OK(lode_host_done(b.host, &totals, &b.sink, &b.err), &b.err);
  CHECK_STR(b.sink.records.ptr, b.sink.records.len,
            "{\"type\":\"top\",\"key\":\"b\",\"n\":7}\n{\"type\":\"top\",\"key\":\"a\",\"n\":5}\n"
            "{\"type\":\"all\",\"b\":7,\"keys\":[\"a\",\"b\",\"c\",\"d\"],\"none\":0,\"pages\":3,\"size\":4,\"total\":"
            "18,\"z\":0}\n");
  lode_buf_free(&counts);
  bench_free(&b);
}

/* top and get over many keys, against a plain sort. */
static int by_count(const void *left, const void *right) {
  const uint64_t *a = left, *b = right; /* count << 32 | ~number: larger counts first, then smaller numbers */
  return (*a < *b) - (*a > *b);
}

static void test_many_counts(void) {
  enum { KEYS = 5000, TOP = 700 };
  static uint64_t order[KEYS];
  bench b;
  lode_buf counts = {0};
  CHECK_OK(run_source(&b, "local c = lode.counter()\nlode.page(function() end)\n"
                          "lode.done(function(run)\nfor k, n in c:top(700) do print(k, n, c:get(k)) end\nend)"),
           &b.err);
  for (uint32_t i = 0; i < KEYS; i++) {
    char key[16];
    uint64_t n = check_below(500);
    int len = snprintf(key, sizeof key, "%c%ck%07u", 0, 0, i);
    CHECK_OK(lode_buf_str(&counts, (lode_str){key, (size_t)len}, &b.err), &b.err);
    CHECK_OK(lode_buf_u64(&counts, n, &b.err), &b.err);
    order[i] = n << 32 | (UINT32_MAX - i);
  }
  qsort(order, KEYS, sizeof *order, by_count);
  const lode_totals totals = {.counts = {counts.ptr, counts.len}};
  b.sink.printed.len = 0;
  CHECK_OK(lode_host_done(b.host, &totals, &b.sink, &b.err), &b.err);
  lode_buf want = {0};
  for (size_t i = 0; i < TOP; i++) {
    uint64_t n = order[i] >> 32;
    lode_buf_printf(&want, NULL, "k%07u\t%d\t%d\n", UINT32_MAX - (uint32_t)order[i], (int)n, (int)n);
  }
  CHECK_BYTES(b.sink.printed.ptr, b.sink.printed.len, want.ptr, want.len);
  lode_buf_free(&want);
  lode_buf_free(&counts);
  bench_free(&b);
}

static void test_labels(void) {
  bench b;
  bench_init(&b);
  const char *path = write_script(
      "script.lua", "lode.output{ 'b' }\nlode.page(function(p) p:emit{ type = 'a' } p:emit{ type = 'b' } end)");
  lode_host_options options = {.script = path, .library = LIBRARY};
  CHECK_OK(bench_load(&b, &options), &b.err);
  CHECK_OK(bench_page(&b, "1", "x"), &b.err);
  CHECK_STR(b.sink.records.ptr, b.sink.records.len, "{\"type\":\"b\",\"page\":\"1\"}\n");
  bench_free(&b);
  bench_init(&b);
  options.labels = "c,a"; /* the command line wins */
  CHECK_OK(bench_load(&b, &options), &b.err);
  CHECK_OK(bench_page(&b, "1", "x"), &b.err);
  CHECK_STR(b.sink.records.ptr, b.sink.records.len, "{\"type\":\"a\",\"page\":\"1\"}\n");
  bench_free(&b);
}

static void test_group_errors(void) {
  static const struct {
    const char *source, *says;
    uint32_t line;
  } cases[] = {
      {"reduce = function(key, records)\nreturn records.a.b end", "group \"g\", key \"Ann\": attempt to index", 3},
      {"reduce = function(key, records)\nreturn { who = key } end", "key \"Ann\": emit: the record has no type", 2},
      {"reduce = function(key, records)\nreturn { { who = key } } end", "key \"Ann\": emit: the record has no type", 2},
      {"reduce = function(key, records)\nreturn 5 end", "key \"Ann\": reduce must give a record", 2},
      {"reduce = function(key, records, run)\nrun:emit{ who = key } end", "key \"Ann\": emit: the record has no type",
       3},
  };
  static const char *const records[] = {"{\"type\":\"x\"}", NULL};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char source[500];
    bench b;
    list items = {records};
    snprintf(source, sizeof source, "lode.group{ name = 'g', key = function(r) return r.who end,\n%s }",
             cases[i].source);
    CHECK_OK(run_source(&b, source), &b.err);
    CHECK_INT(lode_host_reduce(b.host, 0, LODE_STR("Ann"), next_item, &items, &b.sink, &b.err), LODE_E_SCRIPT);
    bool held = CHECK_INT(b.err.line, cases[i].line);
    held = CHECK(strstr(b.err.message, cases[i].says) != NULL) && held;
    if (!held) printf("  %s\n  %s\n", source, b.err.message);
    CHECK(strcmp(b.err.path, scratch_path("script.lua")) == 0);
    bench_free(&b);
  }
  bench b; /* an empty list is no record */
  list items = {records};
  CHECK_OK(run_source(&b, "lode.group{ name = 'g', key = print, reduce = function() return {} end }"), &b.err);
  CHECK_OK(lode_host_reduce(b.host, 0, LODE_STR("Ann"), next_item, &items, &b.sink, &b.err), &b.err);
  CHECK_INT(b.sink.records.len, 0);
  bench_free(&b);
}

static void test_key_errors(void) {
  static const wrong cases[] = {
      {"lode.group{ name = 'g', reduce = print, key = function(r)\nreturn r.x.y end }\n" PAGE("p:emit{ type = 'a' }"),
       2, "group \"g\": its key function: attempt to index"},
      {"lode.group{ name = 'g', reduce = print, key = function(r)\nreturn {} end }\n" PAGE("p:emit{ type = 'a' }"), 4,
       "group \"g\": key must give"},
      {"lode.group{ name = 'g', reduce = print, key = function(r)\nreturn r.x.y end }\n" PAGE(
           "pcall(p.emit, p, { type = 'a' }) error 'of the page'"),
       4, "of the page"},
  };
  check_wrong(cases, sizeof cases / sizeof *cases);
  bench b;
  run_source(&b, cases[2].source);
  CHECK(strstr(b.err.message, "group") == NULL);
  bench_free(&b);
}

static void check_noted(const char *format, const char *fields, const char *const *records, const char *want,
                        const char *noted) {
  bench b;
  bench_init(&b);
  lode_buf out = {0};
  const lode_totals totals = {.pages_in = 2, .records = 1};
  const lode_host_options options = {.library = LIBRARY, .format = format, .fields = fields};
  if (CHECK_OK(bench_load(&b, &options), &b.err)) {
    CHECK_OK(lode_host_head(b.host, &totals, &out, &b.err), &b.err);
    for (; *records != NULL; records++) {
      CHECK_OK(lode_host_row(b.host, (lode_str){*records, strlen(*records)}, &out, &b.err), &b.err);
    }
    CHECK_OK(lode_host_foot(b.host, &totals, &out, &b.err), &b.err);
    CHECK_STR(out.len == 0 ? "" : out.ptr, out.len, want);
    if (noted != NULL) CHECK_STR(lode_host_notes(b.host).ptr, lode_host_notes(b.host).len, noted);
  }
  lode_buf_free(&out);
  bench_free(&b);
}

static void check_format(const char *format, const char *fields, const char *const *records, const char *want) {
  check_noted(format, fields, records, want, NULL);
}

/* What a table leaves out is said. */
static void test_format_notes(void) {
  static const char *const none[] = {NULL};
  static const char *const two[] = {"{\"type\":\"a\",\"x\":1}", "{\"type\":\"b\",\"times\":2,\"count\":null}", NULL};
  static const char *const one[] = {"{\"type\":\"a\"}", "{\"type\":\"b\",\"times\":2}", NULL};
  check_noted("csv", NULL, two, "type,x\r\na,1\r\nb,\r\n",
              "csv: fields count, times have no column: name them with --fields or lode.columns\n");
  check_noted("tsv", NULL, one, "type\na\nb\n",
              "tsv: field times has no column: name it with --fields or lode.columns\n");
  check_noted("markdown", "x,tmes,count", two, "| x | tmes | count |\n| --- | --- | --- |\n| 1 |  |  |\n|  |  |  |\n",
              "markdown: column \"tmes\" was empty in every record (fields seen: count, times, type, x)\n");
  check_noted("csv", "type", two, "type\r\na\r\nb\r\n", ""); /* who chose columns chose to leave the others out */
  check_noted("csv", "typo", none, "typo\r\n", "");
  check_noted("json", NULL, none, "[]\n", "");
}

static void test_formats(void) {
  static const char *const none[] = {NULL};
  static const char *const two[] = {
      "{\"type\":\"a\",\"x\":\"=1+1\",\"l\":[1,\"b|c\",null],\"n\":-5.5}\n",
      "{\"type\":\"b\",\"x\":\"say \\\"hi\\\",\\r\\nthen <b>\",\"o\":{\"k\":1},\"n\":null}", NULL};
  check_format(NULL, NULL, two,
               "{\"type\":\"a\",\"x\":\"=1+1\",\"l\":[1,\"b|c\",null],\"n\":-5.5}\n"
               "{\"type\":\"b\",\"x\":\"say \\\"hi\\\",\\r\\nthen <b>\",\"o\":{\"k\":1},\"n\":null}\n");
  check_format("jsonl", NULL, none, "");
  check_format("json", NULL, none, "[]\n");
  check_format("json", NULL, two,
               "[\n{\"type\":\"a\",\"x\":\"=1+1\",\"l\":[1,\"b|c\",null],\"n\":-5.5},\n"
               "{\"type\":\"b\",\"x\":\"say \\\"hi\\\",\\r\\nthen <b>\",\"o\":{\"k\":1},\"n\":null}\n]\n");
  check_format("csv", NULL, none, "");
  check_format("csv", "a,b", none, "a,b\r\n");
  check_format("csv", NULL, two, "type,x,l,n\r\na,'=1+1,\"1; b|c; \",-5.5\r\nb,\"say \"\"hi\"\",\r\nthen <b>\",,\r\n");
  check_format("csv", "o,x", two, "o,x\r\n,'=1+1\r\n\"{\"\"k\"\":1}\",\"say \"\"hi\"\",\r\nthen <b>\"\r\n");
  check_format("tsv", "type,x", two, "type\tx\na\t'=1+1\nb\tsay \"hi\",\\r\\nthen <b>\n");
  check_format("markdown", "x,l", two,
               "| x | l |\n| --- | --- |\n| =1+1 | 1; b\\|c;  |\n| say \"hi\", then &lt;b&gt; |  |\n");
}

static void test_own_format(void) {
  static const char *const one[] = {"{\"type\":\"a\"}", NULL};
  const char *path = write_script("mine.lua", "return { head = function(run) return '<' .. #run.columns end,\n"
                                              "row = function(r, run) return r.type end,\n"
                                              "foot = function(run) return run.pages .. '>' end }");
  check_format(path, NULL, one, "<1a2>");
}

static void test_format_errors(void) {
  bench b;
  bench_init(&b);
  lode_host_options options = {.library = LIBRARY, .format = "cvs"};
  CHECK_INT(bench_load(&b, &options), LODE_E_SCRIPT);
  CHECK(strstr(b.err.message, "did you mean \"csv\"?") != NULL);
  bench_free(&b);
  bench_init(&b);
  options.format = write_script("mine.lua", "return { row = function(r)\n return r.x.y end }");
  CHECK_OK(bench_load(&b, &options), &b.err);
  lode_buf out = {0};
  CHECK_OK(lode_host_head(b.host, NULL, &out, &b.err), &b.err);
  CHECK_INT(lode_host_row(b.host, LODE_STR("{\"type\":\"a\"}"), &out, &b.err), LODE_E_SCRIPT);
  CHECK_INT(b.err.line, 2);
  bench_free(&b);
  bench_init(&b);
  options.format = write_script("mine.lua", "return {\nrow = function(r) print 'said'\n return 5 end }");
  CHECK_OK(bench_load(&b, &options), &b.err);
  CHECK_OK(lode_host_head(b.host, NULL, &out, &b.err), &b.err);
  CHECK_INT(lode_host_row(b.host, LODE_STR("{\"type\":\"a\"}"), &out, &b.err), LODE_E_SCRIPT);
  CHECK_INT(b.err.line, 2); /* where row begins */
  CHECK(strcmp(b.err.path, options.format) == 0);
  CHECK_STR(lode_host_notes(b.host).ptr, lode_host_notes(b.host).len, "said\n");
  lode_buf_free(&out);
  bench_free(&b);
}

static void fingerprint_of(const char *source, uint64_t out[2]) {
  bench b;
  CHECK_OK(run_source(&b, source), &b.err);
  lode_host_fingerprint(b.host, out);
  bench_free(&b);
}

static void test_fingerprint(void) {
  static const char source[] = "local m = require 'part'\nlocal d = lode.read 'data.txt'\nlode.page(function() end)";
  uint64_t a[2], b[2];
  scratch_write("part.lua", "return 1", 8);
  scratch_write("data.txt", "x", 1);
  fingerprint_of(source, a);
  fingerprint_of(source, b);
  CHECK(a[0] == b[0] && a[1] == b[1]);
  scratch_write("part.lua", "return 2", 8);
  fingerprint_of(source, b);
  CHECK(a[0] != b[0] && a[1] != b[1]);
  scratch_write("part.lua", "return 1", 8);
  scratch_write("data.txt", "y", 1);
  fingerprint_of(source, b);
  CHECK(a[0] != b[0] && a[1] != b[1]);
}

static void test_closed_pages(void) {
  bench b;
  static const char source[] =
      "local kept = { 1 }\nlode.page(function(p)\nif p.id == 'one' then kept[2], kept[3], kept[4] = p:span(1, 3), p, "
      "p:tokens{}\n"
      "else for i = 2, 4 do local x = kept[i] local ok, why = pcall(function() return i == 4 and x() or x.text end)\n"
      "assert(not ok and why:find 'closed', why) end end\nend)";
  CHECK_OK(run_source(&b, source), &b.err);
  CHECK_OK(bench_page(&b, "two", "A text."), &b.err);
  bench_free(&b);
}

int main(void) {
  RUN(test_load_errors);
  RUN(test_page_errors);
  RUN(test_unreadable_script);
  RUN(test_sandbox_escapes);
  RUN(test_what_the_sandbox_has);
  RUN(test_trust_opens);
  RUN(test_state_is_warned_of);
  RUN(test_locals_start_anew);
  RUN(test_line_of_a_changed_local);
  RUN(test_arguments_that_nothing_reads);
  RUN(test_random_follows_the_page);
  RUN(test_memory_names_the_line);
  RUN(test_memory_comes_back);
  RUN(test_interrupt_ends_every_loop);
  RUN(test_where_inside_c);
  RUN(test_allocation_sweep);
  RUN(test_open_under_a_limit);
  RUN(test_group_and_done);
  RUN(test_group_errors);
  RUN(test_key_errors);
  RUN(test_many_counts);
  RUN(test_labels);
  RUN(test_formats);
  RUN(test_format_notes);
  RUN(test_own_format);
  RUN(test_format_errors);
  RUN(test_fingerprint);
  RUN(test_closed_pages);
  scratch_end();
  return CHECK_END();
}
