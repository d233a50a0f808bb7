/* Where scripts get code and data from: the library, and the folder of the script itself.  No name leads out
 * of either: names have no separators, paths are resolved and must lie below the folder after that, so that a
 * symbolic link does not lead out of it. */
#include "luahost.h"

#include "file.h"
#include "utf8.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 256 << 20 };

static const char LOADED[] = "lode.loaded", FOLDERS[] = "lode.folders";

void lode__fingerprint(lode_host *self, const char *name, const char *bytes, size_t len) {
  struct {
    lode_hash128_value before, name, bytes;
  } chain = {self->fingerprint, lode_hash128(name, strlen(name), 1), lode_hash128(bytes, len, 2)};
  self->fingerprint = lode_hash128(&chain, sizeof chain, 3);
}

/* A first line that begins with "#" is for the shell; its line end stays, so that lines count right. */
static lode_str without_shebang(lode_str source) {
  if (source.len >= 3 && memcmp(source.ptr, "\xEF\xBB\xBF", 3) == 0) source.ptr += 3, source.len -= 3;
  if (source.len == 0 || source.ptr[0] != '#') return source;
  const char *end = memchr(source.ptr, '\n', source.len);
  size_t cut = end == NULL ? source.len : (size_t)(end - source.ptr);
  return (lode_str){source.ptr + cut, source.len - cut};
}

/* Lua names a chunk by 59 bytes at most in its own messages: put the whole name back. */
static int raise_broken(lua_State *L, const char *name) {
  const char *message = lua_tostring(L, -1), *at = NULL;
  for (const char *p = strchr(message, ':'); p != NULL && at == NULL; p = strchr(p + 1, ':')) {
    char *end;
    strtoul(p + 1, &end, 10);
    if (end > p + 1 && *end == ':') at = p;
  }
  snprintf(lode__host(L)->broken, sizeof lode__host(L)->broken, "%s", name);
  if (at == NULL) return luaL_error(L, "%s", message);
  lua_pushfstring(L, "%s%s", lode__host(L)->broken, at);
  return lua_error(L);
}

