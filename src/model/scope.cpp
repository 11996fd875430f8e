#include "model/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "base/text.h"
#include "formats/adapters.h"

namespace tfcheck {

namespace {

struct Named {
  std::string_view name;
  uint32_t bits;
};

constexpr Named scope_words[] = {{"test", scope::Test},
                                 {"documentation", scope::Documentation},
                                 {"example", scope::Example},
                                 {"generated", scope::Generated},
                                 {"vendored", scope::Vendored},
                                 {"minified", scope::Minified},
                                 {"development", scope::Development},
                                 {"ci", scope::Ci},
                                 {"editor", scope::Editor},
                                 {"translation", scope::Translation},
                                 {"seed", scope::Seed},
                                 {"only example", scope::OnlyExample},
                                 {"trial", scope::Trial},
                                 {"retired", scope::Retired},
                                 {"packing", scope::Packing},
                                 {"aside", scope::Aside}};

// The end of a comment that a line opens or goes on with, as far as telling lines of code needs it.
struct CommentLines {
  bool inside = false;
  bool take(std::string_view line) {
    bool comment = inside || line.starts_with("/*") || line.starts_with("//") || line.starts_with("*");
    if (!comment) return false;
    size_t end = line.rfind("*/");
    bool opens = line.starts_with("/*");
    if (end != std::string_view::npos) {
      // Code behind the comment is what the line is about.
      bool alone = trim(line.substr(end + 2)).empty();
      inside = false;
      return alone;
    }
    inside = inside || opens;
    return true;
  }
};

// At least every second line of code is longer than anybody writes, or but for a few lines all of it stands in such.
// Neither one long line among others nor a long comment makes hand-written code minified, and a licence above it does
// not make minified code hand-written.
bool is_minified(std::string_view text) {
  constexpr size_t longest_by_hand = 300, few_lines = 4;
  size_t long_lines = 0, short_lines = 0, long_bytes = 0, short_bytes = 0;
  CommentLines comments;
  for (std::string_view line : split(text, '\n')) {
    std::string_view code = trim(line);
    if (code.empty() || comments.take(code)) continue;
    bool is_long = code.size() > longest_by_hand;
    ++(is_long ? long_lines : short_lines);
    (is_long ? long_bytes : short_bytes) += code.size();
  }
  if (long_lines == 0) return false;
  return long_lines >= short_lines || (short_lines <= few_lines && long_bytes >= short_bytes * 20);
}

}  // namespace

PathRoles::PathRoles(const Vocabulary& vocabulary)
    : environment_folders_(vocabulary.set("environment-folder")),
      package_roots_(vocabulary.set("package-root")),
      package_root_parents_(vocabulary.set("package-root-parent")),
      generated_marks_(vocabulary.set("generated-mark")),
      not_tests_(vocabulary.set("not-test-folder")),
      description_keys_(vocabulary.set("description-key")),
      description_openings_(vocabulary.set("description-opening")),
      description_kinds_(vocabulary.set("description-kind")),
      translation_marks_(vocabulary.set("translation-mark")),
      translation_folders_(vocabulary.set("translation-folder")),
      language_folders_(vocabulary.set("language-folder")),
      translation_stems_(vocabulary.set("translation-stem")),
      language_codes_(vocabulary.set("language-code")),
      readmes_(vocabulary.set("readme-file")),
      retired_marks_(vocabulary.set("retired-mark")),
      retired_folders_(vocabulary.set("retired-folder")),
      retired_folder_marks_(vocabulary.set("retired-folder-mark")) {
  for (const Adapter* adapter : all_adapters()) {
    for (std::string_view name : adapter->test_files) files_.add(name, scope::Test);
  }
  const WordTable& roles = vocabulary.table("role");
  size_t folder = roles.column("folder"), file = roles.column("file"), stem = roles.column("stem");
  for (const WordTable::Row& row : roles.rows()) {
    for (const std::string& role : row.all(0)) {
      uint32_t bits = scope_bit(role);
      if (bits == 0) throw std::logic_error(fmt::format("{}:{}: there is no role '{}'", roles.file(), row.line, role));
      if (bits & scope::Editor) bits |= scope::Development;
      for (const std::string& name : row.all(folder)) {
        if (name.find('/') != std::string::npos)
          folder_pairs_[name] |= bits;
        else
          folders_.add(name, bits);
      }
      for (const std::string& name : row.all(file)) files_.add(name, bits);
      for (const std::string& name : row.all(stem)) stems_.add(name, bits);
    }
  }
  read_words(vocabulary.table("role-word"));
}

void PathRoles::read_words(const WordTable& rows) {
  size_t role = rows.column("role"), word = rows.column("word"), folder = rows.column("folder-word"),
         file = rows.column("file");
  for (const WordTable::Row& row : rows.rows()) {
    uint32_t bits = scope_bit(row.one(role));
    bool fits = bits != 0 && word_rows_.size() < 32;
    if (!fits)
      throw std::logic_error(fmt::format("{}:{}: there is no role '{}'", rows.file(), row.line, row.one(role)));
    for (const std::string& name : row.all(file)) worded_files_.add(name, 1u << word_rows_.size());
    auto set = [&](size_t column) { return WordSet(rows.name(), rows.file(), row.cells[column], true); };
    word_rows_.push_back({bits, set(word), set(folder)});
  }
}

uint32_t PathRoles::of_folder(std::string_view folder) const {
  uint32_t bits = 0;
  std::string_view previous;
  for (std::string_view component : folder.empty() ? std::vector<std::string_view>{} : split(folder, '/')) {
    // Package paths (com/example/…) are names, not roles: below a source root of such a language only the file's own
    // name and the source root's siblings say anything.
    if (package_root_parents_.contains(previous) && package_roots_.contains(component)) break;
    std::string name = lower(component);
    if (!not_tests_.contains(name)) bits |= folders_.bits_of(name);
    if (auto pair = folder_pairs_.find(lower(previous) + "/" + name); pair != folder_pairs_.end()) bits |= pair->second;
    previous = component;
  }
  return bits;
}

uint32_t PathRoles::of_path(std::string_view path) const {
  return of_folder(dir_name(path)) | of_name(dir_name(path), base_name(path)) |
         of_words(dir_name(path), base_name(path));
}

uint32_t PathRoles::of_name(std::string_view folder, std::string_view name) const {
  uint32_t bits = files_.bits_of(name);
  if (environment_folders_.contains(base_name(folder))) bits |= stems_.bits_of(lower(before_first(name, '.')));
  return bits;
}

uint32_t PathRoles::of_words(std::string_view folder, std::string_view name) const {
  uint32_t rows = worded_files_.bits_of(name), bits = 0;
  if (rows == 0) return 0;
  for (size_t i = 0; i < word_rows_.size(); ++i) {
    const WordRow& row = word_rows_[i];
    if (!(rows & (1u << i))) continue;
    for (size_t begin = 0; begin < name.size() && !(bits & row.bits);) {
      size_t end = std::min(name.find_first_of("-_.", begin), name.size());
      if (row.words.contains(name.substr(begin, end - begin))) bits |= row.bits;
      begin = end + 1;
    }
    std::string_view above;
    for (size_t begin = 0; begin < folder.size() && !(bits & row.bits);) {
      size_t end = std::min(folder.find('/', begin), folder.size());
      std::string_view segment = folder.substr(begin, end - begin);
      // What an image has below usr/local is no developer's.
      if (above != "usr" && row.folder_words.contains(segment)) bits |= row.bits;
      above = segment;
      begin = end + 1;
    }
  }
  return bits;
}

// "pt", "pt_BR", "zh-Hans-CN", each perhaps with an ending; also "du_nl", of which only the second half is a code.
bool PathRoles::names_language(std::string_view name) const {
  std::string_view stem = before_first(name, '.');
  std::string_view code = stem.substr(0, stem.find_first_of("_-"));
  if (code.size() == 2 && stem.size() == 5 && !language_codes_.contains(code)) code = stem.substr(3);
  return stem.size() <= 12 && language_codes_.contains(code) && lower(code) == code;
}

uint32_t PathRoles::of_translation(std::string_view folder, std::string_view name, bool is_data) const {
  bool is_named = names_language(name), is_below = false;
  for (std::string_view part : folder.empty() ? std::vector<std::string_view>{} : split(folder, '/')) {
    if (translation_folders_.contains(part) && is_data) return scope::Translation;
    is_named |= is_below && names_language(part);
    is_below |= translation_folders_.contains(part) || language_folders_.contains(part);
  }
  if (is_below && is_named) return scope::Translation;
  if (!is_data) return 0;
  std::string_view stem = before_first(name, '.');
  std::string_view first = stem.substr(0, stem.find('_'));
  if (!translation_stems_.contains(first) || !name.ends_with(".properties")) return 0;
  return first == stem || names_language(stem.substr(first.size() + 1)) ? scope::Translation : 0;
}

// A README says of its folder what it is within its first lines; further down it speaks of other things.
bool PathRoles::is_retirement(std::string_view path, std::string_view text) const {
  if (dir_name(path).empty() || !readmes_.contains(base_name(path))) return false;
  constexpr int most_lines = 6;
  std::string head;
  int lines = 0;
  for (std::string_view line : split(text.substr(0, 1200), '\n')) {
    if (trim(line).empty()) continue;
    if (++lines > most_lines) break;
    head += lower(line) + " ";
  }
  auto says = [&](const WordSet& marks) {
    return std::any_of(marks.patterns().begin(), marks.patterns().end(),
                       [&](const std::string& mark) { return head.find(mark) != std::string::npos; });
  };
  bool named = retired_folders_.contains(base_name(dir_name(path)));
  return says(retired_marks_) || (named && says(retired_folder_marks_));
}

bool PathRoles::is_description(std::string_view path, std::string_view text) const {
  if (path.ends_with(".json")) {
    std::string opening;
    for (char c : text.substr(0, 200))
      if (!std::isspace(static_cast<unsigned char>(c))) opening += c;
    return std::any_of(description_openings_.patterns().begin(), description_openings_.patterns().end(),
                       [&](const std::string& one) { return opening.starts_with(one); });
  }
  if (!path.ends_with(".yaml") && !path.ends_with(".yml")) return false;
  for (std::string_view line : split(text.substr(0, 4096), '\n')) {
    size_t colon = line.find(':');
    if (colon != std::string_view::npos && description_keys_.contains(line.substr(0, colon))) return true;
  }
  constexpr std::string_view kind = "kind:";
  bool any = false;
  for (size_t at = text.starts_with(kind) ? 0 : text.find("\nkind:"); at != std::string_view::npos;
       at = text.find("\nkind:", at + 1)) {
    size_t begin = text.find(kind, at) + kind.size();
    if (!description_kinds_.contains(trim(text.substr(begin, text.find('\n', begin) - begin)))) return false;
    any = true;
  }
  return any;
}

uint32_t PathRoles::of_text(std::string_view path, std::string_view text) const {
  uint32_t bits = is_retirement(path, text) ? scope::Retired : 0;
  if (is_description(path, text)) bits |= scope::Documentation;
  std::string_view head = text.substr(0, 1200);
  std::string_view opening = head.substr(0, 200);
  for (const std::string& mark : translation_marks_.patterns()) {
    if (opening.starts_with('<') && opening.find(mark) != std::string_view::npos) bits |= scope::Translation;
  }
  // A mark counts only in a comment at the top, not in the generator's own strings further down.
  for (const std::string& mark : generated_marks_.patterns()) {
    size_t at = head.find(mark);
    if (at == std::string_view::npos) continue;
    size_t line = head.rfind('\n', at);
    std::string_view before = trim(head.substr(line == std::string_view::npos ? 0 : line + 1,
                                               at - (line == std::string_view::npos ? 0 : line + 1)));
    static constexpr std::string_view openers = "/#*-;<%";
    if (!before.empty() && openers.find(before.front()) != std::string_view::npos) bits |= scope::Generated;
  }
  bool script = path.ends_with(".js") || path.ends_with(".css") || path.ends_with(".mjs");
  if (script && text.size() > 2000 && is_minified(text.substr(0, 65536))) bits |= scope::Minified;
  return bits;
}

std::string scope_names(uint32_t bits) {
  std::string out;
  for (const Named& word : scope_words) {
    if (bits & word.bits) out += (out.empty() ? "" : ", ") + std::string(word.name);
  }
  return out;
}

uint32_t scope_bit(std::string_view name) {
  for (const Named& word : scope_words) {
    if (word.name == name) return word.bits;
  }
  return 0;
}

}  // namespace tfcheck
