// libFuzzer's entry: TFCHECK_HARNESS names the harness; "list" prints their names.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fuzz/harness.h"

namespace {

const tfcheck::fuzz::Harness& chosen() {
  static const tfcheck::fuzz::Harness one = [] {
    const char* wanted = std::getenv("TFCHECK_HARNESS");
    std::string name = wanted ? wanted : "list";
    for (const tfcheck::fuzz::Harness& harness : tfcheck::fuzz::all_harnesses()) {
      if (harness.name == name) return harness;
      if (name == "list") std::printf("%s\n", harness.name.c_str());
    }
    std::exit(name == "list" ? 0 : 2);
  }();
  return one;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  chosen();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chosen().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
