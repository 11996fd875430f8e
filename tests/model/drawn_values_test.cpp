#include "model/secrets/drawn_values.h"

#include <catch2/catch.hpp>

#include "support/vocabulary.h"

using namespace tfcheck;

TEST_CASE("what was drawn is told from what was named") {
  DrawnValues drawn(built_in_vocabulary().set("common-letter-pair"));
  for (const char* value : {"edPQixExR8Uc", "KBJWFT8whtuWqRjqERTz", "TeXczzrbf3fFQPnvzahs", "bC5YDHJNispFVQAiiepE"}) {
    CAPTURE(value);
    CHECK(drawn.contains(value));
  }
  for (const char* value : {"getAccessTokenFromV2Api", "customerAccessTokenCreateV2", "SHA256withRSAEncryption",
                            "Sommer2024Passwort", "xmlHttpRequestV2", "TrustNo1Password", "HelloWorldPassw0rd",
                            "oauth2AccessToken", "kubernetesDashboardKeyHolder1", "edpqixexruc8", "8291", "aB1", ""}) {
    CAPTURE(value);
    CHECK_FALSE(drawn.contains(value));
  }
}
