#include "languages/shell/flatten.h"

namespace tfcheck::shell {

namespace {

enum class Step { Visit, Operator, Redirect };

struct Pending {
  Node node;
  Step step = Step::Visit;
};

bool is_redirect(Node node) {
  Kind what = kind(node);
  return what == Kind::FileRedirect || what == Kind::HeredocRedirect || what == Kind::HereString;
}

Pending pending(const Child& child) {
  if (is_redirect(child.node)) return {child.node, Step::Redirect};
  return {child.node, child.node.named() ? Step::Visit : Step::Operator};
}

// A here-document's line goes on behind its start: `cat <<EOF | grep x`, `sh <<EOF && next`.
std::vector<Pending> behind_heredoc(Node heredoc) {
  std::vector<Pending> steps;
  for (const Child& child : children(heredoc)) {
    Kind what = kind(child.node);
    if (what == Kind::Pipeline) {
      for (const Child& part : children(child.node)) steps.push_back(pending(part));
    } else if (child.field == Field::Operator || child.field == Field::Right || is_redirect(child.node)) {
      steps.push_back(pending(child));
    }
  }
  return steps;
}

}  // namespace

size_t first_line(std::span<const Child> parts, std::string_view text) {
  for (size_t i = 1; i < parts.size(); ++i) {
    uint32_t from = parts[i - 1].node.span().end, to = parts[i].node.span().begin;
    if (to <= from) continue;
    std::string_view gap = text.substr(from, to - from);
    for (size_t at = gap.find('\n'); at != std::string_view::npos; at = gap.find('\n', at + 1)) {
      if (at == 0 || gap[at - 1] != '\\') return i;
    }
  }
  return parts.size();
}

namespace {

// The lines of a command or redirect as items; the first keeps the operator before it.
void add_lines(std::vector<Item>& items, Node node, std::span<const Child> parts, std::string_view before,
               std::string_view text) {
  while (!parts.empty()) {
    size_t count = first_line(parts, text);
    items.push_back({node, before, {}, {parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count)}});
    parts = parts.subspan(count);
    before = "\n";
  }
}

}  // namespace

std::vector<Item> flatten(Node statement, std::string_view text) {
  std::vector<Item> items;
  std::string_view op;
  std::vector<Pending> open{{statement, Step::Visit}};
  auto push = [&](const std::vector<Pending>& steps) { open.insert(open.end(), steps.rbegin(), steps.rend()); };
  while (!open.empty()) {
    Pending next = open.back();
    open.pop_back();
    Kind what = kind(next.node);
    if (next.step == Step::Operator) {
      op = next.node.text(text);
      if (op == "|&") op = "|";
    } else if (next.step == Step::Redirect) {
      if (items.empty()) items.push_back({next.node});
      items.back().redirects.push_back(next.node);
      if (what == Kind::HeredocRedirect) push(behind_heredoc(next.node));
      if (what != Kind::FileRedirect) continue;
      std::vector<Child> parts = children(next.node);
      add_lines(items, next.node, std::span<const Child>(parts).subspan(first_line(parts, text)), "\n", text);
    } else if (what == Kind::List || what == Kind::Pipeline || what == Kind::Redirected) {
      std::vector<Pending> steps;
      for (const Child& child : children(next.node)) steps.push_back(pending(child));
      push(steps);
    } else {
      std::string_view before = items.empty() ? std::string_view{} : op;
      op = {};
      if (what == Kind::Command || what == Kind::Unset) {
        add_lines(items, next.node, children(next.node), before, text);
      } else {
        items.push_back({next.node, before});
      }
    }
  }
  return items;
}

}  // namespace tfcheck::shell
