#include "languages/php/php_imports.h"

#include <array>

#include "base/text.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view facades = "Illuminate.Support.Facades.";

// What a name that `use` introduces stands for. A facade is also a global alias: one name for both.
std::string_view meaning(std::string_view imported) {
  return imported.starts_with(facades) ? imported.substr(facades.size()) : imported;
}

std::string relative(std::string_view path) {
  bool plain = !path.starts_with('.') && !path.starts_with('/');
  return (plain ? "./" : "") + std::string(path);
}

// "A\B as C" of a use statement, without the group's prefix.
struct Use {
  std::string name;
  std::string alias;
};

Use parse_use(std::string_view text) {
  std::vector<std::string_view> words = split_words(text);
  if (!words.empty() && (words[0] == "function" || words[0] == "const")) words.erase(words.begin());
  if (words.empty()) return {};
  bool aliased = words.size() == 3 && iequals(words[1], "as");
  if (!aliased && words.size() != 1) return {};
  if (words[0].find_first_of("$(){}'\"<>=#/*") != std::string_view::npos) return {};
  return {php_name(words[0]), aliased ? std::string(words[2]) : std::string()};
}

// The uses of the text between `use` and `;`.
std::vector<Use> parse_uses(std::string_view text) {
  std::vector<Use> uses;
  size_t brace = text.find('{');
  std::string prefix;
  if (brace != std::string_view::npos) {
    std::vector<std::string_view> words = split_words(text.substr(0, brace));
    if (words.empty()) return {};
    prefix = php_name(words.back());
    if (!prefix.ends_with('.')) prefix += '.';
    text = before_first(text.substr(brace + 1), '}');
  }
  for (std::string_view part : split(text, ',')) {
    Use use = parse_use(part);
    if (use.name.empty()) continue;
    use.name.insert(0, prefix);
    uses.push_back(std::move(use));
  }
  return uses;
}

// The literal of `require_once __DIR__ . '/x.php';` and its like.
std::string scanned_include(std::string_view rest) {
  rest = trim(rest);
  if (rest.starts_with('(')) rest = trim(rest.substr(1));
  bool here = false;
  for (std::string_view door : {"__DIR__"sv, "dirname(__FILE__)"sv}) {
    if (!rest.starts_with(door)) continue;
    here = true;
    rest = trim(rest.substr(door.size()));
    if (!rest.starts_with('.')) return {};
    rest = trim(rest.substr(1));
  }
  if (rest.size() < 2 || (rest[0] != '\'' && rest[0] != '"')) return {};
  size_t end = rest.find(rest[0], 1);
  if (end == std::string_view::npos) return {};
  std::string_view path = rest.substr(1, end - 1);
  std::string_view behind = trim(rest.substr(end + 1));
  bool whole = behind.starts_with(';') || behind.starts_with(')');
  if (!whole || path.find('$') != std::string_view::npos) return {};
  return here ? "." + std::string(path) : relative(path);
}

bool begins_type(std::string_view line) {
  for (std::string_view word :
       {"class "sv, "final "sv, "abstract "sv, "trait "sv, "interface "sv, "enum "sv, "readonly "sv}) {
    if (line.starts_with(word)) return true;
  }
  return false;
}

std::string_view include_keyword(std::string_view line) {
  for (std::string_view word : {"require_once"sv, "include_once"sv, "require"sv, "include"sv}) {
    if (line.starts_with(word) && line.size() > word.size() &&
        " ('\""sv.find(line[word.size()]) != std::string_view::npos)
      return word;
  }
  return {};
}

}  // namespace

std::string php_name(std::string_view spelled) {
  while (!spelled.empty() && (spelled[0] == '$' || spelled[0] == '\\')) spelled.remove_prefix(1);
  bool quoted = spelled.size() >= 2 && (spelled[0] == '\'' || spelled[0] == '"');  // $x->{'name'}
  if (quoted) spelled = spelled.substr(1, spelled.size() - 2);
  std::string out(spelled);
  for (char& c : out) {
    if (c == '\\') c = '.';
  }
  for (size_t at = out.find("::"); at != std::string::npos; at = out.find("::", at)) out.replace(at, 2, ".");
  return out;
}

std::string php_included_file(const Value& path) {
  std::string_view text = path.text;
  if (path.is(ValueKind::String)) return text.empty() ? std::string() : relative(text);
  if (!path.is(ValueKind::Template) || !text.starts_with("${__DIR__")) return {};
  size_t close = text.find('}');
  if (close == std::string_view::npos || text.find("${", close) != std::string_view::npos) return {};
  std::string climb(text.substr(9, close - 9));
  return "." + climb + std::string(text.substr(close + 1));
}

bool import_uses(CodeWalker& walker, Node node) {
  std::string_view text = walker.text(node);
  text.remove_prefix(std::min<size_t>(3, text.size()));
  for (const Use& use : parse_uses(before_first(text, ';'))) {
    walker.add_import(use.name, node.span(), use.alias);
    std::string_view last = after_last(use.name, '.');
    walker.bind_name(!use.alias.empty() ? use.alias : last.empty() ? use.name : last, meaning(use.name));
  }
  return true;
}

constexpr Words branches = {"if ", "if(", "else", "} else", "try", "catch", "} catch", "case ", "default:"};

void scan_php_imports(const SourceFile& file, FileFacts& facts) {
  IndentedBlocks blocks(branches);
  bool comment = false, in_type = false;
  std::string_view source = file.text;
  for_each_line(source, [&](const SourceLine& at) {
    std::string_view line = at.text;
    if (line.starts_with("/*")) comment = true;
    bool inside = comment;
    if (line.find("*/") != std::string_view::npos) comment = false;
    if (inside || line.empty()) return true;
    Context context = blocks.take(at);
    in_type |= begins_type(at.raw);
    if (line.starts_with("<?php")) line = trim(line.substr(5));
    Span span{at.span.begin, at.span.begin + static_cast<uint32_t>(line.size())};
    if (line.starts_with("use ") && !in_type) {
      size_t stop = source.find(';', span.begin);
      if (stop == std::string_view::npos) return true;
      span.end = static_cast<uint32_t>(stop + 1);
      for (const Use& use : parse_uses(source.substr(span.begin + 4, std::min<size_t>(stop - span.begin - 4, 20000)))) {
        facts.add(FactKind::Import, use.name, span, use.alias.empty() ? Value{} : facts.string(use.alias, span), {},
                  {});
      }
    } else if (std::string_view keyword = include_keyword(line); !keyword.empty()) {
      std::string name = scanned_include(line.substr(keyword.size()));
      if (!name.empty()) facts.add(FactKind::Import, name, span, {}, {}, context);
    }
    return true;
  });
}

}  // namespace tfcheck
