// seeds SOURCE OUT: OUT/<harness>/ gets the files of fixtures/ and tests/ and the examples of the rule pages that each
// harness can make something of.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "formats/adapters.h"
#include "fuzz/harness.h"
#include "fuzz/rule_set.h"
#include "pages/rule_page.h"

namespace {

namespace fs = std::filesystem;
using namespace tfcheck;

class Seeds {
 public:
  explicit Seeds(fs::path out) : out_(std::move(out)) {}

  void add(const std::string& harness, const std::string& text) {
    fs::create_directories(out_ / harness);
    std::ofstream(out_ / harness / ("seed-" + std::to_string(count_++)), std::ios::binary) << text;
  }

  void add_file(const std::string& path, const std::string& text) {
    const Adapter* adapter = index_.of_path(path);
    if (!adapter) adapter = index_.of_text(path, text);
    if (adapter) add(std::string(adapter->name), text);
    add("audit", "=== " + path + "\n" + text);
    if (text.find("tfcheck:") != std::string::npos) add("suppressions", text);
  }

  size_t count() const { return count_; }

 private:
  fs::path out_;
  AdapterIndex index_;
  size_t count_ = 0;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void add_tree(Seeds& seeds, const fs::path& root) {
  if (!fs::is_directory(root)) return;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.file_size() > 20'000) continue;
    seeds.add_file(fs::relative(entry.path(), root).string(), read(entry.path()));
  }
}

// An index of version 2 and one of version 4, each with one file and without its checksum, and an extension.
void add_index(Seeds& seeds) {
  for (char version : {'\2', '\4'}) {
    std::string index = "DIRC" + std::string("\0\0\0", 3) + version + std::string("\0\0\0\1", 4);
    index += std::string(24, 't') + std::string("\0\0\x81\xa4", 4) + std::string(12, 's') + std::string(20, 'i');
    index += std::string("\0\4", 2);
    index += version == '\2' ? std::string("a.py\0\0\0\0\0\0", 10) : std::string("\0a.py\0", 6);
    seeds.add("index-format", index + std::string("TREE\0\0\0\3abc", 11));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  fs::path source = argv[1];
  Seeds seeds(argv[2]);
  add_tree(seeds, source / "fixtures");
  add_tree(seeds, source / "tests" / "languages" / "conformance");
  for (const Rule& rule : fuzz::rules().rules()) {
    PageText text = page_text(rule.page);
    for (const Example& example : text.examples) seeds.add_file(example.file, example.text);
    seeds.add("resolver", "12345678" + std::string(rule.page));
    seeds.add("text", std::string(rule.page));
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source / "rules")) {
    if (entry.path().extension() == ".md") seeds.add("rule-page", read(entry.path()));
    if (entry.path().extension() == ".toml") seeds.add("vocabulary", read(entry.path()));
  }
  seeds.add(
      "configuration",
      "select = [\"logs\"]\nignore = [\"*/x\"]\npacks = [\"p\"]\n[gate]\nfail-on = \"error\"\nmin-score = 8\n[scope]\n"
      "exclude = [\"a/\"]\n[rules.\"logs/log-file\"]\nseverity = \"note\"\nenabled = false\nreason = "
      "\"r\"\n[components.\".\"]\n"
      "kind = \"tool\"\n[[exception]]\nrule = \"logs/*\"\npath = \"a\"\nreason = \"r\"\n");
  seeds.add("suppressions", "# tfcheck: ignore[logs/log-file] why\nx\n/* tfcheck: ignore-file[config/a,logs/b] */\n");
  seeds.add("gitignore", "*.log\n!keep.log\n/a/**/b\n[a-z]?\\ \n#c\n**/x/\n");
  seeds.add("git-tree", std::string("100644 a\0aaaaaaaaaaaaaaaaaaaa40000 b\0bbbbbbbbbbbbbbbbbbbb", 54));
  seeds.add("pack", std::string("\1\x33\3abc\2\x65\x0f\5\3\2\2ab", 14));
  seeds.add("wildcard", "a/**/b*[!a-z]?\na/x/y/bc1d");
  seeds.add("ignore-file", "a/x.log\n*.log\n!keep.log\n/a/**/b\n[a-z]?\\ \n#c\n**/x/\n");
  seeds.add("git-config", "[include]\n\tpath = ~/x # y\n[includeIf \"gitdir:/a\"] path = \"b\\\"c\"\n[core]\nbare\n");
  add_index(seeds);
  std::printf("%zu seeds\n", seeds.count());
  return 0;
}
