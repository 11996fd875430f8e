// The forms of the language that its grammar takes for calls: definitions, branches, loops, imports.
#include <utility>

#include "base/text.h"
#include "languages/elixir/hooks.h"

namespace tfcheck::elixir {

void bind_pattern(CodeWalker& walker, Node node, int depth) {
  if (!node || depth > 20) return;
  if (walker.is(node, types["identifier"])) return walker.bind(walker.text(node), unknown(walker, node));
  for_each_child(node, [&](Node child) {
    if (child.named()) bind_pattern(walker, child, depth + 1);
  });
}

namespace {

// The value of `do:` or `else:` among the arguments.
Node keyword(CodeWalker& walker, Node arguments, std::string_view name) {
  Node found;
  for (Node pair : walker.parts(walker.child(arguments, types["keywords"]))) {
    if (spelling(walker.text(walker.field(pair, fields["key"]))) == name) found = walker.field(pair, fields["value"]);
  }
  return found;
}

void branch(CodeWalker& walker, Node node, Node arguments, Node block, bool negated) {
  Branches branches;
  for (Node child : walker.parts(block)) {
    if (!walker.is(child, types["else_block"])) branches.then.push_back(child);
  }
  if (Node then = keyword(walker, arguments, "do")) branches.then.push_back(then);
  if (Node otherwise = walker.child(block, types["else_block"])) branches.otherwise.push_back(otherwise);
  if (Node otherwise = keyword(walker, arguments, "else")) branches.otherwise.push_back(otherwise);
  walker.walk_branches(node, arguments ? arguments.named_child(0) : Node(), negated, branches);
}

// `def start(port \\ 4000) when port > 0 do … end`
void define(CodeWalker& walker, Node arguments, Node block) {
  Node head = arguments.named_child(0);
  if (walker.text(walker.field(head, fields["operator"])) == "when") head = walker.field(head, fields["left"]);
  Node target = walker.field(head, fields["target"]), body = block ? block : keyword(walker, arguments, "do");
  std::string name(walker.text(target ? target : head));
  walker.within(context::InFunction, name.size() < 100 ? name : "", [&] {
    walker.within_function([&] {
      for (Node parameter : walker.parts(walker.child(head, types["arguments"]))) bind_pattern(walker, parameter);
      Node only = body ? walker.only_part(body) : Node();
      if (walker.role(only) != Role::String) return walker.walk(body);
      walker.add_returned(walker.eval(only));
    });
  });
}

// `alias Shop.{Repo, User}`, `alias Shop.Repo, as: Store`, `import Config`, `use GenServer`
void import(CodeWalker& walker, Node node, std::string_view how, Node arguments) {
  Node first = arguments.named_child(0);
  std::string base(walker.text(walker.is(first, types["dot"]) ? walker.field(first, fields["left"]) : first));
  Node several = walker.is(first, types["dot"]) ? walker.field(first, fields["right"]) : Node();
  std::vector<std::string> modules;
  for (Node one : walker.parts(walker.is(several, types["tuple"]) ? several : Node()))
    modules.push_back(base + "." + std::string(walker.text(one)));
  if (modules.empty()) modules.push_back(walker.qualify(base));
  Node as = keyword(walker, arguments, "as");
  for (const std::string& module : modules) {
    if (module.empty() || module.size() > 100 || module.find_first_of(" \n(") != std::string::npos) continue;
    walker.add_import(module, node.span(), walker.text(as));
    if (how == "alias") walker.bind_name(as ? walker.text(as) : last_word(module), walker.facts().keep(module));
    if (how != "use") continue;
    std::vector<Arg> args = items_of(walker, arguments);
    walker.add_call(module, std::span<const Arg>(args).subspan(1), node.span(), context::Annotation);
  }
}

// `defmodule Shop.Server do … end`
void module(CodeWalker& walker, Node arguments, Node block) {
  std::string name(walker.text(arguments.named_child(0)));
  walker.within(0, name.size() < 100 ? name : "", [&] {
    walker.push_scope();
    walker.walk(block);
    walker.pop_scope();
  });
}

// What stands before the block: `a <- b` and what is chosen from.
void head(CodeWalker& walker, Node arguments) {
  for (Node child : walker.parts(arguments)) {
    if (!walker.is(child, types["keywords"])) walker.eval(child);
  }
}

// `for item <- items, do: …`: what `a <- b` binds is bound by its operator.
void loop(CodeWalker& walker, Node node, Node arguments, Node block) {
  walker.facts().add(FactKind::Branch, "for", node.span(), {}, {}, walker.context());
  walker.push_scope();
  head(walker, arguments);
  walker.within(context::InLoop, {}, [&] { walker.walk(block ? block : keyword(walker, arguments, "do")); });
  walker.pop_scope();
}

// `environment :dev do … end` of Distillery, with what its releases are set to.
void environment(CodeWalker& walker, Node arguments, Node block) {
  static constexpr Words developers = {"dev", "development", "test"};
  bool guarded = developers.contains(spelling(walker.text(arguments.named_child(0))));
  walker.within(guarded ? context::DevGuard : 0, {}, [&] { walker.walk(block); });
}

// `case`, `cond`, `with`, `receive`: one of the parts runs.
void choose(CodeWalker& walker, Node arguments, Node block) {
  walker.push_scope();
  head(walker, arguments);
  walker.within(context::InCondition, {}, [&] { walker.walk(block ? block : keyword(walker, arguments, "do")); });
  walker.pop_scope();
}

// "Shop.Repo, as: Store" → "Shop.Repo"; "" where no module is named.
std::string_view module_of(std::string_view text) {
  text = trim(text.substr(0, text.find_first_of(",# ")));
  return !text.empty() && text[0] >= 'A' && text[0] <= 'Z' ? text : std::string_view{};
}

constexpr Words definitions = {"def", "defp", "defmacro", "defmacrop"};
constexpr Words modules = {"defmodule", "defprotocol", "defimpl"};
constexpr Words imports = {"alias", "import", "require", "use"};
constexpr Words choices = {"case", "cond", "with", "receive"};

}  // namespace

void scan_imports(const SourceFile& file, FileFacts& facts) {
  bool quoted = false;
  for_each_line(file.text, [&](const SourceLine& line) {
    size_t quotes = line.text.find("\"\"\"");
    bool toggles = quotes != std::string_view::npos && line.text.find("\"\"\"", quotes + 3) == std::string_view::npos;
    bool skips = std::exchange(quoted, quoted != toggles);
    std::string_view keyword = before_first(line.text, ' ');
    if (line.text.starts_with("Mix.install(")) facts.add(FactKind::Import, "Mix.install", line.span);
    if (skips || toggles || !imports.contains(keyword)) return true;
    std::string_view rest = trim(line.text.substr(keyword.size()));
    size_t open = rest.find(".{"), close = rest.find('}');
    if (open == std::string_view::npos) {
      if (std::string_view name = module_of(rest); !name.empty()) facts.add(FactKind::Import, name, line.span);
    } else if (close != std::string_view::npos && close > open) {
      for (std::string_view one : split(rest.substr(open + 2, close - open - 2), ','))
        facts.add(FactKind::Import, facts.keep(std::string(rest.substr(0, open + 1)).append(module_of(trim(one)))),
                  line.span);
    }
    return true;
  });
}

bool is_form(CodeWalker& walker, Node node) {
  Node target = walker.field(node, fields["target"]);
  if (!walker.is(target, types["identifier"])) return false;
  Node arguments = walker.child(node, types["arguments"]), block = walker.child(node, types["do_block"]);
  std::string_view form = walker.text(target);
  bool has_head = arguments && arguments.named_count() > 0;
  if (has_head && definitions.contains(form)) return define(walker, arguments, block), true;
  if (has_head && modules.contains(form)) return module(walker, arguments, block), true;
  if (has_head && imports.contains(form)) return import(walker, node, form, arguments), true;
  if (has_head && (form == "if" || form == "unless"))
    return branch(walker, node, arguments, block, form == "unless"), true;
  if (has_head && form == "for") return loop(walker, node, arguments, block), true;
  if (form == "environment" && has_head && block) return environment(walker, arguments, block), true;
  if (choices.contains(form) && (block || has_head)) return choose(walker, arguments, block), true;
  if (form != "try" || !block) return false;
  walker.walk(block);
  return true;
}

}  // namespace tfcheck::elixir
