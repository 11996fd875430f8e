// The rules that tfcheck comes with, loaded once for all tests of a program.
#pragma once

#include <catch2/catch.hpp>

#include "session/load.h"
#include "session/session.h"

namespace tfcheck {

inline const Session& built_in_session() {
  static const Session one([] {
    Result<RuleSet> loaded = load_rules({});
    REQUIRE(loaded);
    return std::move(*loaded);
  }());
  return one;
}

}  // namespace tfcheck
