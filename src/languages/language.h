// A programming language as a value: a table that says which of its node kinds play which role and where their parts
// lie, the idioms of its libraries, the names of its files, and a few hooks for what is its own. CodeWalker reads all
// of them with this alone; code_adapter() (languages/code_adapter.h) makes an adapter of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/words.h"
#include "facts/adapter.h"
#include "languages/import_scan.h"
#include "syntax/tree.h"

namespace tfcheck {

class CodeWalker;
class CompiledLanguage;

// What a node is for. In brackets: the parts a, b, c of its Shape.
enum class Role : uint8_t {
  None,           // walk the children, unless its row has a statement hook
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
  Function,    // [a name, b body, c parameters]
  Class,       // [a name, b body, c what it extends, with children as those of Supertypes]
  Supertypes,  // what a class extends: its children are calls of these classes, in the scope of the class, flagged as
               // annotations
  If,          // [a condition, b then, c else]
  Unless,      // [a condition, b then, c else]
  While,       // [a condition, b body]; without condition: forever
  Until,       // [a condition, b body]
  For,         // [a condition, b body]; with a condition field that is empty: forever
  Try,
  Return,  // [a value] or the only named child; a map's entries are anchored on "return"
  Import,  // [a module, b alias] unless the language has an import hook
  Custom,  // its row has an expression hook
};

// The place of a name in a NameList.
struct NameId {
  size_t index;
};

// One row of a language's table. A part is the name of a field, "0" for the first named child, "-1" for the last,
// "#type" for the first child of that type, "'='" for the named child behind that token, "*" for the node itself, two
// of these for a part of a part ("#declarator #type"), "" for none.
struct Shape {
  // Handles a node that stands as a statement; returns false to walk its children as usual.
  using Statement = bool (*)(CodeWalker&, Node);
  // Evaluates a node, wherever it stands.
  using Expression = Value (*)(CodeWalker&, Node);

  std::string_view node;
  Role role = Role::None;
  std::string_view a = {}, b = {}, c = {};
  Statement statement = nullptr;
  Expression expression = nullptr;

  constexpr Shape() = default;
  constexpr Shape(std::string_view a_node, Role a_role, std::string_view an_a = {}, std::string_view a_b = {},
                  std::string_view a_c = {})
      : node(a_node), role(a_role), a(an_a), b(a_b), c(a_c) {}
  constexpr Shape(std::string_view a_node, Statement hook, std::string_view an_a = {})
      : node(a_node), a(an_a), statement(hook) {}
  constexpr Shape(std::string_view a_node, Expression hook) : node(a_node), role(Role::Custom), expression(hook) {}
};

// The names of nodes, or of fields, that the hooks of a language ask for: `walker.is(node, types["pair"])`. A name that
// is not in the list does not compile; one that the grammar lacks ends the program when the language is first used.
template <size_t n>
struct NameList {
  std::array<std::string_view, n> names;

  template <typename... Name>
  constexpr explicit NameList(Name... name) : names{std::string_view(name)...} {}
  consteval NameId operator[](std::string_view name) const {
    for (size_t i = 0; i < n; ++i) {
      if (names[i] == name) return NameId{i};
    }
    throw "no such name in the list";
  }
};
template <typename... Name>
NameList(Name...) -> NameList<sizeof...(Name)>;

// How a language's programs read their environment.
struct EnvironmentIdioms {
  // Calls that read a variable, by qualified name: first argument the name, second (or `default`/block) the default.
  Words calls = {};
  // Maps of the environment: `X["NAME"]`, `X.NAME`, and `X.get("NAME", default)` through `calls`.
  Words maps = {};
  bool indexed_only = false;  // `X.NAME` is a member of the map's class and reads nothing
  // Of these calls and maps those that fail for a variable that is not set and has no default, and methods of a read
  // that do.
  Words failing = {};
  // Words of which a file that reads the environment contains at least one: others are not parsed for it.
  Words words = {};
  // True when the key of a map is a variable ($_SERVER holds other things too); null: always.
  bool (*is_key)(std::string_view map, std::string_view key) = nullptr;
};

// How a language's programs start others.
struct ShellIdioms {
  Words calls = {};         // by qualified name: the arguments are the command, as a text or as words
  Words calls_behind = {};  // with one argument before it: `exec.CommandContext(ctx, "ls")`
  // .NET: the second argument is all words of the command in one text; both may stand in an object that is made.
  bool arguments_are_text = false;
};

struct Language {
  std::string_view name;  // "python": what rules call it and `tfcheck files` prints
  Grammar grammar = nullptr;
  // Its files, as Adapter has them; names of files that test others ("*_test.go"); what an example is called, and
  // another word that its fences may have.
  Words files;
  Words interpreters = {};
  Words test_files = {};
  std::string_view example = {};
  std::string_view alias = {};

  std::span<const Shape> shapes = {};
  std::span<const std::string_view> types = {};   // what `walker.is(node, …)` is asked
  std::span<const std::string_view> fields = {};  // what `walker.field(node, …)` is asked

