#include "base/text.h"
#include "languages/javascript/hooks.h"

namespace tfcheck::javascript {

namespace {

std::string_view literal(CodeWalker& walker, Node string) {
  return string ? walker.eval(string).text : std::string_view{};
}

// `import type …`, `export type …`: gone before the program runs.
bool is_type_only(const CodeWalker& walker, Node node) {
  bool found = false;
  for_each_child(node, [&](Node child) { found |= !child.named() && walker.text(child) == "type"; });
  return found;
}

std::string member(std::string_view module, std::string_view name) {
  return name == "default" ? std::string(module) : std::string(module) + "." + std::string(name);
}

// One `a` or `a as b`; returns whether it is more than a type.
bool import_specifier(CodeWalker& walker, Node node, std::string_view module) {
  Node name_node = walker.field(node, fields["name"]);
  Node alias = walker.field(node, fields["alias"]);
  std::string_view name = walker.role(name_node) == Role::String ? literal(walker, name_node) : walker.text(name_node);
  std::string_view local = alias ? walker.text(alias) : name;
  bool from_environment = module.starts_with("$env/static/");  // SvelteKit: each name is a variable
  if (from_environment)
    walker.bind(local, walker.environment_read(name, {}, node.span()));
  else
    walker.bind_name(local, member(module, name), node.span());
  return !is_type_only(walker, node);
}

// Binds the names of an import clause. `alias` becomes the name that the module as a whole goes by; returns whether
// anything but types is imported.
bool import_clause(CodeWalker& walker, Node clause, std::string_view module, std::string_view& alias) {
  bool values = false;
  for_each_child(clause, [&](Node child) {
    if (walker.is(child, types["identifier"]) || walker.is(child, types["namespace_import"])) {
      alias = walker.text(walker.is(child, types["identifier"]) ? child : child.named_child(0));
      walker.bind_name(alias, module, child.span());
      values = true;
    } else if (walker.is(child, types["named_imports"])) {
      bool empty = true;
      for_each_child(child, [&](Node specifier) {
        if (!walker.is(specifier, types["import_specifier"])) return;
        empty = false;
        values |= import_specifier(walker, specifier, module);
      });
      values |= empty;
    }
  });
  return values;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '.';
}

// The literal that `text` begins with (after blanks), "" when it begins with something else.
std::string_view leading_literal(std::string_view text) {
  size_t quote = text.find_first_not_of(" \t");
  if (quote == std::string_view::npos || (text[quote] != '\'' && text[quote] != '"' && text[quote] != '`')) return {};
  size_t end = text.find(text[quote], quote + 1);
  if (end == std::string_view::npos || end - quote > 256) return {};
  std::string_view name = text.substr(quote + 1, end - quote - 1);
  bool computed = name.find("${") != std::string_view::npos;
  return computed || name.find_first_of("\\ ") != std::string_view::npos ? std::string_view{} : name;
}

constexpr Words branches = {"try", "catch", "} catch", "finally", "} finally", "if ",
                            "if(", "else",  "} else",  "case ",   "default:"};

// The line scanner: what the previous lines left open, and where facts go.
class ImportScanner {
 public:
  explicit ImportScanner(FileFacts& facts) : facts_(facts) {}

  void line(const SourceLine& source) {
    std::string_view text = source.text;
    if (in_comment_ || text.starts_with("/*")) {
      size_t close = text.find("*/");
      in_comment_ = close == std::string_view::npos;
      if (in_comment_) return;
      text = trim(text.substr(close + 2));
    }
    if (text.empty() || text.starts_with("//") || text.starts_with("* ")) return;
    context_ = blocks_.take(source);
    uint32_t begin = source.span.begin + static_cast<uint32_t>(text.data() - source.text.data());
    span_ = {begin, begin + static_cast<uint32_t>(text.size())};
    statement(text);
    calls(text, "require(");
    calls(text, "import(");
  }

