// Every token of the vocabulary: a text of its shape is found at its place, and what only looks like it is not.
#include <catch2/catch.hpp>

#include <map>

#include "pages/embedded.h"
#include "scan/prefilter.h"
#include "scan/token_check.h"
#include "support/token_samples.h"

using namespace tfcheck;

namespace {

const RuleSet& rules() {
  static const RuleSet all = [] {
    Result<RuleSet> loaded = RuleSet::load(embedded_rules(), native_rules(), {});
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  return all;
}

class Finder {
 public:
  Finder() : prefilter_(rules()), scanner_(prefilter_) {}
  std::vector<TextHit> hits(std::string_view text) { return scanner_.scan(text, nullptr, {}).hits; }
  // The hit of one pattern.
  std::optional<TextHit> hit(std::string_view text, uint32_t pattern) {
    for (const TextHit& one : hits(text)) {
      if (one.pattern == pattern) return one;
    }
    return std::nullopt;
  }

 private:
  Prefilter prefilter_;
  Prefilter::Scanner scanner_;
};

// Calls visit(number, pattern) for each token that is no secret by design, or for each other one.
template <typename Visit>
void for_each_token(bool is_public, Visit visit) {
  const std::vector<TextPattern>& all = rules().vocabulary().text_patterns();
  for (uint32_t i = 0; i < all.size(); ++i) {
    if (!all[i].shape.empty() && all[i].is_public == is_public) visit(i, all[i]);
  }
}

}  // namespace

TEST_CASE("the vocabulary knows the tokens of many providers") {
  size_t tokens = 0, named = 0;
  for_each_token(false, [&](uint32_t, const TextPattern& pattern) { ++tokens, named += pattern.named; });
  CHECK(tokens >= 400);
  CHECK(tokens - named >= 180);
}

TEST_CASE("a token is found where it stands, and what only looks like it is not") {
  Finder finder;
  const Vocabulary& vocabulary = rules().vocabulary();
  for_each_token(false, [&](uint32_t number, const TextPattern& pattern) {
    CAPTURE(pattern.id);
    SampleSource source(number);
    for (int round = 0; round < 3; ++round) {
      std::string sample = sample_of(pattern, vocabulary, source);
      std::string before = "first line\n" + holder_of(pattern, vocabulary, "value") + " = \"";
      CAPTURE(sample);
      std::optional<TextHit> hit = finder.hit(before + sample + "\"\n", number);
      CHECK(hit);
      if (!hit) return;
      CHECK(hit->span.begin == before.size());
      CHECK(hit->span.end == before.size() + sample.size());
      CHECK_FALSE(hit->doubtful);
      for (const LookAlike& other : look_alikes_of(pattern, sample, source)) {
        CAPTURE(other.what, other.text);
        CHECK_FALSE(finder.hit(before + other.text + "\"\n", number));
      }
      if (pattern.check != TokenCheck::Crc32 && pattern.check != TokenCheck::Crc16) continue;
      std::optional<TextHit> wrong = finder.hit(before + with_wrong_checksum(sample) + "\"\n", number);
      REQUIRE(wrong);
      CHECK(wrong->doubtful);
    }
  });
}

TEST_CASE("a token that its name shows to be one is nothing without that name") {
  Finder finder;
  const Vocabulary& vocabulary = rules().vocabulary();
  for_each_token(false, [&](uint32_t number, const TextPattern& pattern) {
    if (!pattern.named) return;
    CAPTURE(pattern.id);
    SampleSource source(number);
    std::string sample = sample_of(pattern, vocabulary, source);
    std::string name = holder_of(pattern, vocabulary, "");
    CAPTURE(sample, name);
    for (const std::string& text : {"value = \"" + sample + "\"", name + "_key_fingerprint = \"" + sample + "\"",
                                    name + "_key is not set\nand then " + sample, name + "_key(other(" + sample})
      CHECK_FALSE(finder.hit(text, number));
    name += "_key";
    for (const std::string& text :
         {name + "=" + sample, name + ": " + sample, "\"" + name + "\": \"" + sample + "\"",
          name + " => '" + sample + "'", name + " := `" + sample + "`", "setenv('" + name + "', '" + sample + "')",
          "<" + name + ">" + sample + "</", "ENV " + name + " " + sample,
          "<add key=\"" + name + "\" value=\"" + sample + "\" />", "- name: " + name + "\n  value: " + sample + "\n",
          name + ": Bearer " + sample, name + ": string = '" + sample + "'",
          "const " + name + " string = \"" + sample + "\"", "const " + name + ": &'static str = \"" + sample + "\""}) {
      CAPTURE(text);
      CHECK(finder.hit(text, number));
    }
  });
}

TEST_CASE("what its holder calls a token is one, though its checksum fails") {
  Finder finder;
  SampleSource source(1);
  const std::vector<TextPattern>& all = rules().vocabulary().text_patterns();
  const TextPattern& pattern = *rules().vocabulary().text_pattern("github-ghp");
  auto number = static_cast<uint32_t>(&pattern - all.data());
  std::string token = with_wrong_checksum(sample_of(pattern, rules().vocabulary(), source));
  for (const auto& [before, doubtful] : std::vector<std::pair<std::string, bool>>{
           {"const TOKEN: &str = \"", false},
           {"val githubToken = \"", false},
           {"{\"api_key\": \"", false},
           {"Authorization: token ", false},
           {"setToken(\"", false},
           {"the token is ", true},
           {"let value = \"", true},
           {"token_hash = \"", true},
           {"", true},
       }) {
    CAPTURE(before);
    std::optional<TextHit> hit = finder.hit("token = 1\n" + before + token + "\"\n", number);
    REQUIRE(hit);
    CHECK(hit->doubtful == doubtful);
  }
}

TEST_CASE("public values have a shape and are not searched for") {
  Finder finder;
  for_each_token(true, [&](uint32_t number, const TextPattern& pattern) {
    CAPTURE(pattern.id);
    SampleSource source(number);
    std::string sample = sample_of(pattern, rules().vocabulary(), source);
    CAPTURE(sample);
    CHECK(finder.hits("value = \"" + sample + "\"\n").empty());
  });
}

TEST_CASE("made-up tokens") {
  auto shape = std::get<TokenShape>(TokenShape::read("tok_[0-9A-Za-z_-]{16,40}"));
  TokenWords words(rules().vocabulary());
  for (std::string_view text :
       {"EXAMPLEk7Rt2pLq9Zx4", "k7Rt2pLq9xxxxx4Vb1", "1234567890abcdefgh", "abcdefghijklmnop", "ABCDEFGHIJKLMNOPQR",
        "00000000000000000000", "a1b2a1b2a1b2a1b2", "this-is-not-a-token-of-ours", "YOUR_TOKEN_k7Rt2pLq",
        "987654321k7Rt2pLq9Z", "deadbeefdeadbeefdead", "aaaabbbbccccddddaaaa"}) {
    CAPTURE(text);
    CHECK(is_made_up(shape, words, "tok_" + std::string(text)));
  }
  for (std::string_view text : {"k7Rt2pLq9Zx4Vb1NmC8d", "Qm3vT8zKw1Yc6Hs0Lp5R", "zx81-kf0_pq2-mn7vb3c"}) {
    CAPTURE(text);
    CHECK_FALSE(is_made_up(shape, words, "tok_" + std::string(text)));
  }
  CHECK(crc32_base62("hello") == "0zNvy2");
}

TEST_CASE("a JSON Web Token decodes to JSON") {
  Finder finder;
  const std::string head = "eyJhbGciOiJIUzI1NiJ9", other = "eyJub3BlIjoxfQ",
                    sign = ".q7Lw1Zt3KmX0vRb5Kq7Lw1Zt3KmX0vRb5Kq7Lw1";
  struct Row {
    std::string text;
    int found;  // 2: with doubt
  };
  for (const Row& row : {
           Row{head + ".eyJzdWIiOiI0MiJ9" + sign, 1},             // {"sub":"42"}
           Row{head + ".eyJleHAiOjE3MDAwMDAwMDB9" + sign, 2},     // {"exp":1700000000}
           Row{head + ".eyJyb2xlIjoiYW5vbiJ9" + sign, 0},         // {"role":"anon"}
           Row{head + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + sign, 0},  // {"sub":"1234567890"}
           Row{other + ".eyJzdWIiOiI0MiJ9" + sign, 0},            // {"nope":1}
           Row{head + ".eyJzdWIiOiI0MiJ9", 0},
       }) {
    CAPTURE(row.text);
    std::vector<TextHit> hits = finder.hits("x = '" + row.text + "'\n");
    CHECK(hits.size() == (row.found > 0 ? 1 : 0));
    if (!hits.empty()) CHECK(hits[0].doubtful == (row.found == 2));
  }
}
