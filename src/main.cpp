// The program: parse → run → exit code.
#include "cli/cli.h"

int main(int argc, char** argv) {
  return tfcheck::run_command_line(argc, argv);
}