/* Note in which folder the file of that chunk name lies. */
static void note_folder(lua_State *L, const char *path, const char *name) {
  const char *slash = strrchr(path, '/');
  luaL_getsubtable(L, LUA_REGISTRYINDEX, FOLDERS);
  if (slash == NULL) lua_pushliteral(L, ".");
  else lua_pushlstring(L, path, (size_t)(slash - path));
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

void lode__load_file(lua_State *L, const char *path, const char *name) {
  lode_host *self = lode__host(L);
  lode_err err;
  self->file.len = 0;
  if (lode_file_read(path, FILE_LIMIT, &self->file, &err) != 0) luaL_error(L, "%s: %s", name, err.message);
  lode__fingerprint(self, name, self->file.ptr == NULL ? "" : self->file.ptr, self->file.len);
  note_folder(L, path, name);
  lode_str source = without_shebang((lode_str){self->file.ptr == NULL ? "" : self->file.ptr, self->file.len});
  lode__look_for_args(L, source);
  lode__note_source(L, name, source);
  lua_pushfstring(L, "@%s", name);
  int status = luaL_loadbufferx(L, source.ptr, source.len, lua_tostring(L, -1), "t");
  lua_remove(L, -2);
  if (status == LUA_ERRSYNTAX) raise_broken(L, name);
  else if (status != LUA_OK) lua_error(L);
  lode__push_environment(L);
  lua_setupvalue(L, -2, 1);
}

void lode__provide(lua_State *L, const char *name) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LOADED);
  lua_insert(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

static bool is_module_name(const char *name) {
  if (name[0] == '\0' || name[0] == '.' || strstr(name, "..") != NULL) return false;
  for (const char *p = name; *p != '\0'; p++) {
    bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' ||
                 *p == '-' || *p == '.';
    if (!plain) return false;
  }
  return true;
}

static bool lies_below(const char *folder, const char *path) {
  size_t len = strlen(folder);
  if (len == 1 && folder[0] == '/') return path[0] == '/';
  return strncmp(folder, path, len) == 0 && path[len] == '/';
}

/* Does the file exist, below `root` (a resolved path) unless that is NULL?  Then its name, as messages show it, is
 * pushed on top of its path.  The library is trusted: its files may be links of a package manager. */
static bool find_below(lua_State *L, const char *folder, const char *root, const char *shown, const char *relative) {
  lua_pushfstring(L, "%s/%s", folder, relative);
  char *resolved = realpath(lua_tostring(L, -1), NULL);
  bool found = resolved != NULL && (root == NULL || lies_below(root, resolved));
  free(resolved);
  if (!found) {
    lua_pop(L, 1);
    return false;
  }
  if (shown[0] == '\0') lua_pushstring(L, relative);
  else lua_pushfstring(L, "%s/%s", shown, relative);
  return true;
}

static bool find_module(lua_State *L, const char *name) {
  const lode_host *self = lode__host(L);
  const char *relative = lua_pushfstring(L, "%s.lua", luaL_gsub(L, name, ".", "/"));
  if (find_below(L, self->options.library, NULL, "", relative)) return true;
  if (self->script_root == NULL) return false;
  return find_below(L, self->script_root, self->script_root,
                    strcmp(self->script_folder, ".") == 0 ? "" : self->script_folder, relative);
}

static int load_module(lua_State *L, int loaded, const char *name) {
  lode_host *self = lode__host(L);
  const char *path = lua_tostring(L, -2), *shown = lua_tostring(L, -1);
  if ((self->stage & LODE__LOAD) == 0) {
    return luaL_error(L, "require \"%s\": modules are loaded before the first page: write it at the top of the script",
                      name);
  }
  lua_pushboolean(L, 0);
  lua_setfield(L, loaded, name);
  lode__load_file(L, path, shown);
  lua_pushstring(L, name);
  lua_pushstring(L, shown);
  lua_call(L, 2, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, loaded, name);
  return 1;
}

/* The names by which the Lua files of a folder can be required, into the table at `names`; enough for a hint. */
static void collect_modules(lua_State *L, const char *folder, const char *prefix, int names, int depth) {
  enum { NAMES_MAX = 1000, DEPTH_MAX = 3 };
  char(*found)[64] = lua_newuserdatauv(L, NAMES_MAX * sizeof *found, 0);
  size_t count = 0;
  DIR *dir = opendir(folder);
  for (struct dirent *item; dir != NULL && count < NAMES_MAX && (item = readdir(dir)) != NULL;) {
    if (item->d_name[0] != '.' && item->d_name[0] != '_' && strlen(item->d_name) < sizeof *found)
      memcpy(found[count++], item->d_name, strlen(item->d_name) + 1);
  }
  if (dir != NULL) closedir(dir);
  luaL_checkstack(L, 8, "folders");
  for (size_t i = 0; i < count; i++) {
    size_t len = strlen(found[i]);
    if (len > 4 && strcmp(found[i] + len - 4, ".lua") == 0) {
      found[i][len - 4] = '\0';
      lua_pushfstring(L, "%s%s", prefix, found[i]);
      lua_pushboolean(L, 1);
      lua_rawset(L, names);
    } else if (depth < DEPTH_MAX && strchr(found[i], '.') == NULL) {
      const char *below = lua_pushfstring(L, "%s/%s", folder, found[i]);
      collect_modules(L, below, lua_pushfstring(L, "%s%s.", prefix, found[i]), names, depth + 1);
      lua_pop(L, 2);
    }
  }
  lua_pop(L, 1);
}

int lode__require(lua_State *L) {
  const lode_host *self = lode__host(L);
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LOADED);
  int type = lua_getfield(L, 2, name);
  if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1))
    return luaL_error(
        L, "require \"%s\": it is still being loaded (modules that need each other in a circle), or failed before",
        name);
  if (type != LUA_TNIL) return 1;
  if (!is_module_name(name)) {
    return luaL_error(L, "require \"%s\": a module is named by words with dots between them, like \"lode.out.csv\"",
                      name);
  }
  if (find_module(L, name)) return load_module(L, 2, name);
  if (self->options.trust) {
    lua_getfield(L, LUA_REGISTRYINDEX, "lode.require");
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    return 1;
  }
  if (lode__is_trusted_library(name)) return luaL_error(L, "require \"%s\": it is closed: --trust opens it", name);
  collect_modules(L, self->options.library, "", 2, 0);
  if (self->script_root != NULL) collect_modules(L, self->script_root, "", 2, 0);
  return luaL_error(L, "require \"%s\": no such module in the library%s%s%s", name,
                    self->script_folder == NULL ? "" : " nor in ",
                    self->script_folder == NULL ? "" : self->script_folder, lode__suggest_key(L, name, 2));
}

