#include "languages/shell/walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "languages/shell/walker.h"

namespace tfcheck::shell {

namespace {

constexpr size_t most_pipes = 2000;

// Bars without a statement's end between them. The parser's time grows with their square and knows no limit.
size_t longest_pipeline(std::string_view text) {
  size_t longest = 0, bars = 0;
  char last = '\n';  // that is no blank
  for (char c : text) {
    if (c == '|') longest = std::max(longest, ++bars);
    if (c == ';' || (c == '\n' && last != '|' && last != '\\' && last != '&')) bars = 0;
    if (c != ' ' && c != '\t' && c != '\n') last = c;
  }
  return longest;
}

// True when a statement follows behind the `;` at `at`.
bool goes_on(std::span<const Child> nodes, size_t at) {
  return at + 1 < nodes.size() && nodes[at + 1].node.named() && kind(nodes[at + 1].node) != Kind::Elif &&
         kind(nodes[at + 1].node) != Kind::Else;
}

// `server & wait $!`, also with `pid=$!` and a trap between: the script stands still until it ends.
bool is_awaited(std::span<const Child> nodes, size_t at, std::string_view source) {
  for (size_t i = at + 1; i < nodes.size(); ++i) {
    const Node& node = nodes[i].node;
    if (!node.named() || kind(node) == Kind::Comment) continue;
    std::string_view text = node.text(source);
    if (before_first(text, ' ') == "wait") return true;
    bool between = text.starts_with("trap ") || (text.find("=$!") != std::string_view::npos && text.size() <= 40);
    if (!between) return false;
  }
  return false;
}

}  // namespace

void Walker::sequence(std::span<const Child> nodes, const Frame& frame) {
  if (frame.depth > deepest_statement) return lose_deep();
  size_t last = nodes.size();
  while (last > 0 && !nodes[last - 1].node.named()) --last;
  --last;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].node.named()) continue;
    std::string_view end =
        i + 1 < nodes.size() && !nodes[i + 1].node.named() ? text(nodes[i + 1].node) : std::string_view{};
    Frame inner = frame;
    if (i != last) inner.flags &= ~uint32_t{context::AndNext};
    if (!frame.shared) inner.index = next_index_++;
    if (end == "&") inner.flags |= context::Background;
    if (end == "&" && is_awaited(nodes, i, source_.text()))
      inner.redirects.push_back({"awaited", facts_.value(ValueKind::Bool, "true", span(nodes[i].node))});
    if (end == ";" && goes_on(nodes, i + 1)) inner.flags |= context::AndNext;
    statement(nodes[i].node, inner);
  }
}

void Walker::statement(Node node, const Frame& frame) {
  std::vector<Item> items = flatten(node, source_.text());
  for (size_t begin = 0; begin < items.size();) {
    size_t end = begin + 1;
    while (end < items.size() && items[end].before != "\n") ++end;
    Frame own = frame;
    if (begin > 0 && !frame.shared) own.index = next_index_++;
    if (end < items.size()) own.flags &= ~uint32_t{context::Background | context::AndNext};
    row(std::span<const Item>(items).subspan(begin, end - begin), std::move(own));
    begin = end;
  }
}

// The commands of one line, joined by | && ||.
void Walker::row(std::span<const Item> items, Frame frame) {
  uint32_t last_flags = frame.flags & context::AndNext;
  bool conditional = false;
  if (items.size() > 1) frame.shared = true;
  for (size_t i = 0; i < items.size(); ++i) {
    std::string_view before = i > 0 ? items[i].before : std::string_view{};
    std::string_view after = i + 1 < items.size() ? items[i + 1].before : std::string_view{};
    Frame own = frame;
    own.flags &= ~uint32_t{context::AndNext};
    if (before == "&&" || before == "||") conditional = true;
    if (before == "|") own.flags |= context::PipeIn;
    if (after == "|") own.flags |= context::PipeOut;
    if (after == "&&") own.flags |= context::AndNext;
    if (i + 1 == items.size()) own.flags |= last_flags;
    if (conditional) own.flags |= context::InCondition;
    if (kind(items[i].node) == Kind::Test && (after == "&&" || after == "||")) {
      Child condition{items[i].node};
      branch("if", items[i].node, {&condition, 1}, own);
    }
    item(items[i], own);
  }
}

