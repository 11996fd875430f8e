// Baselines: the file, what of a bad one is told, and which findings an entry knows.
#include "report/baseline.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/baseline_match.h"
#include "report/fingerprint.h"
#include "support/json_schema.h"

using namespace tfcheck;

namespace {

const std::string head = "{\"schema\": \"tfcheck-baseline/1\", \"findings\": [\n";

std::string hash_of(char digit) {
  return std::string(16, digit);
}

BaselineEntry entry(char digit, const std::string& rule = "logs/log-file", const std::string& path = "app.py") {
  return {hash_of(digit), rule, path, hash_of('1'), ""};
}

std::string error_of(const std::string& text) {
  Result<Baseline> read = read_baseline("b.json", text);
  return read ? "" : to_string(read.error());
}

}  // namespace

TEST_CASE("a baseline is one line an entry, sorted, and read back as it was") {
  std::string text =
      write_baseline({entry('b'), entry('a', "config/hardcoded-secret", "caf\u00e9 \"x\".py"), entry('b')});
  CHECK(text == head +
                    "{\"fingerprint\":\"aaaaaaaaaaaaaaaa\",\"rule\":\"config/hardcoded-secret\",\"path\":\"caf\u00e9 "
                    "\\\"x\\\".py\",\"content\":\"1111111111111111\",\"place\":\"\"},\n"
                    "{\"fingerprint\":\"bbbbbbbbbbbbbbbb\",\"rule\":\"logs/log-file\",\"path\":\"app.py\",\"content\":"
                    "\"1111111111111111\",\"place\":\"\"},\nnull]}\n");
  Result<Baseline> read = read_baseline("b.json", text);
  REQUIRE(read);
  CHECK(read->file == "b.json");
  CHECK(write_baseline(read->entries) == text);
  CHECK(write_baseline({}) == head + "null]}\n");
  CHECK(read_baseline("b.json", head + "null]}\n"));

  const char* source = std::getenv("TFCHECK_SOURCE");
  std::ifstream schema(std::string(source != nullptr ? source : ".") + "/schemas/baseline.schema.json");
  REQUIRE(schema);
  CHECK(test::check_schema(nlohmann::json::parse(schema), nlohmann::json::parse(text)) == std::vector<std::string>{});
}

TEST_CASE("a baseline may be laid out and ordered in any way, with keys of a later program") {
  std::string line = R"({"fingerprint": "bbbbbbbbbbbbbbbb", "rule": "logs/log-file", "path": "a.py", "since": 3})";
  std::string other = R"({"path": "a.py", "fingerprint": "aaaaaaaaaaaaaaaa", "rule": "logs/log-file", "place": ""})";
  Result<Baseline> read = read_baseline("b.json", "{\"findings\": [" + line + ", " + other + ", " + line +
                                                      "],\n\"schema\": \"tfcheck-baseline/1\", \"by\": 1}");
  REQUIRE(read);
  REQUIRE(read->entries.size() == 2);  // both sides of a merge brought one of them
  CHECK(read->entries[0].fingerprint == hash_of('a'));
}