 private:
  // `import … from "x"`, `import "x"`, `export … from "x"`, over several lines when a brace stays open.
  void statement(std::string_view text) {
    bool starts = text.starts_with("import ") || text.starts_with("import{") || text.starts_with("import\"") ||
                  text.starts_with("import'") || text.starts_with("import*") || text.starts_with("export {") ||
                  text.starts_with("export{") || text.starts_with("export *") || text.starts_with("export type");
    if (starts) {
      std::string_view rest = text.substr(6);
      pending_ = true;
      std::string_view words = trim(rest);
      bool type_keyword = words.starts_with("type ") && !words.starts_with("type from ") && !words.starts_with("type,");
      names_ = words.starts_with('{') ? Names::None : Names::Values;
      types_only_ = type_keyword && text.find('=') == std::string_view::npos;
      if (std::string_view bare = leading_literal(rest); !bare.empty() && text.starts_with("import")) return add(bare);
    }
    if (!pending_) return;
    if (names_ != Names::Values) look_at_names(starts ? text.substr(text.find('{') + 1) : text);
    size_t from = find_from(text);
    if (from != std::string_view::npos) return add(leading_literal(text.substr(from)));
    bool open = text.find('}') == std::string_view::npos && text.find(';') == std::string_view::npos &&
                text.find('=') == std::string_view::npos;
    pending_ = open || text.ends_with("from");
  }

  // `type A, type B } from`: whether anything between the braces is more than a type.
  void look_at_names(std::string_view text) {
    for (std::string_view part : split(before_first(text, '}'), ',')) {
      std::string_view name = trim(part);
      if (!name.empty()) names_ = name.starts_with("type ") && names_ != Names::Values ? Names::Types : Names::Values;
    }
  }

  static size_t find_from(std::string_view text) {
    for (size_t at = text.find("from"); at != std::string_view::npos; at = text.find("from", at + 4)) {
      bool starts = at == 0 || !is_word(text[at - 1]);
      if (starts && !leading_literal(text.substr(at + 4)).empty()) return at + 4;
    }
    return std::string_view::npos;
  }

  void calls(std::string_view text, std::string_view callee) {
    for (size_t at = text.find(callee); at != std::string_view::npos; at = text.find(callee, at + callee.size())) {
      if (at > 0 && is_word(text[at - 1])) continue;
      std::string_view rest = text.substr(at + callee.size());
      std::string_view name = leading_literal(rest);
      if (name.empty()) continue;
      std::string_view behind = rest.substr(static_cast<size_t>(name.data() + name.size() + 1 - rest.data()));
      size_t close = behind.find_first_not_of(" \t");
      if (close == std::string_view::npos || (behind[close] != ')' && behind[close] != ',')) continue;
      std::string_view before = text.substr(0, std::min<size_t>(at, 300));
      if (before.find(" //") != std::string_view::npos) continue;
      add_import(name);
    }
  }

  void add(std::string_view name) {
    pending_ = false;
    if (!types_only_ && names_ != Names::Types) add_import(name);
  }

  void add_import(std::string_view name) {
    if (!name.empty()) facts_.add(FactKind::Import, module_name(name), span_, {}, {}, context_);
  }

  enum class Names : uint8_t { None, Types, Values };

  FileFacts& facts_;
  Names names_ = Names::None;  // what the clause that is open has named so far
  Context context_;
  IndentedBlocks blocks_{branches};
  Span span_;
  bool in_comment_ = false;
  bool pending_ = false;
  bool types_only_ = false;
};

}  // namespace

std::string_view module_name(std::string_view spelled) {
  return spelled.starts_with("node:") ? spelled.substr(5) : spelled;
}

void import_names(CodeWalker& walker, Node node) {
  bool type_only = is_type_only(walker, node);
  if (walker.is(node, types["import_alias"])) {  // import Server = http.Server
    Node name = node.named_child(0), target = node.named_child(1);
    if (name && target) walker.bind_name(walker.text(name), walker.qualify(walker.text(target)), node.span());
    return;
  }
  Node source = walker.field(node, fields["source"]);
  Node clause;
  for_each_child(node, [&](Node child) {
    if (walker.is(child, types["import_clause"]) || walker.is(child, types["import_require_clause"])) clause = child;
  });
  if (clause && walker.is(clause, types["import_require_clause"])) source = walker.field(clause, fields["source"]);
  if (!source) return;
  std::string module(module_name(literal(walker, source)));
  if (module.empty()) return;
  std::string_view alias;
  bool values = !clause || import_clause(walker, clause, module, alias);
  if (clause && walker.is(clause, types["import_require_clause"])) values = true;
  if (values && !type_only) walker.add_import(module, node.span(), alias);
}

void reexport(CodeWalker& walker, Node node) {
  std::string module(module_name(literal(walker, walker.field(node, fields["source"]))));
  if (!module.empty() && !is_type_only(walker, node)) walker.add_import(module, node.span());
}

void scan_imports(const SourceFile& file, FileFacts& facts) {
  ImportScanner scanner(facts);
  for_each_line(file.text, [&](const SourceLine& line) {
    scanner.line(line);
    return true;
  });
}

}  // namespace tfcheck::javascript
