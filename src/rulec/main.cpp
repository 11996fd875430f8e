// rulec ROOT LIST OUT: the build's own program. Reads the pages and vocabularies below ROOT, checks them as a pack
// would be checked, compiles their words, and writes all of it with the table of native rules as one C++ file. LIST has
// a path a line: .md and .toml relative to ROOT, .cpp absolute. A mistake in a page ends the build with its file and
// line.
#include <cstdio>
#include <deque>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "pages/embedded.h"
#include "scan/prefilter.h"

namespace {

using namespace tfcheck;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the files below ROOT are, by what their names end in.
struct Sources {
  std::deque<std::string> texts;
  std::vector<BuiltInFile> files;
  std::deque<std::string> native_ids;
  std::vector<NativeRule> natives;
};

std::string symbol_of(std::string_view id) {
  std::string symbol = "rule_";
  for (char c : id) symbol += c == '/' || c == '-' ? '_' : c;
  return symbol;
}

// A native rule defines `void rule_<factor>_<rule>(NativeContext&)`; a file without one is shared code.
void add_native(const std::string& root, const std::string& path, Sources& sources) {
  std::string id = path.substr(root.size() + 1);
  id.resize(id.rfind('.'));
  if (read(path).find("\nvoid " + symbol_of(id) + "(") == std::string::npos) return;
  sources.natives.push_back({sources.native_ids.emplace_back(std::move(id)), nullptr});
}

Sources read_sources(const std::string& root, const std::string& listing) {
  Sources sources;
  std::ifstream lines(listing);
  for (std::string path; std::getline(lines, path);) {
    if (path.ends_with(".cpp")) {
      add_native(root, path, sources);
    } else if (!path.empty()) {
      std::string& name = sources.texts.emplace_back(path);
      sources.files.push_back({name, sources.texts.emplace_back(read(root + "/" + path))});
    }
  }
  return sources;
}

// A text as a C++ literal; in lines, because compilers bound their length.
std::string literal(std::string_view text) {
  constexpr size_t line = 2000;
  std::string out = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (i > 0 && i % line == 0) out += "\"\n\"";
    bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
    if (plain) {
      out += text[i];
    } else {
      char escape[5];
      std::snprintf(escape, sizeof escape, "\\%03o", c);
      out += escape;
    }
  }
  return "{" + out + "\", " + std::to_string(text.size()) + "}";
}

// Bytes deflated, as a C++ value.
std::string packed(std::string_view bytes) {
  return "{" + literal(pack_bytes(bytes)) + ", " + std::to_string(bytes.size()) + "}";
}

std::string code_of(const Sources& sources, const RuleSet& rules) {
  CompiledWords words = compile_words(rules);
  std::string declared, natives, pages, texts;
  for (const NativeRule& native : sources.natives) {
    declared += "void " + symbol_of(native.id) + "(NativeContext& context);\n";
    natives += "{\"" + std::string(native.id) + "\", " + symbol_of(native.id) + "},\n";
  }
  for (const Rule& rule : rules.rules()) {
    std::string_view text = rule.page.text();
    pages += "{\"" + rule.file + "\", " + std::to_string(texts.size()) + ", " + std::to_string(text.size()) + "},\n";
    texts += text;
  }
  return "// Made of rules/ by src/rulec.\n#include \"pages/embedded.h\"\nnamespace tfcheck {\n" + declared +
         "namespace {\nconstexpr EmbeddedPage pages[] = {\n" + pages + "};\nconstexpr NativeRule natives[] = {\n" +
         natives + "{{}, nullptr}};\nconstexpr EmbeddedRules all{\n" + literal(rules.archive()) + ",\n" +
         literal(words.words) + ",\n" + packed(words.database) + ",\n" + packed(texts) + ",\npages,\n\"" +
         rules.editions().back().name + "\"};\n}  // namespace\n" +
         "const EmbeddedRules& embedded_rules() { return all; }\n"
         "std::span<const NativeRule> native_rules() { return {natives, std::size(natives) - 1}; }\n"
         "}  // namespace tfcheck\n";
}

int run(const std::string& root, const std::string& listing, const std::string& out) {
  Sources sources = read_sources(root, listing);
  Result<RuleSet> rules = RuleSet::load(sources.files, sources.natives, {});
  if (!rules) {
    Error wrong = rules.error();
    if (!wrong.file.empty()) wrong.file = root + "/" + wrong.file;
    std::fprintf(stderr, "rulec: %s\n", to_string(wrong).c_str());
    return 1;
  }
  for (const Rule& rule : rules->rules()) {
    if (rule.since) continue;
    Error wrong{"the page does not say which edition it came with", root + "/" + rule.file, rule.block_line + 1,
                "since = \"" + rules->editions().back().name + "\""};
    std::fprintf(stderr, "rulec: %s\n", to_string(wrong).c_str());
    return 1;
  }
  std::ofstream file(out, std::ios::binary);
  file << code_of(sources, *rules);
  if (file.flush()) return 0;
  std::fprintf(stderr, "rulec: %s cannot be written\n", out.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::fputs("rulec ROOT LIST OUT\n", stderr), 2;
  try {
    return run(argv[1], argv[2], argv[3]);
  } catch (const std::exception& trouble) {
    std::fprintf(stderr, "rulec: %s\n", trouble.what());
    return 1;
  }
}
