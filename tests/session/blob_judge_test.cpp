#include "session/blob_judge.h"

#include <catch2/catch.hpp>

using namespace tfcheck;

TEST_CASE("a secret is known by its value, a key whatever its lines are broken by") {
  CHECK(key_of_secret("walrus77sea") == key_of_secret("walrus77sea"));
  CHECK_FALSE(key_of_secret("walrus77sea") == key_of_secret("walrus78sea"));
  CHECK_FALSE(key_of_secret("walrus 77") == key_of_secret("walrus77"));
  std::string key = "BEGIN\nMIIEpAIB\nAAKCAQEA\nEND";
  CHECK(key_of_secret("BEGIN\n    MIIEpAIB\n    AAKCAQEA\n    END") == key_of_secret(key));
  CHECK(key_of_secret("BEGIN\\nMIIEpAIB\\nAAKCAQEA\\nEND") == key_of_secret(key));
  CHECK(key_of_secret("BEGIN\\n\" +\n\"MIIEpAIB\\n\" +\n\"AAKCAQEA\\nEND") == key_of_secret(key));
}

TEST_CASE("an active place tells of a secret before a suppressed one, then the graver one") {
  FoundSecret note, error, suppressed;
  error.severity = suppressed.severity = Severity::Error;
  suppressed.reason = SuppressionReason{"known"};
  CHECK(error.rank() > note.rank());
  CHECK(note.rank() > suppressed.rank());
}