TEST_CASE("what is no baseline says why and where") {
  struct Row {
    std::string text, words;
  };
  std::string good = R"({"fingerprint":"aaaaaaaaaaaaaaaa","rule":"logs/log-file","path":"a.py"})";
  std::string deep(100'000, '[');
  for (const Row& row : std::vector<Row>{
           {"", "it is no JSON"},
           {"\xff\xfe", "it is no JSON"},
           {head + good + ",\n" + good + "\n" + good + "]}", "b.json:4: this is no baseline of tfcheck: it is no JSON"},
           {head + good, "it is no JSON"},
           {"[]", "it is a list, not an object"},
           {"3", "it is no object"},
           {"{}", "it names no \"schema\""},
           {"{\"schema\": \"tfcheck-report/1\"}", "its schema is not tfcheck-baseline/1"},
           {"{\"schema\": \"tfcheck-baseline/2\"}", "its version is tfcheck-baseline/2, and this program knows"},
           {"{\"schema\": 1}", "\"schema\" is of the wrong kind"},
           {"{\"findings\": {}}", "an object stands where none belongs"},
           {head + "\"x\"]}", "\"findings\" holds what is no finding"},
           {head + "[]]}", "a list stands where none belongs"},
           {head + "{\"rule\": 1}]}", "\"rule\" is of the wrong kind"},
           {head + "{\"rule\": []}]}", "a list stands where none belongs"},
           {head + "{\"rule\": \"\"}]}", "\"rule\" of entry 1 is empty"},
           {head + good + ", {\"rule\": \"x\", \"path\": \"y\"}]}", "entry 2 has no \"fingerprint\""},
           {head + "{\"fingerprint\": \"AAAAAAAAAAAAAAAA\"}]}", "is no hash of 16 hexadecimal digits"},
           {head + "{\"content\": \"12\"}]}", "\"content\" of entry 1 is no hash"},
           {head + "{\"path\": \"" + std::string(9000, 'a') + "\"}]}", "a value is too long"},
           {head + "null], \"findings\": []}", "\"findings\" stands there twice"},
           {head + "<<<<<<< HEAD\n" + good + ",\n=======\n>>>>>>> b\nnull]}",
            "b.json:2: the baseline holds an unresolved merge"},
           {deep, "it is a list"},
           {head + deep, "a list stands where none belongs"},
           {std::string(most_baseline_bytes + 1, ' '), "at most 16 MB"}}) {
    CAPTURE(row.text.substr(0, 100), row.words);
    std::string error = error_of(row.text);
    CHECK(error.find(row.words) != std::string::npos);
    CAPTURE(error);
    CHECK(error.size() < 300);
  }
  std::string many = head;
  for (size_t i = 0; i <= most_baseline_entries; ++i) many += good + ",\n";
  CHECK(error_of(many + "null]}").find("more than 40000 entries") != std::string::npos);
}

TEST_CASE("the content of a finding is the same however it is laid out, and holds no secret") {
  auto of = [](const std::string& text, std::vector<Span> secrets = {}) {
    return content_fingerprint(text, {0, static_cast<uint32_t>(text.size())}, secrets);
  };
  std::string one = of("FileHandler('app.log', mode='a')");
  CHECK(one == of("FileHandler(\n    \"app.log\",\n    mode=\"a\",\n)"));
  CHECK(one == of("\tFileHandler( 'app.log' , mode = 'a' );"));
  CHECK(one != of("FileHandler('apps.log', mode='a')"));
  CHECK(of("k: s3cret", {{3, 9}}) == of("k: other", {{3, 8}}));
  CHECK(of("k: s3cret", {{3, 9}}) != of("k: s3cret"));
  CHECK(of(" \n ").empty());
  // Baselines hold these: a new value would orphan every entry.
  CHECK(one == "8c2b2170ee6b3746");
  CHECK(place_fingerprint("setup", "call", "logging.FileHandler") == "ba4fe306bd5d62c0");
  CHECK(place_fingerprint("a", "call", "b") != place_fingerprint("", "call", "ab"));
  CHECK(place_fingerprint("", "call", "").empty());
}

TEST_CASE("a whole file is known by its lines without their values") {
  std::string file = outline_fingerprint("A=1\nB: 2\n\n", {});
  CHECK(file == outline_fingerprint("A=other\n B:\t\"x\"", {}));
  CHECK(file != outline_fingerprint("A=1\nC: 2\n", {}));
  CHECK(outline_fingerprint("FROM x\nRUN y\n", {}) != outline_fingerprint("FROM x\nRUN z\n", {}));
}

namespace {

// "rule path content place" as an entry; '-' is an empty hash. An '!' in front: its file is gone; '?': not looked at.
struct Written {
  BaselineEntry entry;
  EntryPlace place{false, true};
};

Written written(std::string text) {
  Written out;
  if (text[0] == '!') out.place = {true, true};
  if (text[0] == '?') out.place = {false, false};
  if (text[0] == '!' || text[0] == '?') text.erase(0, 1);
  std::istringstream words(text);
  words >> out.entry.rule >> out.entry.path >> out.entry.content >> out.entry.place;
  for (std::string* hash : {&out.entry.content, &out.entry.place}) {
    if (*hash == "-") hash->clear();
  }
  return out;
}

// Which entry each finding is known by: "0 - 2".
std::string matched(const std::vector<std::string>& known, const std::vector<std::string>& found) {
  std::vector<BaselineEntry> entries, findings;
  std::vector<EntryPlace> places;
  for (const std::string& text : known) {
    entries.push_back(written(text).entry);
    places.push_back(written(text).place);
  }
  for (const std::string& text : found) findings.push_back(written(text).entry);
  BaselineMatch match = match_baseline(entries, places, findings);
  std::string out;
  for (size_t i = 0; i < findings.size(); ++i) {
    const std::optional<uint32_t>& by = match.entry_of[i];
    out += (out.empty() ? "" : " ") + (by ? std::to_string(*by) : "-");
    if (by) CHECK(match.finding_of[*by] == i);
  }
  return out;
}

}  // namespace

TEST_CASE("a finding is known by its rule, its content and its place, and a second copy is new") {
  CHECK(matched({"r a.py c p"}, {"r a.py c p"}) == "0");
  CHECK(matched({"r a.py c p"}, {"s a.py c p"}) == "-");
  CHECK(matched({"r a.py c p"}, {"r a.py c p", "r a.py c p"}) == "0 -");
  CHECK(matched({"r a.py c p"}, {"r a.py c q", "r a.py c p"}) == "- 0");  // the copy is the one elsewhere
  CHECK(matched({"r a.py c p", "r a.py c p"}, {"r a.py c p", "r a.py c p"}) == "0 1");
  CHECK(matched({"r a.py c p"}, {"r b.py c p", "r a.py c p"}) == "- 0");
  CHECK(matched({"r a.py - -"}, {"r a.py - -"}) == "0");
}

TEST_CASE("in its file a finding may move, or be edited where it stands") {
  CHECK(matched({"r a.py c p"}, {"r a.py c q"}) == "0");
  CHECK(matched({"r a.py c p"}, {"r a.py d p"}) == "0");
  CHECK(matched({"r a.py c p"}, {"r a.py d q"}) == "-");
  CHECK(matched({"r a.py c -"}, {"r a.py d -"}) == "-");
  CHECK(matched({"r a.py c p", "r a.py d p"}, {"r a.py e p", "r a.py d p"}) == "0 1");
}

TEST_CASE("a file may be renamed and a folder moved") {
  CHECK(matched({"!r a.py c p"}, {"r b.py c p"}) == "0");
  CHECK(matched({"!r a.py c p"}, {"r b.py c q"}) == "0");
  CHECK(matched({"!r a.py c p"}, {"r x/b.py d p"}) == "-");
  CHECK(matched({"!r a.py c p"}, {"r x/a.py d p"}) == "0");  // moved and edited
  CHECK(matched({"!r x/a.py c p", "!r x/b.py c p"}, {"r y/b.py c p", "r y/a.py c p"}) == "1 0");
  CHECK(matched({"!r a.py - -"}, {"r b.py - -"}) == "-");
  CHECK(matched({"!r x/a c w"}, {"r y/a e w"}) == "0");
}

TEST_CASE("what left a file that is still there is known by content and place together") {
  CHECK(matched({"r a.py c p"}, {"r b.py c p"}) == "0");
  CHECK(matched({"r a.py c p"}, {"r b.py c q"}) == "-");
  CHECK(matched({"r a.py c -"}, {"r b.py c -"}) == "-");
  CHECK(matched({"?r a.py c p"}, {"r b.py c p"}) == "-");  // it may still be in a.py
  CHECK(matched({"?r a.py c p"}, {"r a.py c p"}) == "0");
}

TEST_CASE("a finding may stand for several places: more of them are new, fewer are not") {
  auto group = [](const std::string& text, size_t places, std::vector<std::string> also) {
    BaselineEntry entry = written(text).entry;
    entry.places = places;
    entry.also = std::move(also);
    return entry;
  };
  struct Row {
    std::vector<BaselineEntry> known, found;
    std::vector<size_t> known_places;
  };
  const EntryPlace there{false, true};
  for (const Row& row : std::vector<Row>{
           {{group("r a c p", 2, {"d"})}, {group("r a c p", 2, {"d"})}, {2}},
           {{group("r a c p", 2, {"d"})}, {group("r a c p", 3, {"d", "d"})}, {2}},
           {{group("r a c p", 2, {"d"})}, {group("r a c p", 1, {})}, {1}},
           {{group("r a c p", 2, {"d"})}, {group("r b d q", 1, {})}, {1}},  // its first place is mended
           {{group("r a c p", 1, {})}, {group("r b d q", 2, {"c"})}, {1}},  // another came before it
           {{group("r a c p", 1, {})}, {group("r b c q", 1, {})}, {0}},     // one place is no group
           {{group("r a c p", 1, {}), group("r b d q", 1, {})}, {group("r a c p", 2, {"d"})}, {2}},  // two became one
           {{group("r a c p", 2, {"d"})},
            {group("r a c p", 1, {}), group("r b d q", 1, {})},
            {1, 1}},  // one became two
           {{group("r a c p", 2, {"d"})},
            {group("r a c p", 1, {}), group("r b d q", 1, {}), group("r e d q", 1, {})},
            {1, 1, 0}},
           {{group("r a c p", 2, {"d"})}, {group("s b d q", 1, {})}, {0}}}) {
    std::vector<EntryPlace> places(row.known.size(), there);
    BaselineMatch match = match_baseline(row.known, places, row.found);
    CHECK(match.known_places == row.known_places);
  }
}

TEST_CASE("the places of a finding are written and read back") {
  BaselineEntry one = entry('a');
  one.places = 3;
  one.also = {hash_of('2'), hash_of('3')};
  std::string text = write_baseline({one});
  CHECK(text.find(R"("places":3,"also":["2222222222222222","3333333333333333"]})") != std::string::npos);
  Result<Baseline> read = read_baseline("b.json", text);
  REQUIRE(read);
  CHECK(read->entries == std::vector<BaselineEntry>{one});
  for (const char* bad : {R"("places": "3")", R"("places": -1)", R"("also": "x")", R"("also": [1])", R"("also": ["x"])",
                          R"("also": [[]])", R"("also": [{}])"})
    CHECK_FALSE(error_of(head + "{" + bad + "}]}").empty());
}
