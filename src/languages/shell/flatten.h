// `a | b > f && c || d` as the flat row of statements that it is, whatever shape the grammar gave it.
#pragma once

#include <string_view>
#include <vector>

#include "languages/shell/nodes.h"

namespace tfcheck::shell {

struct Item {
  Node node;
  std::string_view before;      // "|", "&&", "||", "" for the first
  std::vector<Node> redirects;  // nodes of kind FileRedirect, HeredocRedirect, HereString
};

// The items of a statement in order, without recursion: machine-made lists are thousands long.
std::vector<Item> flatten(Node statement, std::string_view text);

}  // namespace tfcheck::shell
