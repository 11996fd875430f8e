#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "languages/rust/nodes.h"

namespace tfcheck {

namespace {

constexpr auto& types = rust_types;
constexpr auto& fields = rust_fields;

// Attributes that say nothing of what a function does.
constexpr Words quiet = {"allow",  "cfg",        "cfg_attr", "deprecated",        "doc",
                         "inline", "instrument", "must_use", "tracing.instrument"};

// Attributes and what they stand before; what is built for tests only is left out.
std::string attribute_name(CodeWalker& walker, Node attribute) {
  std::string_view text = walker.text(attribute);
  return colon_name(text.substr(0, text.find_first_of("([{ =")));
}

Node attribute_of(CodeWalker& walker, Node item) {
  return walker.child(item, types["attribute"]);
}

bool is_for_tests(CodeWalker& walker, Node item) {
  Node attribute = attribute_of(walker, item);
  std::string name = attribute_name(walker, attribute);
  std::string_view text = walker.text(attribute), last = last_word(name);
  if (last == "test" || last == "bench" || last == "rstest") return true;
  // `cfg(test)`, `cfg(all(test, feature = "x"))`
  bool word = text.find("(test,") != std::string_view::npos || text.find("(test)") != std::string_view::npos ||
              text.find(" test)") != std::string_view::npos || text.find(" test,") != std::string_view::npos;
  return name == "cfg" && word && text.find("not(test") == std::string_view::npos;
}

// `#[arg(long, env = "X", default_value = "d")] x: String` reads X; without `env` it is an option of the command line.
void read_option(CodeWalker& walker, Node field, Node item) {
  Node attribute = attribute_of(walker, item);
  std::string name = attribute_name(walker, attribute);
  if (name != "arg" && name != "clap" && name != "structopt" && name != "argh") return;
  std::vector<Arg> args = rust_tokens(walker, walker.field(attribute, fields["arguments"]));
  std::string called(walker.text(walker.field(field, fields["name"])));
  Value fallback;
  bool reads = false;
  for (const Arg& arg : args) {
    Span written = arg.value.span;
    bool bare = arg.name.empty() && walker.source().substr(written.begin, written.end - written.begin) == "env";
    if (arg.name.starts_with("default")) fallback = arg.value;
    if (arg.name == "env" && arg.value.is(ValueKind::String)) called = arg.value.text;
    if (bare)
      std::transform(called.begin(), called.end(), called.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    reads |= bare || arg.name == "env";
  }
  if (reads || fallback) walker.environment_read(called, fallback, field.span());
}

void annotate(CodeWalker& walker, Node item) {
  Node attribute = attribute_of(walker, item);
  std::string name = attribute_name(walker, attribute);
  if (name.empty() || quiet.contains(name)) return;
  std::vector<Arg> args = rust_tokens(walker, walker.field(attribute, fields["arguments"]));
  walker.add_call(walker.qualify(name), args, item.span(), context::Annotation);
}

void walk_item(CodeWalker& walker, Node item, const std::vector<Node>& attributes) {
  if (walker.is(item, types["function_item"])) {
    walker.within(context::InFunction, walker.text(walker.field(item, fields["name"])), [&] {
      for (Node attribute : attributes) annotate(walker, attribute);
    });
  } else if (walker.is(item, types["field_declaration"])) {
    for (Node attribute : attributes) read_option(walker, item, attribute);
  } else if (Node trait = walker.is(item, types["impl_item"]) ? walker.field(item, fields["trait"]) : Node()) {
    walker.within(0, walker.spelled(walker.field(item, fields["type"])), [&] {
      walker.add_call(walker.qualify(colon_name(walker.text(trait))), {}, trait.span(), context::Annotation);
    });
  }
  walker.walk(item);
}

}  // namespace

bool rust_items(CodeWalker& walker, Node node) {
  std::vector<Node> attributes;
  bool tests = false;
  for_each_child(node, [&](Node child) {
    if (!child.named() || tests) return;
    if (walker.is(child, types["inner_attribute_item"])) tests = is_for_tests(walker, child);
    if (walker.is(child, types["attribute_item"])) attributes.push_back(child);
    if (walker.role(child) == Role::Skip) return;
    bool for_tests = false;
    for (Node attribute : attributes) for_tests |= is_for_tests(walker, attribute);
    if (!for_tests) walk_item(walker, child, attributes);
    attributes.clear();
  });
  return true;
}

}  // namespace tfcheck
