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
      if (items.empty()) items.push_back({});
      items.back().redirects.push_back(next.node);
      if (what == Kind::HeredocRedirect) push(behind_heredoc(next.node));
    } else if (what == Kind::List || what == Kind::Pipeline || what == Kind::Redirected) {
      std::vector<Pending> steps;
      for (const Child& child : children(next.node)) steps.push_back(pending(child));
      push(steps);
    } else {
      items.push_back({next.node, items.empty() ? std::string_view{} : op, {}});
      op = {};
    }
  }
  return items;
}

}  // namespace tfcheck::shell
