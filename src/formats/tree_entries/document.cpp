#include "formats/tree_entries/document.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "formats/shared/commands.h"
#include "formats/shared/references.h"

namespace tfcheck {

namespace {

constexpr size_t most_words = 200;
constexpr uint32_t deepest_script = 10;

struct ImageText {
  std::string_view name;
  std::string_view tag;     // with its "@" when it is a digest
  std::string_view beside;  // a tag in front of a digest
};

// Splits at the tag's colon: the first one behind the last slash that is not inside ${…} or {{…}}.
ImageText split_image(std::string_view text) {
  size_t colon = std::string_view::npos;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (depth > 0) continue;
    if (c == '/') colon = std::string_view::npos;
    if (c == '@') {
      std::string_view name = text.substr(0, std::min(i, colon));
      std::string_view tag =
          colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1, i - colon - 1);
      return {name, text.substr(i), tag};
    }
    if (c == ':' && colon == std::string_view::npos) colon = i;
  }
  if (colon == std::string_view::npos) return {text, {}, {}};
  return {text.substr(0, colon), text.substr(colon + 1), {}};
}

// The default of a variable that is the whole image, `${IMAGE:-acme/web:1}`; the text itself for every other one.
std::string_view default_image(std::string_view text, uint32_t forms) {
  size_t budget = most_unclosed;
  std::optional<Reference> found = next_reference(text, 0, forms | references::tree, budget);
  bool whole = found && found->begin == 0 && found->end == text.size();
  return whole && found->has == Reference::Default::Text && !found->fallback.empty() ? found->fallback : text;
}

void emit_image(const Document& document, const ImageText& image, Value tag, Span span, std::string_view scope,
                bool built) {
  std::string_view name = image.name;
  Value known = text_value(document.facts, name, span, document.forms);
  if (!known.is(ValueKind::String) && !known.is(ValueKind::Template)) return;
  // "{{ .Values.repo }}" alone says nothing; "${REGISTRY}/web" does.
  size_t last = name.rfind('}');
  if (known.is(ValueKind::Template) && last != std::string_view::npos && last + 1 == name.size()) return;
  std::vector<Arg> args;
  if (built) args.push_back({"build", document.facts.value(ValueKind::Bool, "true", span)});
  if (!image.beside.empty()) args.push_back({"tag", document.facts.string(image.beside, span)});
  document.facts.add(FactKind::Image, name, span, tag, args, document.context(scope));
}

// `${{ x }}` is no shell: an arithmetic expansion of the same length is a word that nobody knows.
std::string without_expressions(std::string_view text) {
  std::string out(text);
  for (size_t at = out.find("{{"); at != std::string::npos; at = out.find("{{", at + 2)) {
    size_t close = out.find("}}", at);
    if (close == std::string::npos) break;
    size_t begin = at > 0 && out[at - 1] == '$' ? at - 1 : at;
    size_t length = close + 2 - begin;
    std::string word = length < 6 ? std::string(length, 'x') : "$((" + std::string(length - 5, '0') + "))";
    out.replace(begin, length, word);
  }
  return out;
}

// True when the file may read so much more shell text.
bool take_shell(const Document& document, size_t size) {
  if (document.shell_left < size) {
    if (document.shell_left > 0)
      document.facts.lose(Unread::OverBudget, "aliases repeat too many commands; the rest is left out");
    document.shell_left = 0;
    return false;
  }
  document.shell_left -= size;
  document.facts.add_steps(size);
  return true;
}