static bool has_parent_step(const char *path) {
  for (const char *p = path; (p = strstr(p, "..")) != NULL; p += 2) {
    if ((p == path || p[-1] == '/') && (p[2] == '/' || p[2] == '\0')) return true;
  }
  return false;
}

/* The folder of the innermost file of Lua code that runs, or NULL. [0, 1, e] */
static const char *push_caller_folder(lua_State *L) {
  lua_Debug frame;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, FOLDERS);
  for (int level = 0; lua_getstack(L, level, &frame); level++) {
    if (!lua_getinfo(L, "S", &frame) || frame.source[0] != '@') continue;
    if (lua_getfield(L, -1, frame.source + 1) == LUA_TSTRING) {
      lua_remove(L, -2);
      return lua_tostring(L, -1);
    }
    lua_pop(L, 1);
  }
  return NULL;
}

/* The folder of the file that is calling, where it is one of the library, or NULL. [0, 1, e] */
static const char *push_library_folder(lua_State *L) {
  const char *folder = push_caller_folder(L), *library = lode__host(L)->options.library;
  size_t len = library == NULL ? 0 : strlen(library);
  return folder != NULL && len > 0 && strncmp(folder, library, len) == 0 && folder[len] == '/' ? folder : NULL;
}

int lode__read(lua_State *L) {
  lode_host *self = lode__host(L);
  size_t len;
  const char *path = luaL_checklstring(L, 1, &len);
  lode__check_stage(L, LODE__LOAD, "lode.read",
                    "files are read before the first page: call it at the top of the script");
  const char *own = push_library_folder(L);
  if (own == NULL && self->script_root == NULL)
    return luaL_error(L, "lode.read: there is no script whose folder could be read");
  if (path[0] == '/' || has_parent_step(path) || strlen(path) != len) {
    return luaL_error(L, "lode.read: \"%s\" leads out of the script's folder %s", path, self->script_folder);
  }
  bool found = own != NULL ? find_below(L, own, NULL, "", path)
                           : find_below(L, self->script_root, self->script_root, self->script_folder, path);
  if (!found) {
    return luaL_error(L, "lode.read: no file \"%s\" below the script's folder %s", path, self->script_folder);
  }
  lode_err err;
  self->file.len = 0;
  if (lode_file_read(lua_tostring(L, -2), FILE_LIMIT, &self->file, &err) != 0)
    return luaL_error(L, "lode.read: %s: %s", path, err.message);
  lode__fingerprint(self, path, self->file.ptr == NULL ? "" : self->file.ptr, self->file.len);
  lua_pushlstring(L, self->file.ptr == NULL ? "" : self->file.ptr, self->file.len);
  return 1;
}

lode_str lode__read_beside(lua_State *L, const char *path, const char *what) {
  lode_host *self = lode__host(L);
  int top = lua_gettop(L);
  const char *folder = push_caller_folder(L);
  if (folder == NULL) luaL_error(L, "%s: there is no script beside which \"%s\" could lie", what, path);
  if (path[0] == '/' || has_parent_step(path))
    luaL_error(L, "%s: \"%s\" leads out of the script's folder: paths are relative to the script", what, path);
  char *real = realpath(folder, NULL);
  lua_pushstring(L, real == NULL ? folder : real);
  free(real);
  if (!find_below(L, lua_tostring(L, -1), lua_tostring(L, -1), "", path))
    luaL_error(L, "%s: no file \"%s\" beside the script, in %s", what, path, folder);
  lode_err err;
  self->file.len = 0;
  if (lode_file_read(lua_tostring(L, -2), FILE_LIMIT, &self->file, &err) != 0)
    luaL_error(L, "%s: %s: %s", what, path, err.message);
  lode__fingerprint(self, path, self->file.ptr == NULL ? "" : self->file.ptr, self->file.len);
  if (!lode_utf8_clean(self->file.ptr == NULL ? "" : self->file.ptr, self->file.len)) {
    self->text.len = 0;
    self->repairs.count = 0;
    lode_map_clear(&self->map);
    lode__check(L, lode_utf8_repair(self->file.ptr, self->file.len, &self->text, &self->map, &self->repairs, &err),
                &err);
    lode_buf repaired = self->text;
    self->text = self->file;
    self->file = repaired;
  }
  lua_settop(L, top);
  return (lode_str){self->file.ptr == NULL ? "" : self->file.ptr, self->file.len};
}

void lode__open_modules(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LOADED);
  lua_pop(L, 1);
}
