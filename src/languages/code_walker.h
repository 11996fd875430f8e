// One walk for all programming languages: syntax tree → facts, by the tables and hooks of a Language. Names are
// resolved through imports and local variables, constants folded, environment reads recognised, here, once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "languages/language.h"

namespace tfcheck {

// Calls `visit` for each child; cursors make this linear where indexing is not.
template <typename Visit>
void for_each_child(Node node, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node.raw());
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do visit(Node(ts_tree_cursor_current_node(&cursor)));
    while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
}

// Statement hooks, for rows of break, return, switch and catch statements.
bool leaves_loop(CodeWalker& walker, Node node);
bool leaves_function(CodeWalker& walker, Node node);
bool has_own_breaks(CodeWalker& walker, Node node);
bool handles_failure(CodeWalker& walker, Node node);
// … and of a choice that a `break` does not leave: one of its parts runs.
bool may_run(CodeWalker& walker, Node node);

// "DATABASE_URL": how variables of the environment are written; keys such as "database.url" are other settings.
bool is_variable(std::string_view text);

// What runs when a condition holds and what runs when it does not.
struct Branches {
  std::vector<Node> then, otherwise;
};

class CodeWalker {
 public:
  CodeWalker(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts);

  // Parses the file and adds its facts; a notice when the parse ran out of time.
  void run();

