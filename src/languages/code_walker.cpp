#include "languages/code_walker.h"

#include <fmt/format.h>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/comment_runs.h"
#include "languages/conditions.h"
#include "languages/embedded.h"
#include "languages/settings.h"
#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

// The read of the environment that a condition is about: `v == ""`, `!ok`, `v.isEmpty()`.
Value tested_read(const Value& test, int depth = 0) {
  if (test.is(ValueKind::Env) || depth > 3) return test;
  for (const Arg& item : test.items()) {
    if (Value read = tested_read(item.value, depth + 1); read.is(ValueKind::Env)) return read;
  }
  return {};
}

// `if err != nil`, `if (error)`
bool asks_for_failure(std::string_view condition) {
  while (condition.starts_with('(') && condition.ends_with(')')) condition = condition.substr(1, condition.size() - 2);
  return condition.ends_with("err != nil") || condition == "err" || condition == "error";
}

}  // namespace

CodeWalker::CodeWalker(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts)
    : compiled_(compiled), language_(compiled.language()), source_(file.text), path_(file.path), facts_(facts) {}

void CodeWalker::run() {
  Tree tree = parse_code(compiled_, source_, facts_.parsing());
  facts_.set_format(language_.name);
  if (!tree) return facts_.lose(tree.unread(), fmt::format("not parsed: {}", to_string(tree.unread())));
  if (tree.root().has_error()) facts_.set_has_errors();
  if (language_.reassigned) {
    std::vector<std::string_view> names = language_.reassigned(source_);
    reassigned_.insert(names.begin(), names.end());
  }
  walk(tree.root());
  if (too_deep_) facts_.lose(Unread::TooDeep, "nested too deeply; what lies below is left out");
}

Context CodeWalker::context() const {
  Context context = context_;
  context.scope = scope_;
  return context;
}

void CodeWalker::walk_children(Node node) {
  for_each_child(node, [&](Node child) {
    if (child.named()) walk(child);
  });
}

bool CodeWalker::is_too_deep() {
  if (depth_ > deepest) too_deep_ = true;
  return depth_ > deepest;
}

void CodeWalker::walk(Node node) {
  if (!node || is_too_deep()) return;
  ++depth_;
  walk_statement(node, compiled_.row(node.symbol()));
  --depth_;
}

void CodeWalker::walk_statement(Node node, const Row& row) {
  switch (row.role) {
    case Role::None:
      if (!row.statement || !row.statement(*this, node)) walk_children(node);
      break;
    case Role::Skip:
    case Role::StringPart:
    case Role::Escape:
      break;
    case Role::Import:
      language_.import ? language_.import(*this, node) : walk_import(node, row);
      break;
    case Role::Assign:
      walk_assign(node, row);
      break;
    case Role::TypedName:
      walk_typed_name(node, row);
      break;
    case Role::Parameter:
      walk_parameter(node, row);
      break;
    case Role::Pair:
    case Role::KeywordArg:
    case Role::Interpolation:
      walk_children(node);
      break;
    case Role::Function:
      walk_function(node, row.a ? text(row.a.of(node)) : std::string_view{});
      if (row.a && row.b.of(node) && !has_content(row.b.of(node)))
        bind(text(row.a.of(node)), facts_.value(ValueKind::Function, "empty", node.span()));
      break;
    case Role::Class:
      walk_class(node, row);
      break;
    case Role::Supertypes:
      walk_supertypes(node);
      break;
    case Role::If:
      walk_if(node, row, false);
      break;
    case Role::Unless:
      walk_if(node, row, true);
      break;
    case Role::While:
    case Role::Until:
    case Role::For:
      walk_loop(node, row);
      break;
    case Role::Try:
      within(context::InTry, {}, [&] { walk_children(node); });
      break;
    default:
      statement_ = node.id();
      eval(node);
  }
}

// `import a.b.C as D`; of `import a.b.*` the names are not known.
void CodeWalker::walk_import(Node node, const Row& row) {
  std::string_view module = text(row.a.of(node)), alias = text(row.b.of(node));
  bool wildcard = text(node).ends_with('*');
  add_import(wildcard ? std::string(module) + ".*" : std::string(module), node.span(), alias);
  if (!wildcard) bind_name(alias.empty() ? last_word(module) : alias, module);
}

void CodeWalker::walk_class(Node node, const Row& row) {
  within(0, spelled(row.a.of(node)), [&] {
    auto outer = std::exchange(fields_, {});
    size_t outer_function = std::exchange(class_function_, function_);
    size_t outer_begin = std::exchange(class_begin_, bindings_.size());
    push_scope();
    Node supertypes = row.c.of(node);
    for_each_child(node, [&](Node child) {
      if (is_same(supertypes, child))
        walk_supertypes(child);
      else if (child.named())
        walk(child);
    });
    pop_scope();
    class_function_ = outer_function;
    class_begin_ = outer_begin;
    fields_ = std::move(outer);
  });
}

