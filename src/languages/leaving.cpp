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

bool leaves_loop(CodeWalker& walker, Node node) {
  walker.leave_loop(node);
  return false;
}

bool leaves_function(CodeWalker& walker, Node node) {
  walker.leave_function(node);
  return false;
}

bool has_own_breaks(CodeWalker& walker, Node node) {
  walker.within_switch([&] { walker.within(context::InCondition, {}, [&] { walker.walk_children(node); }); });
  return true;
}

bool handles_failure(CodeWalker& walker, Node node) {
  walker.within_handler([&] { walker.walk_children(node); });
  return true;
}

}  // namespace tfcheck
