// Shapes for the growth test: each makes files that grow in one way only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tfcheck::test {

using Files = std::vector<std::pair<std::string, std::string>>;

// One thing n times: the pattern, with the number of each in the place of "{i}", between a head and a tail. A path with
// "{i}" makes n files of it. `beside` holds further files; a pattern of its own grows with the first one.
struct Shape {
  std::string_view name;
  std::string_view path;
  std::string_view pattern;
  std::string_view head = "";
  std::string_view tail = "";
  std::string_view beside_path = "";
  std::string_view beside_pattern = "";
  std::string_view beside_head = "";
  std::string_view beside_tail = "";
};

// Those that cost as much again when they are twice as large.
std::vector<Shape> shapes();
// Those where each of n things repeats a text of n bytes.
std::vector<Shape> product_shapes();
Files files_of(const Shape& shape, int count);

}  // namespace tfcheck::test
