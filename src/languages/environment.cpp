// Facts: imports, calls, the entries of maps and lists, reads of the environment and their defaults.
#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

// Maps and lists nested deeper than this are data, and so are more entries than this in a file.
constexpr int deepest_entry = 8;
constexpr size_t most_entries = 20000;

uint64_t key_of(Span span) {
  return uint64_t{span.begin} << 32 | span.end;
}

}  // namespace

bool is_variable(std::string_view text) {
  if (text.size() < 2 || text[0] < 'A' || text[0] > 'Z') return false;
  return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

bool CodeWalker::is_environment_map(std::string_view name) const {
  return language_.environment.maps.contains(name);
}

bool CodeWalker::is_environment_key(std::string_view map, std::string_view key) const {
  return is_environment_map(map) && (!language_.environment.is_key || language_.environment.is_key(map, key));
}

void CodeWalker::add_import(std::string_view module, Span span, std::string_view alias) {
  facts_.add(FactKind::Import, module, span, alias.empty() ? Value{} : facts_.string(alias, span), {}, context());
}

void CodeWalker::add_call(std::string_view name, std::span<const Arg> args, Span span, uint32_t extra_flags) {
  Context where = context();
  where.flags |= extra_flags;
  facts_.add(FactKind::Call, name, span, {}, args, where);
}

Value CodeWalker::environment_read(std::string_view name, const Value& fallback, Span span) {
  facts_.add(FactKind::EnvRead, name, span, fallback, {}, context());
  if (!facts_.full()) reads_[key_of(span)] = facts_.facts().size() - 1;
  Value read = facts_.value(ValueKind::Env, name, span);
  if (fallback) {
    Arg item{{}, fallback};
    facts_.set_items(read, {&item, 1});
  }
  return read;
}

Value CodeWalker::with_default(Value read, const Value& fallback) {
  bool chained = read.item_count && read.items()[0].value.is(ValueKind::Env);  // `A || B || "y"` of two variables
  Arg item{{}, chained ? with_default(read.items()[0].value, fallback) : fallback};
  facts_.set_items(read, {&item, 1});
  if (auto fact = reads_.find(key_of(read.span)); fact != reads_.end()) facts_.facts()[fact->second].value = item.value;
  return read;
}

void CodeWalker::fails_without(const Value& read) {
  auto fact = reads_.find(key_of(read.span));
  if (fact == reads_.end() || facts_.facts()[fact->second].name != read.text) return;
  Arg required{"required", facts_.value(ValueKind::Bool, "true", read.span)};
  facts_.set_args(facts_.facts()[fact->second], {&required, 1});
}

void CodeWalker::add_entries(std::string_view anchor, const Value& value, int depth) {
  if (depth > deepest_entry || anchor.size() > longest_name || entries_ > most_entries) return;
  size_t index = 0;
  for (const Arg& item : value.items()) {
    std::string name(anchor);
    name += ".";
    name += item.name.empty() ? std::to_string(index) : std::string(item.name);
    ++index;
    const Value& inner = item.value;
    if (++entries_ > most_entries) return;
    if (is_collection(inner)) {
      add_entries(name, inner, depth + 1);
    } else if (!inner.is(ValueKind::Unknown) && !(item.name.empty() && inner.is(ValueKind::Number))) {
      facts_.add(FactKind::Entry, name, inner.span, inner, {}, context());
    }
  }
}

}  // namespace tfcheck
