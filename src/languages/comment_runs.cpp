#include "languages/comment_runs.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tfcheck {

namespace {

// So many lines cost some four units a byte (base/work.h).
constexpr size_t longest_walked = 64;

std::vector<Span> long_comment_runs(std::string_view text, bool (*is_comment)(std::string_view)) {
  std::vector<Span> runs;
  Span run;
  size_t lines = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    size_t indent = line.find_first_not_of(" \t\f");
    if (indent != std::string_view::npos) {
      if (!is_comment(line.substr(indent))) {
        if (lines > longest_walked) runs.push_back(run);
        lines = 0;
      } else {
        if (lines++ == 0) run.begin = static_cast<uint32_t>(begin);
        run.end = static_cast<uint32_t>(end);
      }
    }
    begin = end + 1;
  }
  if (lines > longest_walked) runs.push_back(run);
  return runs;
}

std::string blanked(std::string_view text, std::span<const Span> runs) {
  std::string blank(text);
  for (Span run : runs) {
    for (size_t i = run.begin; i < run.end; ++i) {
      if (blank[i] != '\n' && blank[i] != '\r') blank[i] = ' ';
    }
  }
  return blank;
}

// Whether no token, string or comment holds any part of a run: then the runs were comments of their own, and the tree
// is that of the text with them.
bool lie_between_tokens(std::span<const Span> runs, const Tree& tree, const CompiledLanguage& language) {
  TSTreeCursor cursor = ts_tree_cursor_new(tree.root().raw());
  bool between = true;
  size_t next = 0;
  for (bool more = true; more;) {
    Node node(ts_tree_cursor_current_node(&cursor));
    Span span = node.span();
    while (next < runs.size() && runs[next].end <= span.begin) ++next;
    if (next == runs.size()) break;
    if (span.begin < span.end && runs[next].begin < span.end) {
      bool is_token = node.child_count() == 0 || language.row(node.symbol()).role == Role::String;
      if (is_token) between = false;
      if (is_token) break;
      if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    }
    while (more && !ts_tree_cursor_goto_next_sibling(&cursor)) more = ts_tree_cursor_goto_parent(&cursor);
  }
  ts_tree_cursor_delete(&cursor);
  return between;
}

}  // namespace

Tree parse_code(const CompiledLanguage& language, std::string_view source, ParseWork& work) {
  Grammar grammar = language.language().grammar;
  std::vector<Span> runs;
  if (language.language().comment_line) runs = long_comment_runs(source, language.language().comment_line);
  if (runs.empty()) return Tree(grammar, source, work);
  Tree blank(grammar, blanked(source, runs), work);
  bool is_certain = blank && !blank.root().has_error() && lie_between_tokens(runs, blank, language);
  if (is_certain) return blank;
  Tree plain(grammar, source, work);
  return plain || !blank ? std::move(plain) : std::move(blank);
}

}  // namespace tfcheck