void Walker::item(const Item& item, const Frame& frame) {
  if (frame.depth > deepest_statement) return lose_deep();
  Node node = item.node;
  Frame inner = frame.with(0);
  Kind what = kind(node);
  if (what != Kind::Compound && what != Kind::Subshell) inner.flags &= ~uint32_t{context::AndNext};
  if (!item.parts.empty()) return command(item, frame);
  if (!item.redirects.empty()) {
    std::vector<Word> extra;
    for (Node redirect_node : item.redirects) redirect(redirect_node, frame, extra, inner.redirects);
  }
  switch (what) {
    case Kind::Negated:
      inner.shared = true;
      inner.flags = frame.flags | context::Negated;
      return sequence(children(node), inner);
    case Kind::If:
      return if_statement(node, inner);
    case Kind::While:
      return while_statement(node, inner);
    case Kind::For:
      return for_statement(node, inner);
    case Kind::CFor:
      return c_for_statement(node, inner);
    case Kind::Case:
      return case_statement(node, inner);
    case Kind::Test:
      return test(node, inner);
    case Kind::Function:
      return function(node, inner);
    case Kind::Declaration:
      return declaration(node, inner);
    case Kind::Assignment:
      return assignment(node, inner, {});
    case Kind::Assignments:
      for (const Child& child : children(node)) assignment(child.node, inner, {});
      return;
    default:
      return sequence(children(node), inner);
  }
}

void Walker::substitutions(const Frame& frame) {
  for (Node node : reader_.take_substitutions()) {
    constexpr uint32_t outer = context::PipeIn | context::PipeOut | context::AndNext | context::Negated | context::Exec;
    Frame inner = frame.with(context::Substitution);
    inner.flags &= ~uint32_t{outer};
    inner.shared = true;
    inner.redirects.clear();
    sequence(children(node), inner);
  }
}

void Walker::function(Node node, const Frame& frame) {
  Node name = node.field("name");
  Node body = node.field("body");
  if (!name || !body) return;
  Frame inner = frame.with(context::InFunction);
  inner.shared = false;
  std::string scope(frame.scope);
  if (depth_.script) {
    if (!scope.empty()) scope += '.';
    scope += text(name);
  }
  inner.scope = scope;
  Child child{body};
  sequence({&child, 1}, inner);
}

void Walker::assignment(Node node, const Frame& frame, std::string_view by) {
  if (kind(node) != Kind::Assignment) return;
  Node name_node = node.field("name");
  Node value_node = node.field("value");
  if (!name_node) return;
  bool plain = kind(name_node) == Kind::VariableName;
  std::string_view name = text(plain ? name_node : name_node.field("name") ? name_node.field("name") : name_node);
  bool appends = text(node).substr(name_node.span().end - node.span().begin).starts_with("+");
  bool was_read = variables_.was_read(name);
  Value value = facts_.string({}, span(node));
  if (kind(value_node) == Kind::Array) {
    std::vector<Arg> items;
    for (const Child& child : children(value_node)) {
      if (child.node.named()) items.push_back({{}, reader_.read(child.node, frame.context())});
    }
    value = facts_.with_items(ValueKind::List, {}, items, span(value_node));
  } else if (value_node) {
    value = reader_.read(value_node, frame.context());
  }
  bool fallback = was_read && (frame.flags & context::InCondition) && value.is_literal();
  Arg item{{}, value};
  Value worth = fallback ? facts_.with_items(ValueKind::Env, name, {&item, 1}, value.span) : value;
  if (appends || !plain) worth = {};
  variables_.assign(name, worth, frame.flags);
  if (fallback) facts_.add(FactKind::EnvRead, name, span(node), value, {}, frame.context());
  Arg declared{"by", by.empty() ? Value{} : facts_.string(by, span(node))};
  facts_.add(FactKind::Assign, text(name_node), span(node), value, {&declared, by.empty() ? 0u : 1u}, frame.context());
  substitutions(frame);
}

void Walker::declaration(Node node, const Frame& frame) {
  std::vector<Child> parts = children(node);
  if (parts.empty()) return;
  std::string_view keyword = text(parts[0].node);
  for (const Child& part : parts) {
    if (kind(part.node) == Kind::Assignment) {
      assignment(part.node, frame, keyword);
    } else if (part.node.named() && kind(part.node) != Kind::VariableName) {
      reader_.scan(part.node, frame.context());
      substitutions(frame);
    }
  }
}

Walked walk_text(FileFacts& facts, const ShellText& shell, Depth depth) {
  Source source(shell.text, shell.offset, shell.whole);
  if (longest_pipeline(source.text()) > most_pipes) {
    facts.lose(Unread::TooDeep, "shell text with a pipeline of thousands of commands was not read");
    return {shell.index, true};
  }
  Tree tree(grammar, source.masked(), facts.parsing());
  if (!tree) {
    facts.lose(tree.unread(), fmt::format("shell text was not parsed: {}", to_string(tree.unread())));
    return {shell.index, true};
  }
  Walker walker(facts, source, shell, depth, tree.root());
  Frame frame{shell.scope, shell.index, shell.flags};
  walker.sequence(children(tree.root()), frame);
  return {walker.next_index(), tree.root().has_error()};
}

}  // namespace tfcheck::shell
