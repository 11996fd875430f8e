#include "report/masking.h"

#include <catch2/catch.hpp>

#include "report/sample.h"
#include "support/vocabulary.h"

using namespace tfcheck;

namespace {

// Files with what rules recognised in them, and a masker over them.
struct Tree {
  explicit Tree(std::initializer_list<std::pair<std::string, std::string>> the_files) : files(the_files) {
    known.resize(files.size());
    sources.words = &model_words().masking;
    sources.files = static_cast<uint32_t>(files.size());
    sources.text = [this](uint32_t file) { return files[file].second; };
    sources.path = [this](uint32_t file) { return std::string_view(files[file].first); };
    sources.secrets = [this](uint32_t file) { return std::span<const Span>(known[file]); };
    sources.recognise = [](std::string_view text) {
      size_t at = text.find("tok_");
      if (at == std::string_view::npos) return std::vector<Span>{};
      return std::vector<Span>{{static_cast<uint32_t>(at), static_cast<uint32_t>(std::min(at + 12, text.size()))}};
    };
  }

  void knows(uint32_t file, std::string_view secret) {
    auto at = static_cast<uint32_t>(files[file].second.find(secret));
    known[file].push_back({at, at + static_cast<uint32_t>(secret.size())});
  }

  Masker& masker() {
    if (!made) made.emplace(sources, open, std::span<const Finding>{});
    return *made;
  }

  std::string frame(uint32_t file, uint32_t about) { return masker().frame(file, {0, 1}, about).text; }

  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::vector<Span>> known;
  Sources sources;
  OpenFiles open{sources};
  std::optional<Masker> made;
};

}  // namespace

TEST_CASE("a line of a secret script that is a word is shown elsewhere") {
  Tree tree{{"a.yaml", "- |\n  ensure_primary\n  login hunter22-and-more\n"}};
  tree.knows(0, "ensure_primary\n  login hunter22-and-more");
  CHECK(tree.masker().words("runs ensure_primary here", 0) == "runs ensure_primary here");
  CHECK(tree.masker().words("runs login hunter22-and-more", 0) == "runs log********re");
}

TEST_CASE("words lose what is known, what is recognised and what is a secret by its place") {
  Tree tree{{"a.txt", "x = hunter22-and-more\ny = short7x1\n"}, {"b.txt", "z\n"}};
  tree.knows(0, "hunter22-and-more");
  tree.knows(0, "short7x1");
  struct Row {
    const char* text;
    const char* in_its_file;
    const char* elsewhere;
  };
  for (const Row& row : {
           Row{"is hunter22-and-more here", "is hun********re here", "is hun********re here"},
           // A short one is a word in other files.
           Row{"is short7x1 here", "is ******** here", "is short7x1 here"},
           // What a cut leaves over of a known one.
           Row{"is 'hunter22-an...", "is '********...", "is '********..."},
           Row{"is tok_12345678 here", "is ******** here", "is ******** here"},
           Row{"`mysql -pab` and redis://:ab1@h", "`mysql -p********` and redis://:********@h",
               "`mysql -p********` and redis://:********@h"},
           Row{"holds a literal secret (hun********re).", "holds a literal secret (hun********re).",
               "holds a literal secret (hun********re)."},
           Row{"\x1b[1m\u200b", "\\x1b[1m\\u200b", "\\x1b[1m\\u200b"},
       }) {
    CAPTURE(row.text);
    CHECK(tree.masker().words(row.text, 0) == row.in_its_file);
    CHECK(tree.masker().words(row.text, 1) == row.elsewhere);
  }
}

TEST_CASE("a frame hides what its line gives away, whether or not a rule knows it") {
  Tree tree{{"a.swift", "f(x); password = \"ab1\"; g(\"redis://:cd2@h\") // the password ef3x is public\n"},
            {"b.swift", "use(\"short7x1\")\n"},
            {"c.swift", "x = short7x1\n"}};
  tree.knows(2, "short7x1");
  CHECK(tree.frame(0, 0) ==
        "f(x); password = \"********\"; g(\"redis://:********@h\") // the password ******** is public");
  // In the frames of a finding about the file that holds it a short one is hidden in other files too.
  CHECK(tree.frame(1, 1) == "use(\"short7x1\")");
  CHECK(tree.frame(1, 2) == "use(\"********\")");
}

TEST_CASE("of a report everything else is cleaned") {
  Tree tree{{"a.txt", "hunter22-and-more\n"}};
  tree.knows(0, "hunter22-and-more");
  Report report;
  report.notices.push_back({"x/hunter22-and-more.yml", "not read: redis://:ab1@h", 1});
  report.findings.emplace_back().suppression_reason = "demo, password: ab12";
  report.statistics.slowest_files.emplace_back("tok_12345678.py", 1);
  report.score.components.emplace_back().root = "tok_12345678";
  report.branch = "feature/hunter22-and-more";
  tree.masker().clean(report);
  CHECK(report.notices[0].path == "x/hun********re.yml");
  CHECK(report.notices[0].message == "not read: redis://:********@h");
  CHECK(report.findings[0].suppression_reason == "demo, password: ********");
  CHECK(report.statistics.slowest_files[0].first == "********.py");
  CHECK(report.score.components[0].root == "********");
  CHECK(report.branch == "feature/hun********re");
}

TEST_CASE("a name of a file keeps its bytes where nothing is recognised") {
  Tree tree{{"a.txt", ""}};
  for (const char* path : {"src/password.py", "k8s/token-secret.yaml", "bad\xff.py", "a b/mysql.sh", "x=y.txt"})
    CHECK(tree.masker().path(path) == path);
}

TEST_CASE("thousands of places on one line that gives secrets away take no time") {
  std::string line;
  for (int i = 0; i < 5'000; ++i) line += "p(password='ab" + std::to_string(i) + "'); ";
  Tree tree{{"a.swift", line}};
  for (uint32_t i = 0; i < 5'000; ++i) {
    uint32_t at = i * 20;
    CHECK(tree.masker().frame(0, {at, at + 1}, 0).text.find("ab1") == std::string::npos);
  }
}
