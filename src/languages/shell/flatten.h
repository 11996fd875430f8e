// `a | b > f && c || d` as the flat row of statements that it is, whatever shape the grammar gave it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "languages/shell/nodes.h"

namespace tfcheck::shell {

struct Item {
  Node node;
  std::string_view before{};      // "|", "&&", "||", "\n" (a new statement), "" for the first
  std::vector<Node> redirects{};  // nodes of kind FileRedirect, HeredocRedirect, HereString
  std::vector<Child> parts{};     // of a command: its children, of this line only
};

// The items of a statement in order, without recursion: machine-made lists are thousands long. Behind a pipeline the
// grammar now and then takes the next line for more words of the last command: such a line is an item of its own.
std::vector<Item> flatten(Node statement, std::string_view text);

// The parts up to the first line end between two of them; line continuations are none.
size_t first_line(std::span<const Child> parts, std::string_view text);

}  // namespace tfcheck::shell
