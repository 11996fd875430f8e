#include "formats/tree_entries/dialect.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "formats/tree_entries/embedded_text.h"

namespace tfcheck {

namespace {

constexpr std::string_view developers[] = {"development", "test"};

NodeId first_document(const ConfigTree& tree) {
  for (NodeId id : tree.documents()) {
    if (tree.first(id) != no_node) return id;
  }
  return no_node;
}

bool has_path(const TreeDialect& dialect, std::string_view path) {
  std::string_view base = base_name(path);
  return std::any_of(dialect.paths.begin(), dialect.paths.end(), [&](std::string_view pattern) {
    bool deep = pattern.find('/') != std::string_view::npos;
    return deep ? path_match(pattern, path) : glob_match(pattern, base, '/');
  });
}

// Those that recognise a file by its content, the surest first.
const std::vector<const TreeDialect*>& recognisers() {
  static const std::vector<const TreeDialect*> sorted = [] {
    std::vector<const TreeDialect*> list;
    for (const TreeDialect* dialect : tree_dialects()) {
      if (dialect->recognises) list.push_back(dialect);
    }
    std::stable_sort(list.begin(), list.end(), [](auto* a, auto* b) { return a->certainty > b->certainty; });
    return list;
  }();
  return sorted;
}

// A file whose top keys are named environments, whatever reads it.
bool has_environments(const ParsedFile& file) {
  auto has = [&](std::string_view key) { return file.tree.find(file.top, key) != no_node; };
  return has("production") && (has("development") || has("test"));
}

}  // namespace

std::vector<Format> with_dialects(const Format& plain) {
  std::vector<Format> formats{plain};
  for (const TreeDialect* dialect : tree_dialects()) formats.push_back(dialect->format);
  return formats;
}

std::vector<EntryRoot> document_roots(const ParsedFile& file) {
  std::vector<EntryRoot> roots;
  for (NodeId id : file.tree.documents()) {
    EntryRoot root;
    root.node = id;
    root.index = static_cast<uint32_t>(roots.size());
    roots.push_back(root);
  }
  return roots;
}

namespace {

const TreeDialect* find_dialect(const ParsedFile& file, TreeReader::Tells by) {
  const TreeDialect* named = nullptr;
  for (const TreeDialect* dialect : tree_dialects()) {
    if (!named && has_path(*dialect, file.path)) named = dialect;
  }
  // A name is sure unless its dialect also goes by content, and the content is more surely another's.
  bool sure = named && !named->recognises;
  if (sure || file.top == no_node || by == TreeReader::Tells::Path) return named;
  for (const TreeDialect* dialect : recognisers()) {
    if (named && dialect->certainty <= named->certainty) return named;
    if (dialect->recognises(file)) return dialect;
  }
  return named;
}

void add_dialect_facts(const ParsedFile& file, const TreeDialect& dialect, uint32_t forms, FileFacts& facts,
                       EmbeddedTexts* texts) {
  const ConfigTree& tree = file.tree;
  facts.set_format(dialect.format.name);
  if (dialect.data) return;
  std::vector<std::string_view> development(dialect.development.begin(), dialect.development.end());
  size_t shell_left = tree.source().size() * 2 + 100'000;
  for (const EntryRoot& root : dialect.roots ? dialect.roots(file) : document_roots(file)) {
    add_entries(facts, tree, root, forms, development, texts);
    if (dialect.derive) dialect.derive({tree, facts, root, forms, dialect.role, shell_left});
    if (facts.full() || facts.own_count() >= most_entries) break;
  }
  facts.add_steps(tree.steps());
  if (tree.exhausted()) facts.lose(Unread::OverBudget, "its aliases repeat too much; the rest is left out");
}

}  // namespace

void add_tree_facts(const SourceFile& source, const ConfigTree& tree, const TreeReader& reader, FileFacts& facts) {
  ParsedFile file{source.path, tree, first_document(tree)};
  EmbeddedTexts in_it(facts, tree);
  EmbeddedTexts* texts = source.embedded ? nullptr : &in_it;
  if (const TreeDialect* dialect = find_dialect(file, reader.tells))
    return add_dialect_facts(file, *dialect, reader.forms | dialect->forms, facts, texts);
  TreeDialect none;
  none.format.name = reader.plain;
  if (has_environments(file)) none.development = developers;
  add_dialect_facts(file, none, reader.forms, facts, texts);
}

}  // namespace tfcheck
