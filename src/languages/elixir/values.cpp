// Collections, what a supervisor starts, settings, and the values of ordinary calls.
#include "base/text.h"
#include "languages/elixir/hooks.h"

namespace tfcheck::elixir {

// ":prod" → "prod", "password: " → "password", "\"a b\": " → "a b"
std::string spelling(std::string_view name) {
  name = trim(name);
  bool keyword = name.ends_with(':');
  while (name.ends_with(':') || (keyword && name.ends_with('"'))) name.remove_suffix(1);
  while (name.starts_with(':') || name.starts_with('"')) name.remove_prefix(1);
  if (name.ends_with('"')) name.remove_suffix(1);
  return std::string(name);
}

Value unknown(CodeWalker& walker, Node node) {
  return walker.facts().value(ValueKind::Unknown, {}, node.span());
}

namespace {

// Arguments or elements; pairs at the end are named.
void add_items(CodeWalker& walker, Node node, std::vector<Arg>& items) {
  for (Node child : walker.parts(node)) {
    bool arrow = walker.is(child, types["binary_operator"]) && walker.is(node, types["map_content"]);
    if (walker.is(child, types["keywords"])) {
      std::vector<Arg> pairs = walker.eval_arguments(child);
      items.insert(items.end(), pairs.begin(), pairs.end());
    } else if (walker.is(child, types["map_content"])) {
      add_items(walker, child, items);
    } else if (arrow) {  // "a" => 1
      Value key = walker.eval(walker.field(child, fields["left"]));
      std::string_view name = key.is(ValueKind::String) ? key.text : std::string_view("*");
      items.push_back({name, walker.eval_item(walker.field(child, fields["right"]))});
    } else {
      items.push_back({{}, walker.eval_item(child)});
    }
  }
}

}  // namespace

std::vector<Arg> items_of(CodeWalker& walker, Node node) {
  std::vector<Arg> items;
  if (node) add_items(walker, node, items);
  return items;
}

Value collection(CodeWalker& walker, Node node) {
  std::vector<Arg> items = items_of(walker, node);
  bool named = !items.empty() && !items.back().name.empty();
  return walker.facts().with_items(named ? ValueKind::Map : ValueKind::List, {}, items, node.span());
}

namespace {

// What a call is given, with the parts of a list of options at its end as if they were its own.
void spread_options(std::vector<Arg>& args) {
  if (args.empty() || !args.back().value.is(ValueKind::Map) || !args.back().name.empty()) return;
  std::span<const Arg> options = args.back().value.items();
  args.pop_back();
  args.insert(args.end(), options.begin(), options.end());
}

}  // namespace

Value tuple(CodeWalker& walker, Node node) {
  std::vector<Arg> items = items_of(walker, node);
  Node first = node.named_child(0);
  if (walker.is(first, types["alias"]) && items.size() > 1) {
    std::string name(items[0].value.text);
    items.erase(items.begin());
    spread_options(items);
    return walker.finish_call(node, name, items);
  }
  bool reads = items.size() > 1 && walker.text(first) == ":system" && items[1].value.is(ValueKind::String);
  if (reads)
    return walker.environment_read(items[1].value.text, items.size() > 2 ? items[2].value : Value{}, node.span());
  return walker.facts().with_items(ValueKind::List, {}, items, node.span());
}

namespace {

constexpr int deepest_setting = 16;

// `"${DB_PASSWORD}"`: a release that is started with REPLACE_OS_VARS puts the variable in its place.
Value with_variables(CodeWalker& walker, const Value& value, int depth) {
  if (value.is(ValueKind::String)) {
    bool whole = value.text.starts_with("${") && value.text.ends_with('}');
    std::string_view name = whole ? value.text.substr(2, value.text.size() - 3) : std::string_view{};
    return is_variable(name) ? walker.environment_read(name, {}, value.span) : value;
  }
  bool settings = value.is(ValueKind::Map) || value.is(ValueKind::List);
  if (!settings || depth == deepest_setting) return value;
  std::vector<Arg> items(value.items().begin(), value.items().end());
  for (Arg& item : items) item.value = with_variables(walker, item.value, depth + 1);
  return walker.facts().with_items(value.kind, value.text, items, value.span);
}

// `config :shop, Shop.Repo, password: "…"`: entries "shop.Shop.Repo.password".
Value settings(CodeWalker& walker, Node node, std::span<const Arg> args) {
  std::string anchor(args[0].value.text);
  size_t next = 1;
  bool keyed = args.size() > 2 && args[1].name.empty();
  if (keyed && (args[1].value.is(ValueKind::Name) || args[1].value.is(ValueKind::String)))
    anchor.append(".").append(args[next++].value.text);
  bool whole = next < args.size() && args[next].name.empty();
  std::vector<Arg> one = {{walker.facts().keep(last_word(anchor)), whole ? args[next].value : Value{}}};
  std::string above = anchor.substr(0, anchor.size() - std::min(anchor.size(), one[0].name.size() + 1));
  Value value = walker.facts().with_items(ValueKind::Map, {}, whole ? one : args.subspan(next), node.span());
  walker.add_entries(whole ? above : anchor, with_variables(walker, value, 0));
  return unknown(walker, node);
}

// `set cookie: :"…"` of a release: by what the nodes of a cluster know each other, and whoever has it runs code there.
void add_cookie(CodeWalker& walker, std::span<const Arg> args) {
  for (const Arg& arg : args) {
    if (arg.name == "cookie")
      walker.facts().add(FactKind::Entry, "release.erlang_cookie", arg.value.span, arg.value, {}, walker.context());
  }
}

}  // namespace

Value call_of(CodeWalker& walker, Node node, const std::string& name, std::span<const Arg> args) {
  bool sets = name == "config" && args.size() > 1 && args[0].value.is(ValueKind::String);
  if (sets) return settings(walker, node, args);
  if (name == "set") add_cookie(walker, args);
  // Dotenvy: env!("PORT", :integer, 4000)
  if (last_word(name) == "env!" && !args.empty())
    return walker.environment_read(args[0].value.text, args.size() > 2 ? args[2].value : Value{}, node.span());
  return walker.finish_call(node, name, args);
}

}  // namespace tfcheck::elixir
