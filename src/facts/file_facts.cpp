#include "facts/file_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t table_size = 256;
constexpr size_t longest_shared = 48;

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", printable(text));
}

std::string arguments(std::span<const Arg> args) {
  std::string out;
  for (const Arg& arg : args) {
    if (!out.empty()) out += ", ";
    if (!arg.name.empty()) out += fmt::format("{}=", printable(arg.name));
    out += to_string(arg.value);
  }
  return out;
}

}  // namespace

FileFacts::FileFacts() : memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(2048)), seen_(table_size) {}

std::string_view FileFacts::keep(std::string_view text) {
  if (text.empty()) return {};
  std::string_view* slot = nullptr;
  if (text.size() <= longest_shared) {
    slot = &seen_[std::hash<std::string_view>{}(text) % table_size];
    if (*slot == text) return *slot;
  }
  auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  std::string_view kept{copy, text.size()};
  if (slot) *slot = kept;
  return kept;
}

void FileFacts::lose(Unread why, std::string message, uint32_t line) {
  if (unread_ == Unread::None) unread_ = why;
  bool said = std::any_of(notices_.begin(), notices_.end(),
                          [&](const Notice& notice) { return notice.unread == why && notice.message == message; });
  if (!said) notices_.push_back({"", std::move(message), line, why});
}

static const Arg* copy_args(std::pmr::memory_resource& memory, std::span<const Arg> args) {
  if (args.empty()) return nullptr;
  auto* copy = static_cast<Arg*>(memory.allocate(args.size_bytes(), alignof(Arg)));
  std::uninitialized_copy(args.begin(), args.end(), copy);
  return copy;
}

void FileFacts::set_args(Fact& fact, std::span<const Arg> args) {
  fact.arg_data = copy_args(*memory_, args);
  fact.arg_count = static_cast<uint32_t>(args.size());
}

void FileFacts::set_items(Value& value, std::span<const Arg> items) {
  value.item_data = copy_args(*memory_, items);
  value.item_count = static_cast<uint32_t>(items.size());
}

Value FileFacts::value(ValueKind kind, std::string_view text, Span span) {
  Value made;
  made.kind = kind;
  made.text = keep(text);
  made.span = span;
  return made;
}

Value FileFacts::string(std::string_view text, Span span) {
  return value(ValueKind::String, text, span);
}

Value FileFacts::with_items(ValueKind kind, std::string_view text, std::span<const Arg> items, Span span) {
  Value made = value(kind, text, span);
  set_items(made, items);
  return made;
}

Fact& FileFacts::add(FactKind kind, std::string_view name, Span span, const Value& value, std::span<const Arg> args,
                     const Context& context) {
  Fact& fact = facts_.emplace_back();
  fact.kind = kind;
  fact.name = keep(name);
  fact.span = span;
  fact.value = value;
  fact.context = context;
  fact.context.scope = keep(context.scope);
  set_args(fact, args);
  return fact;
}

void FileFacts::seal() {
  seen_ = {};
  facts_.shrink_to_fit();
}

std::string to_string(const Value& value) {
  switch (value.kind) {
    case ValueKind::Absent:
      return "-";
    case ValueKind::Null:
      return "null";
    case ValueKind::Bool:
    case ValueKind::Number:
      return std::string(value.text);
    case ValueKind::String:
      return quoted(value.text);
    case ValueKind::Env:
      return fmt::format("env({}{})", printable(value.text), value.item_count ? ", " + arguments(value.items()) : "");
    case ValueKind::Call:
      return fmt::format("{}({})", printable(value.text), arguments(value.items()));
    case ValueKind::Name:
      return printable(value.text);
    case ValueKind::Template:
      return fmt::format("template{}", quoted(value.text));
    case ValueKind::List:
      return fmt::format("[{}]", arguments(value.items()));
    case ValueKind::Map:
      return fmt::format("{{{}}}", arguments(value.items()));
    case ValueKind::Function:
      return value.text == "empty" ? "function{}" : "function";
    case ValueKind::Unknown:
      return "?";
  }
  return "?";
}

std::string to_string(const Fact& fact) {
  std::string out = fmt::format("{} {}", to_string(fact.kind), printable(fact.name));
  if (fact.kind == FactKind::Call) {
    out += fmt::format("({})", arguments(fact.args()));
  } else {
    if (fact.value) out += fmt::format(" = {}", to_string(fact.value));
    if (fact.arg_count) out += fmt::format(" ({})", arguments(fact.args()));
  }
  return out;
}

}  // namespace tfcheck