// The result is the first index that its commands leave free.
uint32_t add_shell_text(const Document& document, NodeId id, std::string_view scope, uint32_t index) {
  const ConfigNode& node = document.tree.node(id);
  if (!take_shell(document, node.text.size())) return index;
  ShellText shell;
  shell.scope = scope;
  shell.index = index;
  shell.flags = document.root.flags;
  std::string_view text = node.text;
  shell.whole = node.span;
  if (node.verbatim) {
    shell.offset = node.text_begin;
    shell.whole.reset();
  } else if (node.literal && node.text.find("<<") == std::string_view::npos) {
    // The indented lines mean the same to a shell and have places of their own, unless a here-document is among them.
    std::string_view source = document.tree.source().substr(node.span.begin, node.span.end - node.span.begin);
    size_t line = source.find('\n');
    if (line != std::string_view::npos) {
      text = source.substr(line + 1);
      shell.offset = node.span.begin + static_cast<uint32_t>(line) + 1;
      shell.whole.reset();
    }
  }
  std::string masked;
  if (text.find("{{") != std::string_view::npos) {
    masked = without_expressions(text);
    text = masked;
  }
  shell.text = text;
  return add_commands(document.facts, shell, document.role);
}

}  // namespace

std::string joined(std::string_view path, std::string_view key) {
  std::string out(path.substr(0, longest_path));
  if (!path.empty() && !key.empty()) out += '.';
  out += key;
  return out;
}

void add_image(const Document& document, NodeId scalar, std::string_view scope, bool built) {
  const ConfigNode& node = document.tree.node(scalar);
  if (node.kind == NodeKind::Scalar && !node.is_reference())
    add_image_text(document, node.text, node.span, scope, built);
}

void add_image_text(const Document& document, std::string_view text, Span span, std::string_view scope, bool built) {
  if (text.empty() || text.size() > longest_image || text.find('\n') != std::string_view::npos) return;
  ImageText parts = split_image(default_image(text, document.forms));
  if (parts.name.empty()) return;
  Value tag;
  if (!parts.tag.empty()) tag = text_value(document.facts, parts.tag, span, document.forms);
  emit_image(document, parts, tag, span, scope, built);
}

void add_image_parts(const Document& document, NodeId repository, NodeId tag, std::string_view registry,
                     std::string_view scope) {
  const ConfigNode& node = document.tree.node(repository);
  if (node.kind != NodeKind::Scalar || node.text.empty() || node.text.size() > longest_image) return;
  ImageText parts = split_image(node.text);
  std::string name = registry.empty() ? std::string(parts.name) : std::string(registry) + "/" + std::string(parts.name);
  const ConfigNode& version = document.tree.node(tag);
  Value value;
  if (version.kind == NodeKind::Scalar && !version.text.empty()) {
    value = text_value(document.facts, version.text, version.span, document.forms);
  } else if (!parts.tag.empty()) {
    value = document.facts.string(parts.tag, node.span);
  }
  parts.name = name;
  emit_image(document, parts, value, node.span, scope, false);
}

void add_image_or_name(const Document& document, NodeId image, std::string_view scope, std::string_view key) {
  NodeId scalar = document.tree.is(image, NodeKind::Map) ? document.tree.find(image, key) : image;
  add_image(document, scalar, scope);
}

void add_service_images(const Document& document, NodeId services, std::string_view path, std::string_view key) {
  const ConfigTree& tree = document.tree;
  uint32_t number = 0;
  bool list = tree.is(services, NodeKind::List);
  for (NodeId id = tree.first(services); id != no_node; id = tree.next(id)) {
    std::string scope = joined(path, list ? std::to_string(number++) : std::string(tree.own(id).key));
    bool map = tree.is(id, NodeKind::Map);
    add_image_or_name(document, id, map ? joined(scope, key) : scope, key);
  }
}

void add_command(const Document& document, NodeId value, std::string_view scope) {
  if (document.tree.is(value, NodeKind::List)) return add_words(document, value, no_node, scope);
  // "--flag" alone are arguments for the program that the image starts.
  std::string_view text = document.tree.text(value);
  size_t begin = text.substr(0, longest_path).find_first_not_of(" \t\n\r\f\v");
  if (begin != std::string_view::npos && text[begin] != '-') add_shell_text(document, value, scope, 0);
}