  EnvironmentIdioms environment = {};
  ShellIdioms shell = {};
  // Calls that end the process, by qualified name.
  Words exits = {};
  // Operators that give a fallback for an absent left side ("||", "or", "??") and that join text ("+", ".").
  Words fallback_operators = {};
  Words concat_operators = {};
  // Names that mean "this object" and are dropped from the front of a qualified name ("self", "this").
  Words self_names = {};
  // Under what the fields of "this object" are bound: this + name ("" where a bare name means the field too). Fields
  // with a prefix are known in the whole class, others like the variables of the function.
  std::string_view field_prefix = {};
  // The method that makes an object (Ruby's "new"): the object's methods are qualified by the class alone.
  std::string_view constructor = {};
  // Members that stand for their object ("default" of a module).
  Words transparent_members = {};
  // Methods without arguments that, for our purposes, give back what they are called on ("freeze", "to_s").
  Words transparent_methods = {};
  // Calls that make a path of their arguments; their value is a string or template with slashes.
  Words path_calls = {};
  // Types that name no library; a variable of such a type hides an outer one of its name.
  Words plain_types = {};
  // Names that are literals, for grammars that take them for identifiers ("true", "false", "null").
  Words literal_names = {};
  // Statements that leave a loop, for grammars that take them for identifiers ("break").
  Words loop_exits = {};
  // A declared type says more about a variable or field than the name of the call that made its value.
  bool trusts_types = false;

  // How imports are found without a parse.
  ImportScan imports = {};

  // Binds the names that an import introduces and adds Import facts.
  void (*import)(CodeWalker&, Node) = nullptr;
  // Looks at an evaluated call before it becomes a fact. Returns a value to use instead (its fact is then not
  // added and the call's blocks are the hook's business), or an Absent value to go on as usual.
  Value (*call)(CodeWalker&, Node node, std::string_view name, std::span<const Arg> args) = nullptr;
  // A name as facts write it, from its source text ("$x" → "x", "A\\B" → "A.B"); null: as it is.
  std::string (*spelling)(std::string_view) = nullptr;
  // True for a node of role Call that only reads a property, for grammars that do not tell them apart.
  bool (*reads_member)(const CodeWalker&, Node) = nullptr;
  // True for a bare name that is a call where no variable has that name, for grammars that do not tell them apart.
  // In such languages a variable never changes what a call of its name means.
  bool (*is_bare_call)(const CodeWalker&, Node) = nullptr;
  // Binds the names of a target that is a pattern (`const {a, b = 1} = value`).
  void (*destructure)(CodeWalker&, Node pattern, const Value& value) = nullptr;
  // Names that the source assigns to after their declaration, found without a parse: a literal that was declared
  // outside of a function is not folded inside it when it may have changed meanwhile.
  std::vector<std::string_view> (*reassigned)(std::string_view source) = nullptr;
  // True for a line, without its indent, that holds one comment and nothing else: for grammars whose scanner walks over
  // all comments that follow for each of them (comment_runs.h); null for others.
  bool (*comment_line)(std::string_view line) = nullptr;
  // Turns a type's source text into a qualified name ("List<String>" → "java.util.List"); null: the text without type
  // arguments and brackets, unless it is a plain type.
  std::string (*type_name)(CodeWalker&, std::string_view) = nullptr;
  // The language that reads this file instead (TSX); null: this one.
  const CompiledLanguage& (*variant)(const SourceFile&) = nullptr;
  // False for a file in which nothing runs (declarations of types); null: all are read.
  bool (*is_read)(const SourceFile&) = nullptr;
  // Adds what only all facts together show.
  void (*finish)(FileFacts&) = nullptr;
};

// A part of a node, with its names turned into ids.
class Part {
 public:
  Part() = default;
  Part(Grammar grammar, std::string_view text);
  explicit operator bool() const { return steps_[0].kind != Step::None; }
  // A null node where there is no such part.
  Node of(Node node) const;

 private:
  struct Step {
    enum Kind : uint8_t { None, Itself, Field, FromFront, FromBack, Child, Behind };
    Kind kind = None;
    uint16_t id = 0;
  };
  static Step step(Grammar grammar, std::string_view word);
  static Node take(Node node, Step step);
  Step steps_[2];
};

// A Language with its names turned into symbol and field ids; made once per language, shared by all threads.
class CompiledLanguage {
 public:
  struct Row {
    Role role = Role::None;
    Part a, b, c;
    Shape::Statement statement = nullptr;
    Shape::Expression expression = nullptr;
  };
  explicit CompiledLanguage(const Language& language);
  const Row& row(TSSymbol symbol) const { return rows_[symbol < rows_.size() ? symbol : 0]; }
  const Language& language() const { return language_; }
  // Of an assignment like `x += 1`; 0 where the grammar has no such field.
  TSFieldId operator_field() const { return operator_field_; }
  // 0 for a name that only a variant of the language has.
  TSSymbol type(NameId id) const { return id.index < types_.size() ? types_[id.index] : TSSymbol{0}; }
  TSFieldId field(NameId id) const { return id.index < fields_.size() ? fields_[id.index] : TSFieldId{0}; }

 private:
  const Language& language_;
  std::vector<Row> rows_;
  std::vector<TSSymbol> types_;
  std::vector<TSFieldId> fields_;
  TSFieldId operator_field_ = 0;
};

}  // namespace tfcheck
