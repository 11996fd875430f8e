#include "languages/jvm.h"

#include "base/text.h"

namespace tfcheck {

namespace {

// "${DB_URL:jdbc:h2:mem}": reads of the environment, where the key is written like a variable; "${a:${B:c}}" nests.
void read_placeholders(CodeWalker& walker, std::string_view text, Span span) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    std::string_view rest = text.substr(at + 2);
    size_t end = rest.find_first_of(":}");
    if (end == std::string_view::npos) return;
    if (!is_variable(rest.substr(0, end))) continue;
    bool has_default = rest[end] == ':';
    std::string_view fallback = before_first(rest.substr(end + 1), '}');
    bool literal = has_default && fallback.find("${") == std::string_view::npos;
    ValueKind kind = literal ? ValueKind::String : ValueKind::Template;
    Value read = walker.environment_read(rest.substr(0, end),
                                         has_default ? walker.facts().value(kind, fallback, span) : Value{}, span);
    if (!has_default) walker.fails_without(read);
  }
}

}  // namespace

void read_jvm_annotation(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if (name.ends_with("annotation.Value")) {
    const Value& text = args.empty() ? Value{} : args[0].value;
    if (text.is(ValueKind::String)) read_placeholders(walker, text.text, node.span());
  } else if (name.ends_with("ConfigProperty")) {
    const Value& key = argument(args, "name");
    if (is_variable(key.text)) walker.environment_read(key.text, argument(args, "defaultValue"), node.span());
  }
}

Value spring_property(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  bool reads = name.ends_with("Environment.getProperty") || name.ends_with("Environment.getRequiredProperty");
  if (!reads || args.empty() || !args[0].value.is(ValueKind::String) || !is_variable(args[0].value.text)) return {};
  Value fallback;
  if (args.size() > 1 && args.back().value.kind != ValueKind::Unknown) fallback = args.back().value;
  Value read = walker.environment_read(args[0].value.text, fallback, node.span());
  if (!fallback && name.ends_with("getRequiredProperty")) walker.fails_without(read);
  return read;
}

Value annotated_read(CodeWalker& walker, Node modifiers) {
  const std::vector<Fact>& all = walker.facts().facts();
  for (size_t i = all.size(); i-- > 0;) {
    const Fact& fact = all[i];
    if (fact.span.begin < modifiers.span().begin || fact.span.end > modifiers.span().end) break;
    if (fact.kind != FactKind::EnvRead) continue;
    Value read = walker.facts().value(ValueKind::Env, fact.name, fact.span);
    Arg fallback{{}, fact.value};
    if (fact.value) walker.facts().set_items(read, {&fallback, 1});
    return read;
  }
  return {};
}

}  // namespace tfcheck
