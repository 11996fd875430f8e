#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "languages/shell/walker.h"

namespace tfcheck::shell {

namespace {

constexpr size_t longest_condition = 1024;
constexpr size_t most_operands = 64;
constexpr size_t longest_name = 80;  // of an environment or its settings

constexpr std::string_view development_names[] = {"dev", "develop", "development", "local", "debug", "test", "testing"};
constexpr std::string_view production_names[] = {"prod", "production", "live"};

Span cover(std::span<const Child> nodes) {
  Span all{};
  for (const Child& child : nodes) {
    if (!child.node.named()) continue;
    if (all.end == 0) all.begin = child.node.span().begin;
    all.end = child.node.span().end;
  }
  return all;
}

// "development", "Dev", and what names a class or file of settings for it: "config.DevelopmentConfig".
bool is_development(std::string_view word) {
  if (contains_in_any_case(development_names, word)) return true;
  if (word.size() > longest_name || word.find_first_of("/ $") != std::string_view::npos) return false;
  std::string snake = snake_case(word);
  std::vector<std::string_view> words = split(snake, '_');
  return std::any_of(words.begin(), words.end(), [](std::string_view one) { return one == "development"; });
}

// What the two arms of a branch are guarded by.
struct Guards {
  uint32_t then = 0, otherwise = 0;
};

// DevGuard of the arm that only the name of a development environment leads to, or only another name than that of
// production.
Guards guards(std::span<const Arg> operands) {
  std::string_view op;
  Guards found;
  bool plain = true;  // one comparison decides
  for (const Arg& operand : operands) {
    std::string_view word = operand.value.is(ValueKind::String) ? operand.value.text : std::string_view{};
    bool development = is_development(word), production = contains_in_any_case(production_names, word);
    if ((op == "=" && development) || (op == "!=" && production)) found.then = context::DevGuard;
    if ((op == "=" && production) || (op == "!=" && development)) found.otherwise = context::DevGuard;
    if (word == "!") return {};
    plain &= word != "&&" && word != "-a" && word != "||" && word != "-o";
    op = word == "==" ? "=" : word == "=" || word == "!=" ? word : std::string_view{};
  }
  if (!plain) found.otherwise = 0;
  return found;
}

std::string_view unquoted(std::string_view word) {
  bool quoted = word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front();
  return quoted ? word.substr(1, word.size() - 2) : word;
}

}  // namespace

// What a condition compares, in order: variables, literals and operators. Commands have facts of their own.
std::vector<Arg> Walker::operands(std::span<const Child> condition, const Frame& frame) {
  std::vector<Arg> found;
  std::vector<Node> open;
  for (size_t i = condition.size(); i-- > 0;) open.push_back(condition[i].node);
  while (!open.empty() && found.size() < most_operands) {
    Node node = open.back();
    open.pop_back();
    if (!node) continue;
    switch (kind(node)) {
      case Kind::Test:
      case Kind::Binary:
      case Kind::Unary:
      case Kind::Parenthesized:
      case Kind::Negated:
      case Kind::List: {
        std::vector<Child> below = children(node);
        for (size_t i = below.size(); i-- > 0;) open.push_back(below[i].node);
        break;
      }
      case Kind::Word:
      case Kind::String:
      case Kind::RawString:
      case Kind::Number:
      case Kind::Concatenation:
      case Kind::Expansion:
      case Kind::SimpleExpansion:
      case Kind::CommandSubstitution:
        found.push_back({{}, reader_.read(node, frame.context())});
        break;
      case Kind::Redirected:
        open.push_back(node.field("body"));
        break;
      case Kind::Command:
      case Kind::Pipeline:
      case Kind::Subshell:
      case Kind::Compound:
        break;
      default: {
        std::string_view word = text(node);
        bool bracket = word == "[" || word == "]" || word == "[[" || word == "]]" || word == ";";
        if (!bracket && word.size() < 40) found.push_back({{}, reader_.string(word, node)});
      }
    }
  }
  return found;
}

void Walker::branch(std::string_view name, Node node, std::span<const Child> condition, const Frame& frame) {
  size_t before = facts_.facts().size();
  std::vector<Arg> args = operands(condition, frame);
  // The test itself is walked as well: its reads and substitutions would be told twice.
  if (facts_.facts().size() > before) facts_.facts().resize(before);
  (void)reader_.take_substitutions();
  Span range = cover(condition);
  std::string_view words =
      source_.text().substr(range.begin, std::min<size_t>(range.end - range.begin, longest_condition));
  facts_.add(FactKind::Branch, name, span(node), facts_.string(words, source_.span(range)), args, frame.context());
}

void Walker::test(Node node, const Frame& frame) {
  reader_.scan(node, frame.context());
  substitutions(frame);
}

void Walker::if_statement(Node node, const Frame& frame) {
  std::vector<Child> parts = children(node);
  auto then = std::find_if(parts.begin(), parts.end(), [&](const Child& part) { return text(part.node) == "then"; });
  if (parts.empty() || then == parts.end()) return sequence(parts, frame);
  std::span<const Child> condition(parts.data() + 1, static_cast<size_t>(then - parts.begin()) - 1);
  branch("if", node, condition, frame);
  Guards arms = facts_.full() ? Guards{} : guards(facts_.facts().back().args());
  uint32_t flags = context::InCondition | arms.then;
  sequence(condition, frame.with(0));
  size_t rest = static_cast<size_t>(then - parts.begin()) + 1;
  size_t body_end = rest;
  while (body_end < parts.size() && kind(parts[body_end].node) != Kind::Elif &&
         kind(parts[body_end].node) != Kind::Else) {
    ++body_end;
  }
  sequence({parts.data() + rest, body_end - rest}, frame.with(flags));
  for (size_t i = body_end; i < parts.size(); ++i) {
    if (kind(parts[i].node) == Kind::Elif) {
      if_statement(parts[i].node, frame);
    } else if (kind(parts[i].node) == Kind::Else) {
      sequence(children(parts[i].node), frame.with(context::InCondition | arms.otherwise));
    }
  }
}

namespace {

// `break` in the loop's own body: the loop has a way out. Loops below it are not looked into.
bool breaks(Node body, std::string_view source) {
  std::vector<Node> open{body};
  while (!open.empty()) {
    Node node = open.back();
    open.pop_back();
    Kind what = kind(node);
    if (what == Kind::Command && node.text(source).substr(0, 5) == "break") return true;
    if (what == Kind::While || what == Kind::For || what == Kind::CFor || what == Kind::Function ||
        what == Kind::Command)
      continue;
    for (const Child& child : children(node)) {
      if (child.node.named()) open.push_back(child.node);
    }
  }
  return false;
}

}  // namespace

bool Walker::forever(Node loop, std::span<const Child> condition) const {
  Span range = cover(condition);
  std::string_view test_text = trim(source_.text().substr(range.begin, range.end - range.begin));
  bool until = text(loop).starts_with("until");
  static constexpr std::string_view truths[] = {"true",     ":",          "/bin/true", "[ 1 ]",   "[[ 1 ]]",
                                                "[ true ]", "[[ true ]]", "((1))",     "(( 1 ))", "[ : ]"};
  static constexpr std::string_view lies[] = {"false", "! true", "[ 0 = 1 ]"};
  bool endless = until ? contains_in_any_case(lies, test_text)
                       : contains_in_any_case(truths, test_text) || test_text.starts_with("sleep ");
  return endless && !breaks(loop.field("body"), source_.text());
}

void Walker::while_statement(Node node, const Frame& frame) {
  std::vector<Child> parts = children(node);
  Node body = node.field("body");
  if (!body || parts.size() < 2) return sequence(parts, frame);
  std::span<const Child> condition(parts.data() + 1, parts.size() - 2);
  branch(text(node).starts_with("until") ? "until" : "while", node, condition, frame);
  uint32_t flags = context::InLoop;
  if (forever(node, condition)) {
    flags |= context::LoopForever;
    if (facts_.full()) return;
    Fact& fact = facts_.facts().back();
    fact.value = facts_.value(ValueKind::Bool, "true", fact.value.span);
  }
  sequence(condition, frame.with(flags));
  sequence(children(body), frame.with(flags));
}

void Walker::for_statement(Node node, const Frame& frame) {
  std::vector<Arg> words;
  std::vector<Child> over;
  for (const Child& part : children(node)) {
    if (part.field != Field::Value) continue;
    words.push_back({{}, reader_.read(part.node, frame.context())});
    over.push_back(part);
  }
  substitutions(frame);
  Span range = cover(over);
  std::string_view written =
      source_.text().substr(range.begin, std::min<size_t>(range.end - range.begin, longest_condition));
  facts_.add(FactKind::Branch, "for", span(node), facts_.string(written, source_.span(range)), words, frame.context());
  sequence(children(node.field("body")), frame.with(context::InLoop));
}

void Walker::c_for_statement(Node node, const Frame& frame) {
  std::vector<Child> condition;
  for (const Child& part : children(node)) {
    if (part.field == Field::Condition) condition.push_back(part);
  }
  reader_.scan(condition.empty() ? Node() : condition[0].node, frame.context());
  substitutions(frame);
  Node body = node.field("body");
  bool endless = condition.empty() && !breaks(body, source_.text());
  Span range = cover(condition);
  std::string_view written =
      source_.text().substr(range.begin, std::min<size_t>(range.end - range.begin, longest_condition));
  Value value =
      endless ? facts_.value(ValueKind::Bool, "true", span(node)) : facts_.string(written, source_.span(range));
  facts_.add(FactKind::Branch, "for", span(node), value, {}, frame.context());
  sequence(children(body), frame.with(context::InLoop | (endless ? context::LoopForever : 0u)));
}

void Walker::case_statement(Node node, const Frame& frame) {
  std::vector<Child> parts = children(node);
  std::vector<Arg> args;
  Span subject{};
  for (const Child& part : parts) {
    if (part.field != Field::Value) continue;
    args.push_back({{}, reader_.read(part.node, frame.context())});
    subject = part.node.span();
  }
  substitutions(frame);
  size_t fact = facts_.facts().size();
  std::string_view written =
      source_.text().substr(subject.begin, std::min<size_t>(subject.end - subject.begin, longest_condition));
  facts_.add(FactKind::Branch, "case", span(node), facts_.string(written, source_.span(subject)), {}, frame.context());
  bool production = false, development = false;  // arms above
  for (const Child& part : parts) {
    if (kind(part.node) != Kind::CaseItem) continue;
    std::vector<Child> item_parts = children(part.node);
    uint32_t flags = context::InCondition;
    size_t body = 0;
    bool production_here = false;
    for (; body < item_parts.size() && text(item_parts[body].node) != ")"; ++body) {
      if (item_parts[body].field != Field::Value) continue;
      if (args.size() < most_operands)
        args.push_back({{}, reader_.string(text(item_parts[body].node), item_parts[body].node)});
      std::string_view name = unquoted(text(item_parts[body].node));
      bool rest = name == "*" && production && !development;
      if (is_development(name) || rest) flags |= context::DevGuard;
      production_here |= contains_in_any_case(production_names, name);
      development |= is_development(name);
    }
    if (production_here) flags &= ~uint32_t{context::DevGuard};
    production |= production_here;
    body = std::min(body + 1, item_parts.size());
    sequence(std::span<const Child>(item_parts).subspan(body), frame.with(flags));
  }
  if (fact < facts_.facts().size()) facts_.set_args(facts_.facts()[fact], args);
}

}  // namespace tfcheck::shell
