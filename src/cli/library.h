/* library.h - where the Lua library is: the folder that holds lode/.
 *
 * Looked for beside the program (PROGRAM_FOLDER/lua), in the prefix that the program stands in
 * (PREFIX/share/lode/lua for PREFIX/bin/lode), and, for a program in a build folder, in the source tree that
 * the file lode.source beside it names.  Nothing is compiled in, so an installed tree can be moved.
 */
#ifndef LODE_LIBRARY_H
#define LODE_LIBRARY_H
#include "buf.h"

/* Append the path and a NUL (not counted in len) to out; LODE_E_IO lists the places that were tried. */
int lode_library_find(lode_buf *out, lode_err *err);

/* The same for a program in a given folder. */
int lode_library_find_from(const char *folder, lode_buf *out, lode_err *err);

#endif
