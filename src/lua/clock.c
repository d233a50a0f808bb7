/* os.time, os.date and os.difftime without a clock and without a time zone: a record may depend on what the
 * page says, never on when and where the run was made.  All times are UTC. */
#include "luahost.h"

#include <string.h>
#include <time.h>

/* Days from 1970-01-01 of a civil date (H. Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year + (day - 1) - 719468;
}

enum { FIELD_MAX = 100000000 }; /* keeps every sum below 2^63 */

static int64_t field(lua_State *L, const char *name, int64_t absent) {
  int64_t value = absent;
  if (lua_getfield(L, 1, name) != LUA_TNIL) {
    int whole;
    value = lua_tointegerx(L, -1, &whole);
    if (!whole) luaL_error(L, "os.time: field \"%s\" must be a whole number", name);
    if (value > FIELD_MAX || value < -FIELD_MAX) luaL_error(L, "os.time: field \"%s\" is out of range", name);
  } else if (absent < 0) {
    luaL_error(L, "os.time: field \"%s\" is missing", name);
  }
  lua_pop(L, 1);
  return value;
}

static int os_time(lua_State *L) {
  if (!lua_istable(L, 1)) {
    return luaL_error(
        L, "os.time needs a table, os.time{year=2025, month=8, day=20}: the present time is no part of the input");
  }
  int64_t year = field(L, "year", -1), month = field(L, "month", -1) - 1, day = field(L, "day", -1);
  int64_t shift = month >= 0 ? month / 12 : -((11 - month) / 12);
  int64_t days = days_from_civil(year + shift, month - shift * 12 + 1, 1) + day - 1;
  int64_t seconds = field(L, "hour", 12) * 3600 + field(L, "min", 0) * 60 + field(L, "sec", 0);
  lua_pushinteger(L, days * 86400 + seconds);
  return 1;
}

static void set_field(lua_State *L, const char *name, int value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

static int date_table(lua_State *L, const struct tm *at) {
  lua_createtable(L, 0, 9);
  set_field(L, "year", at->tm_year + 1900);
  set_field(L, "month", at->tm_mon + 1);
  set_field(L, "day", at->tm_mday);
  set_field(L, "hour", at->tm_hour);
  set_field(L, "min", at->tm_min);
  set_field(L, "sec", at->tm_sec);
  set_field(L, "wday", at->tm_wday + 1);
  set_field(L, "yday", at->tm_yday + 1);
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "isdst");
  return 1;
}

/* The conversions of C99 that need neither a locale nor a zone. */
static const char conversions[] = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";

static int os_date(lua_State *L) {
  const char *format = luaL_checkstring(L, 1);
  if (lua_isnoneornil(L, 2)) {
    return luaL_error(L, "os.date needs a time, os.date(format, time): the present time is no part of the input");
  }
  time_t when = (time_t)luaL_checkinteger(L, 2);
  struct tm at;
  if (gmtime_r(&when, &at) == NULL) return luaL_error(L, "os.date: the time is out of range");
  if (*format == '!') format++;
  if (strncmp(format, "*t", 2) == 0) return date_table(L, &at);
  luaL_Buffer out;
  luaL_buffinit(L, &out);
  for (; *format != '\0'; format++) {
    if (*format != '%') {
      luaL_addchar(&out, *format);
      continue;
    }
    format++;
    if (*format == '\0' || strchr(conversions, *format) == NULL)
      return luaL_error(L, "os.date: no conversion \"%%%c\"", *format);
    char pattern[3] = {'%', *format, '\0'}, piece[128];
    if (*format == 'z') luaL_addstring(&out, "+0000");
    else if (*format == 'Z') luaL_addstring(&out, "UTC");
    else luaL_addlstring(&out, piece, strftime(piece, sizeof piece, pattern, &at));
  }
  luaL_pushresult(&out);
  return 1;
}

static int os_difftime(lua_State *L) {
  lua_pushnumber(L, (lua_Number)luaL_checkinteger(L, 1) - (lua_Number)luaL_checkinteger(L, 2));
  return 1;
}

void lode__open_clock(lua_State *L) {
  static const luaL_Reg functions[] = {{"date", os_date}, {"difftime", os_difftime}, {"time", os_time}, {NULL, NULL}};
  luaL_newlib(L, functions);
}