void CodeWalker::walk_supertypes(Node node) {
  for (Node child : parts(node)) {
    if (role(child) == Role::Supertypes) {
      walk_supertypes(child);
    } else if (role(child) == Role::New || role(child) == Role::Call || role(child) == Role::KeywordArg) {
      within(context::Annotation, {}, [&] { eval(child); });
    } else if (std::string name = type_name(text(child)); !name.empty()) {
      add_call(name, {}, child.span(), context::Annotation);
    }
  }
}

Value CodeWalker::walk_assign(Node node, const Row& row) {
  Node target = part(node, row.a, 0);
  Node right = part(node, row.b, 1);
  Value value = right ? eval_named(right, target_name(target)) : Value{};
  if (!target) return value;
  if (Node op = node.field(compiled_.operator_field())) value = compound(text(op), target, value, node.span());
  assign(target, value, node.span());
  return value;
}

Value CodeWalker::compound(std::string_view op, Node target, const Value& value, Span span) {
  if (op.size() < 2 || op == ":=" || value.is(ValueKind::Function)) return value;
  const Value* bound = lookup(binding_key(target));
  Value old = bound ? *bound : facts_.value(ValueKind::Unknown, {}, span);
  op.remove_suffix(1);
  if (language_.concat_operators.contains(op)) return concat(old, value, span);
  if (!language_.fallback_operators.contains(op)) return facts_.value(ValueKind::Unknown, {}, span);
  return lacks_default(old) ? with_default(old, value) : value;
}

void CodeWalker::assign(Node target, const Value& value, Span span) {
  std::string name = target_name(target);
  if (name.empty()) return language_.destructure ? language_.destructure(*this, target, value) : walk(target);
  if (name.size() > longest_name) return;
  std::string key = binding_key(target);
  Value stored = key.empty() ? value : reassigned(key, value);
  facts_.add(FactKind::Assign, name, span, stored, {}, context());
  if (is_collection(stored)) add_entries(name, stored);
  if (key.empty()) return;
  if (role(target) == Role::Member && !stored.is_literal()) forget_class_value(key);
  bind(key, stored);
}

void CodeWalker::declare(Node type, Node name) {
  if (!type || !name) return;
  std::string_view spelled = text(type);
  std::string qualified = type_name(spelled);
  bool named = !qualified.empty() && qualified.size() <= longest_name;
  bind(text(name), named ? facts_.value(ValueKind::Call, qualified, type.span())
                         : facts_.value(ValueKind::Unknown, {}, type.span()));
}

void CodeWalker::walk_typed_name(Node node, const Row& row) {
  Node type = row.a.of(node);
  Node name = row.b.of(node);
  Node right = row.c.of(node);
  for_each_child(node, [&](Node child) {
    if (child.named() && !is_same(type, child) && !is_same(name, child) && !is_same(right, child)) walk(child);
  });
  declare_value(type, name, right, node.span());
}

void CodeWalker::declare_value(Node type, Node name, Node value_node, Span span) {
  if (!name) return walk(value_node);
  Value value = value_node ? eval_named(value_node, target_name(name)) : Value{};
  if (type) declare(type, name);
  if (!value) return;
  const Value* bound = lookup(text(name));
  Value declared = language_.trusts_types && type && bound ? *bound : Value{};
  assign(name, value, span);
  // A constructor's class says more than an interface, an interface more than a call's name.
  bool opaque = value.is(ValueKind::Name) || value.is(ValueKind::Unknown) ||
                (value.is(ValueKind::Call) && role(value_node) != Role::New);
  if (declared.is(ValueKind::Call) && opaque && !is_environment_map(name_of(value))) bind(text(name), declared);
}

void CodeWalker::walk_parameter(Node node, const Row& row) {
  Node name = row.b.of(node);
  Node right = row.c.of(node);
  if (!name) return walk_children(node);
  if (Value fallback = right ? eval(right) : Value{}) {
    facts_.add(FactKind::Assign, spelled(name), node.span(), fallback, {}, context());
  }
  bind(text(name), facts_.value(ValueKind::Unknown, {}, name.span()));
  if (row.a) declare(row.a.of(node), name);
}

void CodeWalker::walk_function(Node node, std::string_view name) {
  within(context::InFunction, name, [&] { within_function([&] { walk_children(node); }); });
}

void CodeWalker::walk_if(Node node, const Row& row, bool negated) {
  Node condition = row.a.of(node);
  Node then = row.b.of(node);
  auto is_initializer = [&](Node child) {  // `if v := f(); v == ""`
    return condition && then && !is_same(then, child) && child.span().begin < condition.span().begin;
  };
  for_each_child(node, [&](Node child) {
    if (child.named() && is_initializer(child)) walk(child);
  });
  Branches branches;
  for_each_child(node, [&](Node child) {
    if (!child.named() || is_same(condition, child) || is_initializer(child)) return;
    bool is_then = then ? is_same(then, child) : branches.then.empty();
    (is_then ? branches.then : branches.otherwise).push_back(child);
  });
  walk_branches(node, condition, negated, branches);
}