  // For hooks.
  FileFacts& facts() { return facts_; }
  std::string_view text(Node node) const { return node ? node.text(source_) : std::string_view{}; }
  std::string_view source() const { return source_; }
  std::string_view path() const { return path_; }
  // Whether a node is of a type, and the part of a node under a field, by the lists of Language::types and fields.
  bool is(Node node, NameId type) const { return node && node.symbol() == compiled_.type(type); }
  Node field(Node node, NameId name) const { return node ? node.field(compiled_.field(name)) : Node(); }
  // What a node's row names as its part a.
  Node part_a(Node node) const { return compiled_.row(node.symbol()).a.of(node); }
  // The first child of a type.
  Node child(Node node, NameId type) const;
  Role role(Node node) const { return node ? compiled_.row(node.symbol()).role : Role::None; }
  // The text of a name as facts write it.
  std::string spelled(Node node) const;
  // The named children that are no comments, in one pass: named_child(i) in a loop is quadratic.
  std::vector<Node> parts(Node node) const;
  // An element or argument. Large collections are not copied from where their name stands into other values.
  Value eval_item(Node node);
  // Facts of a statement or expression, and for an expression its value.
  void walk(Node node);
  void walk_children(Node node);
  Value eval(Node node);
  std::vector<Arg> eval_arguments(Node arguments);
  // Makes `name` stand for `value` until the enclosing function ends; for a name that begins with the language's
  // field prefix, until the enclosing class ends.
  void bind(std::string_view name, const Value& value);
  void bind_name(std::string_view name, std::string_view qualified, Span span = {});
  // Makes the field `name` of this object stand for `value`.
  void bind_member(std::string_view name, const Value& value) {
    bind(std::string(language_.field_prefix).append(name), value);
  }
  // The value that `object.property` has, an environment read included.
  Value member_of(const Value& object, std::string_view property, Span span);
  void add_import(std::string_view module, Span span, std::string_view alias = {});
  void add_call(std::string_view name, std::span<const Arg> args, Span span, uint32_t extra_flags = 0);
  // The class that a type's source text names ("List<String>" → "java.util.List"), "" for one that says nothing.
  std::string type_name(std::string_view spelled);
  // The value bound to a name, null when there is none.
  const Value* lookup(std::string_view name) const;
  // "a.b.c" with its first segment resolved through imports and variables.
  std::string qualify(std::string_view dotted) const;
  // What `left op right` is worth: a read with its fallback, a joined text, a condition.
  Value operate(std::string_view op, Node left, Node right, Span span);
  // An operator as a Call value: "==", "&&", "?".
  Value operation(std::string_view name, std::initializer_list<Arg> operands, Span span);
  Value environment_read(std::string_view name, const Value& fallback, Span span);
  // A fallback found after the read itself (`ENV["X"] || "y"`): the read's fact learns of it.
  Value with_default(Value read, const Value& fallback);
  // The program fails where the variable of a read is not set: its fact says so.
  void fails_without(const Value& read);
  // Emits entries for the literals inside a map or list value below `anchor`.
  void add_entries(std::string_view anchor, const Value& value, int depth = 0);
  // Runs `body` with flags added to the context and scope extended by `name` ("" leaves it).
  template <typename Body>
  void within(uint32_t flags, std::string_view name, Body body) {
    Context saved = context_;
    std::string saved_scope = scope_;
    context_.flags |= flags;
    if (!name.empty()) scope_ += scope_.empty() ? std::string(name) : "." + std::string(name);
    body();
    scope_ = std::move(saved_scope);
    context_ = saved;
  }
  // A statement that leaves the innermost loop or switch, or the function that it stands in. One that ends a loop
  // without an end, other than because something failed, is a Branch "leave".
  void leave_loop(Node node);
  void leave_function(Node node);
  // The entry "return" of a function that gives back a text without blanks, as of one that gives back a map.
  void add_returned(const Value& value);
  Node only_part(Node node) const;
  // Runs `body` in a block that a `break` leaves rather than the loop around it, or where something has failed.
  template <typename Body>
  void within_switch(Body body) {
    Endless outer = std::exchange(endless_, {endless_.loop, false, endless_.failed});
    body();
    endless_ = outer;
  }
  template <typename Body>
  void within_handler(Body body) {
    Endless outer = std::exchange(endless_, {endless_.loop, endless_.innermost, true});
    body();
    endless_ = outer;
  }
  // Runs `body` as that of a loop that runs forever.
  template <typename Body>
  void within_endless_loop(Body body) {
    Endless outer = std::exchange(endless_, {true, true, false});
    within(context::InLoop | context::LoopForever, {}, body);
    endless_ = outer;
  }
  // Runs `body` with the variables of a function of its own.
  template <typename Body>
  void within_function(Body body) {
    context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
    size_t outer_begin = std::exchange(function_begin_, bindings_.size());
    size_t outer = std::exchange(function_, ++functions_);
    Endless outer_loop = std::exchange(endless_, {});
    push_scope();
    body();
    pop_scope();
    endless_ = outer_loop;
    function_ = outer;
    function_begin_ = outer_begin;
  }
  void push_scope();
  void pop_scope();
  Context context() const;
  void declare(Node type, Node name);
  // The parts of an assignment, of a declaration with a type, of a function called `name` and of a loop, for grammars
  // whose nodes do not hold them as fields. A loop whose test is a literal `true` runs forever.
  void assign(Node target, const Value& value, Span span);
  // What `target op= value` leaves in its target.
  Value compound(std::string_view op, Node target, const Value& value, Span span);
  void declare_value(Node type, Node name, Node value, Span span);
  void walk_function(Node node, std::string_view name);
  void walk_loop(Node node, std::string_view keyword, Node condition, Value test);
  // The branches of `if condition` or, negated, `unless condition`.
  void walk_branches(Node node, Node condition, bool negated, const Branches& branches);
  std::string target_name(Node node, int depth = 0) const;
  Value eval_string(Node node);
  // What a call of `name` is worth: its fact, a read of the environment, or a conversion's operand.
  Value finish_call(Node node, const std::string& name, std::span<const Arg> args, uint32_t flags = 0);

 private:
  using Row = CompiledLanguage::Row;
  struct Binding {
    std::string_view name;
    Value value;
    int32_t shadowed;  // index of the binding that this one hides, -1
  };
  // The loop without an end around a place of the same function.
  struct Endless {
    bool loop = false;       // there is one
    bool innermost = false;  // a `break` leaves it
    bool failed = false;     // only an error leads here
  };
  struct Scope {
    size_t bindings;
    size_t overwritten;
  };
  // A literal or read that a conditional branch has overwritten: which value holds behind the branch is not known.
  struct Overwritten {
    size_t index;
    Value before;
  };
  struct Field {
    Value value;
    size_t function;      // that bound it last
    bool shared = false;  // more than one function has bound it
    Value declared = {};  // what the body of the class says of it
  };

  bool is_too_deep();

