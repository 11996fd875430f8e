// Words of shell text as values: quotes removed, variables resolved, everything else a ${…} placeholder. Reading a word
// adds the EnvRead facts of the variables in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/file_facts.h"
#include "languages/shell/nodes.h"
#include "languages/shell/source.h"
#include "languages/shell/variables.h"

namespace tfcheck::shell {

// One word of a command.
struct Word {
  Value value;
  Node node;  // null for words that no node stands for
};

class WordReader {
 public:
  WordReader(FileFacts& facts, const Source& source, Variables& variables)
      : facts_(facts), source_(source), variables_(variables) {}

  // The value of a word node. `context` is that of the EnvRead facts.
  Value read(Node node, const Context& context);
  // The words that an argument becomes: an unquoted variable of known text is split at its blanks.
  std::vector<Word> read_split(Node node, const Context& context);
  // Adds the environment reads below any node, a here-document or an arithmetic expression.
  void scan(Node node, const Context& context);
  // Where the last word ended that the grammar cut in two: what begins before it was read.
  uint32_t read_until() const { return read_until_; }
  // The $(…), `…` and <(…) that were met since the last call.
  std::vector<Node> take_substitutions() { return std::exchange(substitutions_, {}); }

  Value string(std::string_view text, Node node) { return facts_.string(text, source_.span(node.span())); }

 private:
  struct Built {
    std::string text;
    Value single;  // the only part, while there is one
    int parts = 0;
    bool open = false;  // some part is not known
  };
  enum class Quote { None, Double, Literal };

  void part(Node node, Built& built, int depth);
  void quoted(Node node, Built& built, int depth);
  void cut_off(Node node, Built& built);
  void literal(std::string_view raw, Quote quote, Built& built);
  void add_value(const Value& value, std::string_view written, Built& built);
  Value variable(std::string_view name, Node node);
  Value expansion(Node node, int depth);
  Value default_of(const std::vector<Child>& parts, size_t first, Node node, int depth);
  Value finish(Built built, Node node);
  // An expansion without the blanks that the grammar puts in front of it inside a string.
  std::string_view written(Node node) const;
  Span place(Node node) const;
  void env_read(std::string_view name, const Value& fallback, Node node);

  FileFacts& facts_;
  const Source& source_;
  Variables& variables_;
  Context context_;
  std::vector<Node> substitutions_;
  uint32_t read_until_ = 0;  // byte of the source
};

// Text with backslash escapes of an unquoted word, or of "…", resolved.
std::string unescape_bare(std::string_view raw);
std::string unescape_double(std::string_view raw);

}  // namespace tfcheck::shell
