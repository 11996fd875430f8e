// One walk for all programming languages: syntax tree → facts. A language is a table that says which of its node kinds
// play which role and under which field names the parts lie, plus a few hooks for what is its own (imports, odd calls).
// Names are resolved through imports and local variables, constants folded, environment reads recognised, here, once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "facts/adapter.h"
#include "syntax/tree.h"

namespace tfcheck {

// What a node is for. In brackets: the parts a, b, c of its Shape.
enum class Role : uint8_t {
  None,           // walk the children
  Skip,           // nothing of interest inside (comments, types)
  Through,        // evaluates to its [a], or to its first named child that is no Skip (parentheses, await, casts)
  String,         // [] pieces are children of role StringPart, Escape and Interpolation
  StringPart,     // raw text inside a string
  Escape,         // escape sequence inside a string
  Interpolation,  // [a] expression inside a string, or its first named child
  Number,
  True,  // or false, for grammars with one node for both
  False,
  Null,
  Name,        // identifier
  Member,      // [a object, b property]; without fields: the first and the last named child
  Subscript,   // [a object, b index]; without b: the second named child
  Call,        // [a function or receiver, b method name if apart, c arguments]
  New,         // [a type, c arguments]: a call of the class
  Annotation,  // [a name or call, c arguments]
  Assign,  // [a target, b value]; without fields: the first and second named child; a field `operator` may make it `x
           // += 1`
  TypedName,  // [a type, b name, c value]: parameter, field or variable of a declared type
  Parameter,  // [a type, b name, c default]: the default is an Assign fact but not folded, for callers may differ
  Pair,       // [a key, b value] of a map literal; a leaf is both (`{ port }`); a key of role Interpolation is computed
  KeywordArg,  // [a name, b value] of a call; one without name is positional
  Spread,      // [a] or the only named child, whose elements are taken over (`...defaults`)
  Map,
  List,
  Binary,       // [a left, b right, c operator]; without c: the first anonymous child
  Not,          // [a operand] or the only named child; other unary operators too (`-x`, `x++`, `x!`)
  Conditional,  // [a condition, b then, c else]
  Lambda,       // [b body, c parameters]
  Block,  // [b body, c parameters] of a call that is no function of its own: what is said in it holds where it stands
  Function,  // [a name, b body, c parameters]
  Class,     // [a name, b body]
  If,        // [a condition, b then, c else]
  Unless,    // [a condition, b then, c else]
  While,     // [a condition, b body]; without condition: forever
  Until,     // [a condition, b body]
  For,       // [a condition, b body]; with a condition field that is empty: forever
  Try,
  Return,  // [a value] or the only named child; a map's entries are anchored on "return"
  Import,  // the language's import hook
  Custom,  // the language's custom hook
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
  // Under what the fields of "this object" are bound: this + name ("" where a bare name means the field too). Fields
  // with a prefix are known in the whole class, others like the variables of the function.
  std::string_view field_prefix = {};
  // The method that makes an object (Ruby's "new"): the object's methods are qualified by the class alone.
  std::string_view constructor = {};
  // Members that stand for their object ("default" of a module).
  std::span<const std::string_view> transparent_members = {};
  // Methods without arguments that, for our purposes, give back what they are called on ("freeze", "to_s").
  std::span<const std::string_view> transparent_methods = {};
  // Calls that make a path of their arguments; their value is a string or template with slashes.
  std::span<const std::string_view> path_calls = {};
  // Binds the names that an import introduces and adds Import facts.
  void (*import)(CodeWalker&, Node) = nullptr;
  // Looks at an evaluated call before it becomes a fact. Returns a value to use instead (its fact is then not
  // added and the call's blocks are the hook's business), or an Absent value to go on as usual.
  Value (*call)(CodeWalker&, Node node, std::string_view name, std::span<const Arg> args) = nullptr;
  // Handles a node of role None its own way; returns false to walk its children as usual.
  bool (*node)(CodeWalker&, Node) = nullptr;
  // Evaluates a node of role Custom.
  Value (*custom)(CodeWalker&, Node) = nullptr;
  // A name as facts write it, from its source text ("$x" → "x", "A\\B" → "A.B"); null: as it is.
  std::string (*spelling)(std::string_view) = nullptr;
  // True for a node of role Call that only reads a property, for grammars that do not tell them apart.
  bool (*reads_member)(const CodeWalker&, Node) = nullptr;
  // True for a bare name that is a call where no variable has that name, for grammars that do not tell them apart.
  // In such languages a variable never changes what a call of its name means.
  bool (*is_bare_call)(const CodeWalker&, Node) = nullptr;
  // True when the key of an environment map is a variable ($_SERVER holds other things too); null: always.
  bool (*environment_key)(std::string_view map, std::string_view key) = nullptr;
  // Binds the names of a target that is a pattern (`const {a, b = 1} = value`).
  void (*destructure)(CodeWalker&, Node pattern, const Value& value) = nullptr;
  // Names that the source assigns to after their declaration, found without a parse: a literal that was declared
  // outside of a function is not folded inside it when it may have changed meanwhile.
  std::vector<std::string_view> (*reassigned)(std::string_view source) = nullptr;
  // True for a line, without its indent, that holds one comment and nothing else: for grammars whose scanner walks over
  // all comments that follow for each of them (comment_runs.h); null for others.
  bool (*comment_line)(std::string_view line) = nullptr;
  // A declared type says more about a variable or field than the name of the call that made its value.
  bool trusts_types = false;
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
  std::string_view text(Node node) const { return node ? node.text(source_) : std::string_view{}; }
  std::string_view source() const { return source_; }
  std::string_view path() const { return path_; }
  Role role(Node node) const { return node ? compiled_.row(node.symbol()).role : Role::None; }
  // The text of a name as facts write it.
  std::string spelled(Node node) const;
  // The named children that are no comments, in one pass: named_child(i) in a loop is quadratic.
  std::vector<Node> parts(Node node) const;
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
  // The value bound to a name, null when there is none.
  const Value* lookup(std::string_view name) const;
  // "a.b.c" with its first segment resolved through imports and variables.
  std::string qualify(std::string_view dotted) const;
  // An operator as a Call value: "==", "&&", "?".
  Value operation(std::string_view name, std::initializer_list<Arg> operands, Span span);
  Value environment_read(std::string_view name, const Value& fallback, Span span);
  // A fallback found after the read itself (`ENV["X"] || "y"`): the read's fact learns of it.
  Value with_default(Value read, const Value& fallback);
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
  // The parts of an assignment, of a declaration with a type, of a function called `name` and of a loop, for grammars
  // whose nodes do not hold them as fields. A loop whose test is a literal `true` runs forever.
  void assign(Node target, const Value& value, Span span);
  void declare_value(Node type, Node name, Node value, Span span);
  void walk_function(Node node, std::string_view name);
  void walk_loop(Node node, std::string_view keyword, Node condition, Value test);
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
  void walk_class(Node node, const Row& row);
  Value walk_assign(Node node, const Row& row);
  Value compound(std::string_view op, Node target, const Value& value, Span span);
  void walk_typed_name(Node node, const Row& row);
  void walk_parameter(Node node, const Row& row);
  void walk_if(Node node, const Row& row, bool negated);
  void walk_loop(Node node, const Row& row);
  // Runs `body` with the variables of a function of its own.
  template <typename Body>
  void within_function(Body body) {
    context_.flags &= ~(context::InLoop | context::LoopForever | context::InTry);
    size_t outer_begin = std::exchange(function_begin_, bindings_.size());
    size_t outer = std::exchange(function_, ++functions_);
    push_scope();
    body();
    pop_scope();
    function_ = outer;
    function_begin_ = outer_begin;
  }
  // Names.
  void bind_field(std::string_view name, const Value& value);
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
  Node inner_of(Node node, TSFieldId field) const;
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
  Value eval_item(Node node);
  Value eval_named(Node node, std::string_view name);
  Arg eval_pair(Node node, const Row& row);
  std::string eval_key(Node key);
  // Texts.
  Value concat(const Value& left, const Value& right, Span span);
  Value format(std::span<const Arg> args, Span span);
  Value join_path(std::string_view name, std::span<const Arg> args, Span span);
  std::string part_of(const Value& value) const;
  // Calls.
  Value eval_call(Node node, const Row& row);
  std::string callee_name(Node node, const Row& row, Node function, Value& receiver);
  std::string method_name(Node object, std::string_view method, Value& receiver);
  Value converted(Node node, std::string_view name, const Value& receiver, std::span<const Arg> args);
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
  std::unordered_map<const void*, Value> links_;        // of the long chain that is being evaluated, by node
  const void* statement_ = nullptr;                     // the expression that stands as a statement
  size_t function_begin_ = 0;                           // the first binding of the innermost function
  size_t function_ = 0;                                 // its number
  size_t class_function_ = 0;                           // that of the class that is being walked
  size_t functions_ = 0;                                // functions so far
  size_t entries_ = 0;                                  // entries looked at so far
  int depth_ = 0;
  bool too_deep_ = false;
};

}  // namespace tfcheck
