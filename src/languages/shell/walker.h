// The state and the steps of one walk; statements in walk.cpp, control flow in branches.cpp, commands in commands.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "languages/shell/flatten.h"
#include "languages/shell/walk.h"

namespace tfcheck::shell {

// Where a statement stands.
struct Frame {
  std::string_view scope;
  uint32_t index = 0;
  uint32_t flags = 0;
  bool shared = false;           // inside a list or pipeline: everything below has its index
  int depth = 0;                 // of nested statements
  std::vector<Arg> redirects{};  // of the groups around

  Context context() const { return {scope, index, flags}; }
  Frame with(uint32_t more) const {
    Frame made = *this;
    made.flags |= more;
    ++made.depth;
    return made;
  }
};

class Walker {
 public:
  Walker(FileFacts& facts, const Source& source, const ShellText& shell, Depth depth, Node root)
      : facts_(facts),
        source_(source),
        variables_(root, source.text()),
        reader_(facts, source, variables_),
        depth_(depth),
        next_index_(shell.index) {}

  // The statements among a node's children.
  void sequence(std::span<const Child> nodes, const Frame& frame);
  uint32_t next_index() const { return next_index_; }

 private:
  // walk.cpp
  void statement(Node node, const Frame& frame);
  void row(std::span<const Item> items, Frame frame);
  void item(const Item& item, const Frame& frame);
  void substitutions(const Frame& frame);
  void function(Node node, const Frame& frame);
  void assignment(Node node, const Frame& frame, std::string_view by);
  void declaration(Node node, const Frame& frame);
  void lose_deep() { facts_.lose(Unread::TooDeep, "shell text nested too deeply; what lies below is left out"); }
  std::string_view text(Node node) const { return node.text(source_.text()); }
  Span span(Node node) const { return source_.span(node.span()); }

  // branches.cpp
  void if_statement(Node node, const Frame& frame);
  void while_statement(Node node, const Frame& frame);
  void for_statement(Node node, const Frame& frame);
  void c_for_statement(Node node, const Frame& frame);
  void case_statement(Node node, const Frame& frame);
  void test(Node node, const Frame& frame);
  void branch(std::string_view name, Node node, std::span<const Child> condition, const Frame& frame);
  std::vector<Arg> operands(std::span<const Child> condition, const Frame& frame);
  bool forever(Node loop, std::span<const Child> condition) const;

  // commands.cpp
  void command(const Item& item, const Frame& frame);
  bool is_cut_assignment(const Item& item) const;
  void add_word(const Child& child, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named);
  void redirect(Node node, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named);
  void heredoc(Node node, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named);
  void heredoc_script(const Item& item, const Frame& frame, uint32_t flags);
  void nested(const Word& script, const Frame& frame, uint32_t flags);
  void run_nested(const ShellText& shell);

  FileFacts& facts_;
  const Source& source_;
  Variables variables_;
  WordReader reader_;
  Depth depth_;
  uint32_t next_index_;
};

// Adds the Command fact of an unwrapped command, and the Import fact of `source FILE`; returns its flags.
uint32_t add_command(FileFacts& facts, const Unwrapped& command, std::span<const Arg> named, Span where,
                     Context context);

// Flags of a command that hold for the text that it runs as well.
constexpr uint32_t inherited = context::Background | context::Nohup | context::Setsid | context::Sudo |
                               context::InCondition | context::InLoop | context::LoopForever | context::InFunction |
                               context::ShellForm | context::FinalStage | context::Development | context::DevGuard;

constexpr int deepest_statement = 120;
constexpr int deepest_text = 3;

}  // namespace tfcheck::shell
