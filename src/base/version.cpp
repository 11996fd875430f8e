#include "base/version.h"

namespace tfcheck {

std::string_view program_version() {
  return TFCHECK_VERSION;
}

}  // namespace tfcheck