  // Statements.
  void walk_statement(Node node, const Row& row);
  void walk_import(Node node, const Row& row);
  void walk_class(Node node, const Row& row);
  void walk_supertypes(Node node);
  Value walk_assign(Node node, const Row& row);
  void walk_typed_name(Node node, const Row& row);
  void walk_parameter(Node node, const Row& row);
  void walk_if(Node node, const Row& row, bool negated);
  void walk_loop(Node node, const Row& row);
  // Names.
  void bind_field(std::string_view name, const Value& value);
  void forget_class_value(std::string_view name);
  bool is_field(std::string_view name) const {
    return !language_.field_prefix.empty() && name.starts_with(language_.field_prefix);
  }
  bool may_have_changed(std::string_view name, const Value& value) const;
  void forget_overwritten(size_t from);
  Value reassigned(std::string_view key, const Value& value);
  std::string target_name_of_call(Node node, const Row& row, int depth) const;
  std::string binding_key(Node target) const;
  std::string name_of(const Value& value) const;
  std::string object_name(const Value& value) const;
  std::string property_of(Node member, const Row& row) const;
  Node inner_of(Node node, const Part& part) const;
  Node part(Node node, const Part& part, uint32_t position) const;

  bool is_self(Node node) const;
  bool has_content(Node node) const;
  // Expressions.
  Value eval_known(Node node);
  Value eval_chain(Node last);
  Node object_of(Node node) const;
  Value eval_role(Node node, const Row& row);
  Value eval_name(Node node);
  Value eval_member(Node node, const Row& row);
  Value field_of_self(std::string_view property, Span span);
  Value eval_subscript(Node node, const Row& row);
  Value eval_binary(Node node, const Row& row);
  Value eval_unary(Node node, const Row& row);
  Value eval_conditional(Node node, const Row& row);
  Value eval_collection(Node node, ValueKind kind);
  Value eval_function(Node node, const Row& row);
  Value eval_body(Node node, Node body);
  Value eval_return(Node node, const Row& row);
  Value eval_named(Node node, std::string_view name);
  Arg eval_pair(Node node, const Row& row);
  std::string eval_key(Node key);
  // Texts.
  Value concat(const Value& left, const Value& right, Span span);
  Value format(std::span<const Arg> args, Span span);
  Value join_path(std::string_view name, std::span<const Arg> args, Span span);
  Value join_texts(std::string_view name, std::span<const Arg> args, Span span);
  Value join_elements(std::string_view name, const Value& receiver, std::span<const Arg> args, Span span);
  Value joined(std::span<const Arg> texts, std::string_view separator, Span span);
  std::string part_of(const Value& value) const;
  // Calls.
  Value eval_call(Node node, const Row& row);
  std::string callee_name(Node node, const Row& row, Node function, Value& receiver);
  std::string method_name(Node object, std::string_view method, Value& receiver);
  Value converted(Node node, std::string_view name, const Value& receiver, std::span<const Arg> args);
  Span place_of_call(Node node) const;
  Node block_of(Node call, Node function) const;
  Value block_argument(Node block);
  bool is_transparent(const Value& receiver, std::string_view method) const;
  bool is_environment_map(std::string_view name) const;
  bool is_environment_key(std::string_view map, std::string_view key) const;

  const CompiledLanguage& compiled_;
  const Language& language_;
  std::string_view source_;
  std::string_view path_;
  FileFacts& facts_;
  Context context_;
  std::string scope_;
  std::vector<Binding> bindings_;
  std::unordered_map<std::string_view, int32_t> newest_;  // name → index into bindings_
  std::vector<Scope> scopes_;
  std::vector<Overwritten> overwritten_;
  std::unordered_map<std::string_view, Field> fields_;  // of the class that is being walked
  std::unordered_set<std::string_view> reassigned_;     // see Language::reassigned
  std::unordered_map<uint64_t, size_t> reads_;          // span of an environment read → index of its fact
  Value tested_;                                        // the environment read that the innermost condition asks about
  Span other_branch_;                                   // in an `else`: what the condition's other branch spans
  std::unordered_map<const void*, Value> links_;        // of the long chain that is being evaluated, by node
  const void* statement_ = nullptr;                     // the expression that stands as a statement
  size_t function_begin_ = 0;                           // the first binding of the innermost function
  size_t function_ = 0;                                 // its number
  size_t class_function_ = 0;                           // that of the class that is being walked
  size_t class_begin_ = 0;                              // bindings before it
  size_t functions_ = 0;                                // functions so far
  size_t entries_ = 0;                                  // entries looked at so far
  Endless endless_;
  int depth_ = 0;
  bool too_deep_ = false;
};

}  // namespace tfcheck
