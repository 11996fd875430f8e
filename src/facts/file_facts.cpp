#include "facts/file_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <iterator>

#include "base/text.h"
#include "facts/adapter.h"

namespace tfcheck {

namespace {

// Slots of the table of kept texts: a power of two, by the size of the file.
constexpr size_t smallest_table = 8;
constexpr size_t largest_table = 256;
constexpr size_t bytes_per_slot = 16;
constexpr size_t longest_shared = 48;
// The first piece of memory; the following ones grow by themselves.
constexpr size_t smallest_buffer = 64;
constexpr size_t largest_first_buffer = 2048;

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

FileFacts::FileFacts(size_t text_size)
    : memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(
          std::clamp(text_size, smallest_buffer, largest_first_buffer))),
      table_size_(std::bit_ceil(std::clamp(text_size / bytes_per_slot, smallest_table, largest_table))) {}

// Memory for what is kept; null when the file is full.
void* FileFacts::take(size_t size, size_t alignment) {
  if (kept_ + size > most_kept) full_ = true;
  if (full_) return nullptr;
  kept_ += size;
  return memory_->allocate(size, alignment);
}

std::string_view FileFacts::keep(std::string_view text) {
  if (text.empty()) return {};
  if (seen_.empty()) seen_.resize(table_size_);
  std::string_view* slot = nullptr;
  if (text.size() <= longest_shared) {
    slot = &seen_[std::hash<std::string_view>{}(text) % table_size_];
    if (*slot == text) return *slot;
  }
  auto* copy = static_cast<char*>(take(text.size(), 1));
  if (!copy) return {};
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

const Arg* FileFacts::copy(std::span<const Arg> args) {
  if (args.empty()) return nullptr;
  auto* copy = static_cast<Arg*>(take(args.size_bytes(), alignof(Arg)));
  if (copy) std::uninitialized_copy(args.begin(), args.end(), copy);
  return copy;
}

void FileFacts::set_args(Fact& fact, std::span<const Arg> args) {
  fact.arg_data = copy(args);
  fact.arg_count = fact.arg_data ? static_cast<uint32_t>(args.size()) : 0;
}

void FileFacts::set_items(Value& value, std::span<const Arg> items) {
  value.item_data = copy(items);
  value.item_count = value.item_data ? static_cast<uint32_t>(items.size()) : 0;
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
  if (facts_.size() >= most_facts) full_ = true;
  if (full_) return spare_ = {};
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

void FileFacts::adopt(FileFacts&& facts, const SourceFile& file, const Adapter& adapter, std::string_view place,
                      const Context& context) {
  EmbeddedFile embedded;
  embedded.first = static_cast<uint32_t>(facts_.size());
  embedded.prefix = static_cast<uint32_t>(place.size() + 1);
  embedded.path = keep(file.path);
  embedded.format = keep(facts.format());
  embedded.adapter = &adapter;
  kept_ += facts.kept_;
  std::string name;
  for (const Fact& fact : facts.facts_) {
    if (kept_ > most_kept || facts_.size() >= most_facts) full_ = true;
    if (full_) break;
    Fact& copy = facts_.emplace_back(fact);
    if (fact.kind == FactKind::Entry) copy.name = keep(name.assign(place).append(".").append(fact.name));
    std::string_view scope = fact.context.scope;
    copy.context.scope = keep(scope.empty() ? place : name.assign(place).append(".").append(scope));
    copy.context.flags |= context.flags;
    if (fact.kind == FactKind::Entry) copy.context.index = context.index;
  }
  embedded.end = static_cast<uint32_t>(facts_.size());
  adopted_facts_ += embedded.end - embedded.first;
  embedded_.push_back(embedded);
  adopted_.push_back(std::move(facts.memory_));
  for (auto& memory : facts.adopted_) adopted_.push_back(std::move(memory));
  parsing_.spent += facts.parsing_.spent;
  work_.steps += facts.work_.steps;
}

const EmbeddedFile* FileFacts::embedded_of(uint32_t fact) const {
  auto behind = std::upper_bound(embedded_.begin(), embedded_.end(), fact,
                                 [](uint32_t wanted, const EmbeddedFile& file) { return wanted < file.first; });
  if (behind == embedded_.begin() || fact >= std::prev(behind)->end) return nullptr;
  return &*std::prev(behind);
}

Work FileFacts::work() const {
  Work work = work_;
  work.parse_units += parsing_.spent;
  work.kept += kept_ + facts_.size() * sizeof(Fact);
  return work;
}

void FileFacts::seal() {
  if (full_) lose(Unread::TooManyFacts, "more than 200,000 facts or 32 MB of values; the rest is left out");
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

std::string to_string(const Context& context) {
  std::string out;
  if (!context.scope.empty()) out = fmt::format("  in {}", printable(context.scope));
  if (context.index) out += fmt::format("{}#{}", out.empty() ? "  " : " ", context.index);
  std::string flags;
  for (const FlagName& flag : flag_names()) {
    if (context.has(flag.bit)) flags.append(flags.empty() ? "" : " ").append(flag.name);
  }
  return flags.empty() ? out : fmt::format("{}  [{}]", out, flags);
}

std::string context_of(const Fact& fact) {
  std::string out = to_string(fact.context);
  return fact.role == CommandRole::Other ? out : fmt::format("{}  as {}", out, to_string(fact.role));
}

}  // namespace tfcheck
