// One walk for all programming languages: syntax tree → facts. A language is a table that says which of its node kinds
// play which role and under which field names the parts lie, plus a few hooks for what is its own (imports, odd calls).
// Names are resolved through imports and local variables, constants folded, environment reads recognised, here, once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/adapter.h"
#include "syntax/tree.h"

namespace tfcheck {

// What a node is for. In brackets: the parts a, b, c of its Shape.
enum class Role : uint8_t {
  None,         // walk the children
  Skip,         // nothing of interest inside (comments, types)
  Through,      // evaluates to its [a], or to its only named child (parentheses, await, casts)
  String,       // [] pieces are children of role StringPart, Escape and Interpolation
  StringPart,   // raw text inside a string
  Escape,       // escape sequence inside a string
  Interpolation,  // [a] expression inside a string, or its first named child
  Number,
  True,
  False,
  Null,
  Name,         // identifier
  Member,       // [a object, b property]
  Subscript,    // [a object, b index]; without b: the second named child
  Call,         // [a function or receiver, b method name if apart, c arguments]
  New,          // [a type, c arguments]: a call of the class
  Annotation,   // [a name or call, c arguments]
  Assign,       // [a target, b value]
  TypedName,    // [a type, b name, c value]: parameter, field or variable of a declared type
  Pair,         // [a key, b value] of a map literal
  KeywordArg,   // [a name, b value] of a call
  Map,
  List,
  Binary,       // [a left, b right, c operator]; without c: the first anonymous child
  Not,          // [a operand] or the only named child
  Conditional,  // [a condition, b then, c else]
  Lambda,       // [b body, c parameters]
  Function,     // [a name, b body, c parameters]
  Class,        // [a name, b body]
  If,           // [a condition, b then, c else]
  Unless,       // [a condition, b then, c else]
  While,        // [a condition, b body]; without condition: forever
  Until,        // [a condition, b body]
  For,          // [b body]
  Try,
  Import,       // the language's import hook
};

// One row of a language's table. A part is a field name, "" for none.
struct Shape {
  std::string_view node;
  Role role = Role::None;
  std::string_view a = {};
  std::string_view b = {};
  std::string_view c = {};
};

class CodeWalker;

struct Language {
  std::string_view name;
  Grammar grammar = Grammar::Python;
  std::span<const Shape> shapes;
  // Calls that read a variable, by qualified name: first argument the name, second (or `default`/block) the default.
  std::span<const std::string_view> environment_calls = {};
  // Maps of the environment: `X["NAME"]`, `X.NAME`, and `X.get("NAME", default)` through environment_calls.
  std::span<const std::string_view> environment_maps = {};
  // Operators that give a fallback for an absent left side ("||", "or", "??") and that join text ("+", ".").
  std::span<const std::string_view> fallback_operators = {};
  std::span<const std::string_view> concat_operators = {};
  // Names that mean "this object" and are dropped from the front of a qualified name ("self", "this").
  std::span<const std::string_view> self_names = {};
  // Binds the names that an import introduces and adds Import facts.
  void (*import)(CodeWalker&, Node) = nullptr;
  // Looks at an evaluated call before it becomes a fact. Returns a value to use instead (its fact is then not
  // added), or an Absent value to go on as usual.
  Value (*call)(CodeWalker&, Node node, std::string_view name, std::span<const Arg> args) = nullptr;
  // Handles a node of role None its own way; returns false to walk its children as usual.
  bool (*node)(CodeWalker&, Node) = nullptr;
  // Turns a type's source text into a qualified name ("List<String>" → "java.util.List"); null: text up to '<'.
  std::string (*type_name)(CodeWalker&, std::string_view) = nullptr;
};

// A Language with its names turned into symbol and field ids; made once per language, shared by all threads.
class CompiledLanguage {
 public:
  struct Row {
    Role role = Role::None;
    TSFieldId a = 0, b = 0, c = 0;
  };
  explicit CompiledLanguage(const Language& language);
  const Row& row(TSSymbol symbol) const { return rows_[symbol < rows_.size() ? symbol : 0]; }
  const Language& language() const { return language_; }

 private:
  Language language_;
  std::vector<Row> rows_;
};

class CodeWalker {
 public:
  CodeWalker(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts);

  // Parses the file and adds its facts; a notice when the parse ran out of time.
  void run();

  // For hooks.
  FileFacts& facts() { return facts_; }
  std::string_view text(Node node) const { return node.text(source_); }
  std::string_view path() const { return path_; }
  Role role(Node node) const { return compiled_.row(node.symbol()).role; }
  // Facts of a statement or expression, and for an expression its value.
  void walk(Node node);
  void walk_children(Node node);
  Value eval(Node node);
  std::vector<Arg> eval_arguments(Node arguments);
  // Makes `name` stand for `value` until the enclosing function ends.
  void bind(std::string_view name, const Value& value);
  void bind_name(std::string_view name, std::string_view qualified, Span span = {});
  void add_import(std::string_view module, Span span, std::string_view alias = {});
  void add_call(std::string_view name, std::span<const Arg> args, Span span, uint32_t extra_flags = 0);
  // The value bound to a name, null when there is none.
  const Value* lookup(std::string_view name) const;
  // "a.b.c" with its first segment resolved through imports and variables.
  std::string qualify(std::string_view dotted) const;
  Value environment_read(std::string_view name, const Value& fallback, Span span);
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
  void push_scope();
  void pop_scope();
  Context context() const;
  void declare(Node type, Node name);

 private:
  struct Binding {
    std::string_view name;
    Value value;
    int32_t shadowed;  // index of the binding that this one hides, -1
  };
  using Row = CompiledLanguage::Row;

  Value eval_string(Node node);
  Value eval_name(Node node);
  Value eval_member(Node node, const Row& row);
  Value eval_subscript(Node node, const Row& row);
  Value eval_call(Node node, const Row& row);
  std::string method_name(Node object, std::string_view method, Value& receiver);
  Value finish_call(Node node, const std::string& name, std::span<const Arg> args, uint32_t flags);
  Value eval_binary(Node node, const Row& row);
  Value eval_conditional(Node node, const Row& row);
  Value eval_collection(Node node, ValueKind kind);
  Value eval_function(Node node, const Row& row);
  Value operation(std::string_view name, std::initializer_list<Arg> operands, Span span);
  Value with_default(Value read, const Value& fallback);
  Value concat(const Value& left, const Value& right, Span span);
  void walk_assign(Node node, const Row& row);
  void walk_typed_name(Node node, const Row& row);
  void walk_function(Node node, const Row& row);
  void walk_if(Node node, const Row& row, bool negated);
  void walk_loop(Node node, const Row& row);
  void assign(Node target, const Value& value, Span span);
  std::string target_name(Node node) const;
  std::string name_of(const Value& value) const;
  bool is_environment_map(std::string_view name) const;

  const CompiledLanguage& compiled_;
  const Language& language_;
  std::string_view source_;
  std::string_view path_;
  FileFacts& facts_;
  Context context_;
  std::string scope_;
  std::vector<Binding> bindings_;
  std::unordered_map<std::string_view, int32_t> newest_;  // name → index into bindings_
  std::vector<size_t> scopes_;
  int depth_ = 0;
};

}  // namespace tfcheck