void CodeWalker::walk_branches(Node node, Node condition, bool negated, const Branches& branches) {
  Value test = condition ? eval(condition) : Value{};
  Value outer = std::exchange(tested_, tested_read(test));
  facts_.add(FactKind::Branch, negated ? "unless" : "if", condition ? condition.span() : node.span(), test, {},
             context());
  Guard guard = negated ? opposite(guard_of(test)) : guard_of(test);
  bool asked = !negated && condition && asks_command_line(language_.name, text(condition));
  size_t overwritten_before = overwritten_.size();
  uint32_t then_flags = guard_flags(guard) | (asked ? context::CliGuard : 0);
  within(then_flags, {}, [&] {
    auto run = [&] { std::for_each(branches.then.begin(), branches.then.end(), [&](Node one) { walk(one); }); };
    asks_for_failure(text(condition)) ? within_handler(run) : run();
  });
  Span other = branches.then.empty() ? other_branch_ : branches.then[0].span();
  if (branches.then.size() > 1) other.end = branches.then.back().span().end;
  std::swap(other_branch_, other);
  within(guard_flags(opposite(guard)) | context::Otherwise, {}, [&] {
    for (Node one : branches.otherwise) walk(one);
  });
  other_branch_ = other;
  tested_ = outer;
  forget_overwritten(overwritten_before);
}

void CodeWalker::walk_loop(Node node, const Row& row) {
  Node condition = row.a.of(node);
  if (condition && text(condition) == ";") condition = Node();
  Value test = condition ? eval(condition) : Value{};
  bool endless = row.role == Role::While   ? test.is(ValueKind::Number) && test.text == "1"
                 : row.role == Role::Until ? test.is(ValueKind::Bool) && test.text == "false"
                                           : false;
  bool empty = !condition && (row.role == Role::While || (row.role == Role::For && row.a));
  if (row.role == Role::Until && test.is(ValueKind::Bool) && !endless) test = {};
  if (endless || empty) test = facts_.value(ValueKind::Bool, "true", node.span());
  walk_loop(node, row.role == Role::For && !empty ? "for" : "while", condition, test);
}

void CodeWalker::walk_loop(Node node, std::string_view keyword, Node condition, Value test) {
  facts_.add(FactKind::Branch, keyword, node.span(), test, {}, context());
  auto body = [&] {
    for_each_child(node, [&](Node child) {
      if (child.named() && !is_same(condition, child)) walk(child);
    });
  };
  if (test.is(ValueKind::Bool) && test.text == "true") return within_endless_loop(body);
  within_switch([&] { within(context::InLoop, {}, body); });
}

namespace {

void extract_source(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts) {
  const Language& language = compiled.language();
  if (language.is_read && !language.is_read(file)) return;
  CodeWalker(language.variant ? language.variant(file) : compiled, file, facts).run();
  facts.set_format(language.name);
  find_settings(facts);
  add_header_packages(language.imports.header, file.text, facts);
  if (language.finish) language.finish(facts);
}

void scan_source(const Language& language, const SourceFile& file, FileFacts& facts) {
  if (language.is_read && !language.is_read(file)) return;
  scan_imports(language.imports, file, facts);
  add_header_packages(language.imports.header, file.text, facts);
}

// Calls `read` with a file of code, or with the code in a file of another kind.
template <typename Read>
void read_code(const SourceFile& file, FileFacts& facts, Read read) {
  const ScriptHost* host = script_host(file.path);
  if (!host) return read(file);
  facts.set_format(host->format.name);
  EmbeddedCode code = host->take(file.text);
  if (code.foreign) return facts.lose(Unread::UnreadLanguage, "its code is of a language that is not read");
  if (code.text.size() > largest_embedded)
    return facts.lose(Unread::TooLarge, fmt::format("{} kB of code in one file", code.text.size() >> 10));
  std::string path = std::string(file.path).append(code.ending);
  read(SourceFile{path, code.text});
  facts.set_format(host->format.name);
  move_spans(facts, code);
}

}  // namespace

std::vector<Format> formats_of(const Language& language) {
  std::vector<Format> formats{{language.name, language.example, language.alias}};
  for (const ScriptHost& host : script_hosts()) {
    if (language.files.contains("*" + std::string(host.ending))) formats.push_back(host.format);
  }
  return formats;
}

void extract_code(const CompiledLanguage& compiled, const SourceFile& file, FileFacts& facts) {
  facts.set_format(compiled.language().name);
  read_code(file, facts, [&](const SourceFile& source) { extract_source(compiled, source, facts); });
}

void scan_code(const Language& language, const SourceFile& file, FileFacts& facts) {
  read_code(file, facts, [&](const SourceFile& source) { scan_source(language, source, facts); });
}

}  // namespace tfcheck
