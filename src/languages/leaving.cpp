// What ends a loop without an end.
#include "base/text.h"
#include "languages/code_walker.h"

namespace tfcheck {

void CodeWalker::leave_loop(Node node) {
  if (!endless_.loop || endless_.failed) return;
  bool labelled = has_content(node);  // `break poll;` names a loop farther out
  if (endless_.innermost || labelled) facts_.add(FactKind::Branch, "leave", node.span(), {}, {}, context());
}

void CodeWalker::leave_function(Node node) {
  if (endless_.loop && !endless_.failed) facts_.add(FactKind::Branch, "leave", node.span(), {}, {}, context());
}

// What a list of one holds, as deep as lists stand in each other.
Node CodeWalker::only_part(Node node) const {
  for (int depth = 0; depth < 3 && node.named_count() == 1; ++depth) {
    node = node.named_child(0);
    if (role(node) != Role::None && role(node) != Role::Through) break;
  }
  return node;
}

void CodeWalker::add_returned(const Value& value) {
  constexpr size_t shortest = 6;
  bool text =
      value.is(ValueKind::String) && value.text.size() >= shortest && value.text.find(' ') == std::string_view::npos;
  if (text) facts_.add(FactKind::Entry, "return", value.span, value, {}, context());
}

bool leaves_loop(CodeWalker& walker, Node node) {
  walker.leave_loop(node);
  return false;
}

bool leaves_function(CodeWalker& walker, Node node) {
  walker.leave_function(node);
  Node returned = walker.only_part(node);
  if (walker.role(returned) != Role::String) return false;
  walker.add_returned(walker.eval(returned));
  return true;
}

bool has_own_breaks(CodeWalker& walker, Node node) {
  walker.within_switch([&] { walker.within(context::InCondition, {}, [&] { walker.walk_children(node); }); });
  return true;
}

bool may_run(CodeWalker& walker, Node node) {
  walker.within(context::InCondition, {}, [&] { walker.walk_children(node); });
  return true;
}

bool handles_failure(CodeWalker& walker, Node node) {
  walker.within_handler([&] { walker.walk_children(node); });
  return true;
}

}  // namespace tfcheck