void add_variable(const Document& document, std::string_view path, std::string_view name, NodeId value) {
  const ConfigNode& node = document.tree.node(value);
  if (name.empty() || node.kind != NodeKind::Scalar) return;
  document.facts.add(FactKind::Entry, joined(path, name), node.span, scalar_value(document.facts, node, document.forms),
                     {}, document.context(path));
}

uint32_t add_script(const Document& document, NodeId value, std::string_view scope, uint32_t index) {
  if (!document.tree.is(value, NodeKind::List))
    return document.tree.text(value).empty() ? index : add_shell_text(document, value, scope, index);
  EntryRoot root;
  root.node = value;
  for (TreeWalk walk(document.tree, root); walk.next();) {
    if (walk.place().depth > deepest_script) continue;
    NodeId id = walk.place().node;
    if (document.tree.is(id, NodeKind::Map)) walk.skip();
    if (document.tree.text(id).empty()) continue;
    index = add_shell_text(document, id, scope, index);
  }
  return index;
}

void add_scripts(const Document& document, NodeId map, std::string_view path, std::span<const std::string_view> keys) {
  for (std::string_view key : keys) add_script(document, document.tree.find(map, key), joined(path, key));
}

void add_words(const Document& document, NodeId first, NodeId second, std::string_view scope, uint32_t skipped) {
  const ConfigTree& tree = document.tree;
  std::vector<Arg> words;
  Span span = tree.own(first != no_node ? first : second).span;
  for (NodeId list : {first, second}) {
    if (tree.is(list, NodeKind::Scalar))
      words.push_back({{}, scalar_value(document.facts, tree.node(list), document.forms)});
    if (!tree.is(list, NodeKind::List)) continue;
    for (NodeId id = tree.first(list); id != no_node && words.size() < most_words; id = tree.next(id)) {
      if (skipped > 0) {
        --skipped;
        continue;
      }
      if (!tree.is(id, NodeKind::Scalar)) continue;
      Value word = scalar_value(document.facts, tree.node(id), document.forms);
      if (word.is(ValueKind::Bool) || word.is(ValueKind::Number))
        word = document.facts.string(tree.text(id), word.span);
      words.push_back({{}, word});
    }
  }
  if (words.empty() || words[0].value.text.starts_with("-")) return;
  add_command_words(document.facts, words, {span, scope, 0, document.root.flags}, document.role);
}

// Where the text behind its first `from` bytes stands, when the scalar is written plainly or in plain quotes.
static Span span_behind(const ConfigNode& node, size_t from) {
  size_t raw = node.span.end - node.span.begin;
  auto skipped = static_cast<uint32_t>(from);
  if (raw == node.text.size()) return {node.span.begin + skipped, node.span.end};
  if (raw == node.text.size() + 2) return {node.span.begin + 1 + skipped, node.span.end - 1};
  return node.span;
}

void add_assignments(const Document& document, NodeId list, std::string_view path) {
  const ConfigTree& tree = document.tree;
  if (!tree.is(list, NodeKind::List)) return;
  for (NodeId id = tree.first(list); id != no_node; id = tree.next(id)) {
    const ConfigNode& node = tree.node(id);
    if (node.kind != NodeKind::Scalar || node.text.empty()) continue;
    size_t equals = node.text.substr(0, longest_path).find('=');
    if (equals == std::string_view::npos && node.text.size() > longest_path) continue;
    std::string_view name = trim(node.text.substr(0, equals));
    if (name.empty() || name.find(' ') != std::string_view::npos) continue;
    Value value = equals == std::string_view::npos ? document.facts.value(ValueKind::Env, name, node.span)
                                                   : text_value(document.facts, node.text.substr(equals + 1),
                                                                span_behind(node, equals + 1), document.forms);
    document.facts.add(FactKind::Entry, joined(path, name), node.span, value, {}, document.context(path));
  }
}

}  // namespace tfcheck
