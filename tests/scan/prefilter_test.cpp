// The literal pass: what the build compiled searches as what is compiled at run time, packs add to it, and tokens are
// found one beside the other.
#include "scan/prefilter.h"

#include <catch2/catch.hpp>
#include <deque>

#include "formats/adapters.h"
#include "pages/embedded.h"
#include "pages/rule_page.h"
#include "scan/token_match.h"
#include "scan/word_database.h"
#include "support/rule_files.h"

using namespace tfcheck;

namespace {

RuleSet loaded(Result<RuleSet> rules) {
  INFO((rules ? std::string() : to_string(rules.error())));
  REQUIRE(rules);
  return std::move(*rules);
}

// The built-in rules as they are written.
RuleSet from_sources() {
  static std::deque<std::string> texts;
  std::vector<BuiltInFile> files;
  std::filesystem::path root = std::filesystem::path(std::getenv("TFCHECK_SOURCE")) / "rules";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".md" && entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string& name = texts.emplace_back(std::filesystem::relative(entry.path(), root).string());
    files.push_back({name, texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>())});
  }
  return loaded(RuleSet::load(files, native_rules(), {}));
}

const RuleSet& built_in() {
  static const RuleSet rules = loaded(RuleSet::load(embedded_rules(), native_rules(), {}));
  return rules;
}

const std::string pack_page =
    "# T\nS.\n## Why it matters\nW.\n## What to do\nD.\n```toml rule\nmessage = \"m\"\n[[match]]\ncall = "
    "\"acmelib.start_it\"\n```\n";
const std::string pack_words =
    "[[text]]\nid = \"acme\"\ntitle = \"t\"\nkeyword = \"acme_\"\nregex = '\\b(acme_[0-9a-z]{8})\\b'\n";

std::vector<std::pair<std::string_view, std::string>> hits_of(const RuleSet& rules, std::string_view text) {
  Prefilter prefilter(rules);
  Prefilter::Scanner scanner(prefilter);
  std::vector<std::pair<std::string_view, std::string>> out;
  for (const TextHit& hit : scanner.scan(text, nullptr, {}).hits) {
    out.emplace_back(rules.vocabulary().text_patterns()[hit.pattern].id,
                     std::string(text.substr(hit.span.begin, hit.span.end - hit.span.begin)));
  }
  return out;
}

}  // namespace

TEST_CASE("rules that are read from their bytes are those that were written") {
  CHECK(built_in().archive() == embedded_rules().rules);
}

TEST_CASE("what the build compiled finds in every example what is found without it") {
  RuleSet sources = from_sources();
  REQUIRE(sources.ids() == built_in().ids());
  Prefilter embedded(built_in()), made(sources);
  Prefilter::Scanner one(embedded), other(made);
  AdapterIndex adapters;
  size_t wanted = 0;
  for (const Rule& rule : built_in().rules()) {
    for (const Example& example : page_text(rule.page).examples) {
      CAPTURE(rule.id, example.line);
      const Adapter* adapter = adapters.of_path(example.file);
      PrefilterResult a = one.scan(example.text, adapter, example.file);
      PrefilterResult b = other.scan(example.text, adapter, example.file);
      CHECK(a.parse == b.parse);
      CHECK(a.hits.size() == b.hits.size());
      wanted += a.parse;
    }
  }
  CHECK(wanted > 200);
}

TEST_CASE("what has a secret's name is read where a literal is given to it") {
  auto wanted = [](std::string_view line) {
    Prefilter prefilter(built_in());
    return Prefilter::Scanner(prefilter).scan(line, AdapterIndex().of_path("a.py"), "a.py").parse;
  };
  for (std::string_view line : {"master_key = \"k7Rt2pLq\"", "master_key = decode('k7Rt2pLq')",
                                "set('master_key', 'walrus')", "x(master_key='walrus')"})
    CHECK(wanted(line));
  for (std::string_view line :
       {"def reset_password(self):\n    \"\"\"Resets it.\"\"\"", "master_key = input.get(\"masterKey\")",
        "master_key = \"a b\"", "master_keys = \"k7Rt2pLq\""})
    CHECK_FALSE(wanted(line));
}

TEST_CASE("packs add a search of their own") {
  RulePack pack{{{"logs/acme.md", "p/logs/acme.md", pack_page}, {"vocabulary/a.toml", "p/a.toml", pack_words}}};
  RuleSet rules = loaded(RuleSet::load(embedded_rules(), native_rules(), {pack}));
  Prefilter prefilter(rules), without(built_in());
  Prefilter::Scanner scanner(prefilter), plain(without);
  const std::string code = "acmelib.start_it()  # acme_12345678\n";
  const Adapter* python = AdapterIndex().of_path("a.py");
  CHECK(scanner.scan(code, python, "a.py").parse);
  CHECK_FALSE(plain.scan(code, python, "a.py").parse);
  using Hits = std::vector<std::pair<std::string_view, std::string>>;
  CHECK(hits_of(rules, code) == Hits{{"acme", "acme_12345678"}});
  CHECK(hits_of(built_in(), code).empty());
  // Both searches see both kinds, in the text's order.
  std::string token = "AKIA" + std::string("Z3MSJVHQ2LRUWT4B");
  CHECK(hits_of(rules, "acme_12345678 " + token + " acme_abcdefgh") ==
        Hits{{"acme", "acme_12345678"}, {"aws-access-key", token}, {"acme", "acme_abcdefgh"}});
}

TEST_CASE("tokens that stand one beside the other are each found") {
  Vocabulary vocabulary;
  REQUIRE(vocabulary.add("f",
                         "[[text]]\nid = \"t\"\ntitle = \"a token\"\nkeyword = \"tok\"\n"
                         "regex = \"(?:^|[^a-z])([a-z]{0,3}tok_[0-9a-f]{6})(?:[^0-9a-f]|$)\"\n"));
  TokenMatchers matchers(vocabulary, 0, 1);
  struct Row {
    std::string_view text;
    std::vector<std::string_view> found;
  };
  for (const Row& row : {
           Row{"tok_111111", {"tok_111111"}},
           Row{"tok_111111 tok_222222 tok_333333", {"tok_111111", "tok_222222", "tok_333333"}},
           Row{"abtok_111111,tok_222222,,tok_333333;", {"abtok_111111", "tok_222222", "tok_333333"}},
           Row{"tok_11 tok_222222", {"tok_222222"}},
           Row{"tok_111111 tok_22 tok_333333", {"tok_111111", "tok_333333"}},
           Row{"tok tok tok", {}},
       }) {
    CAPTURE(row.text);
    TokenMatch match(matchers, row.text);
    for (size_t at = row.text.find("tok"); at != std::string_view::npos; at = row.text.find("tok", at + 1))
      match.add(0, at, at + 3);
    std::vector<std::string_view> found;
    for (const TextHit& hit : match.take())
      found.push_back(row.text.substr(hit.span.begin, hit.span.end - hit.span.begin));
    CHECK(found == row.found);
  }
}

TEST_CASE("a database that is not ours is not loaded") {
  std::vector<SearchWord> words = {{"needle"}};
  WordDatabase made = WordDatabase::compile(words, WordDatabase::Processor::Any);
  std::string bytes = made.bytes();
  CHECK(WordDatabase::load(bytes));
  CHECK(WordDatabase::load(unpack_bytes(embedded_rules().database)));
  bytes[4] = static_cast<char>(bytes[4] ^ 1);  // the version
  CHECK_FALSE(WordDatabase::load(bytes));
  CHECK_FALSE(WordDatabase::load("no database"));
}
