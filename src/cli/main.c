#include "commands.h"

int main(int argc, char **argv) {
  return lode_main(argc, argv);
}
