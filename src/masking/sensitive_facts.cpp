#include "masking/sensitive_facts.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "masking/literal_scan.h"
#include "masking/sensitive_command.h"
#include "masking/sensitive_locator.h"
#include "masking/sensitive_name.h"
#include "masking/sensitive_pieces.h"
#include "masking/sensitive_text.h"

namespace tfcheck {

namespace {

constexpr int deepest = 6;
constexpr size_t longest_decoded = 4096;  // texts with escapes that are looked at again
constexpr size_t longest_repeated = 256;  // a longer constant is looked at once, not wherever its name stands

std::string_view parent_of(std::string_view name) {
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

bool is_text(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Template);
}

Span whole(const Value& value) {
  return {0, static_cast<uint32_t>(value.text.size())};
}

// Called with a value and the part of its text that is secret.
using SensitiveVisit = std::function<void(const Value& value, Span part)>;

// A constant's text also where its name stands, or only where it is written: then a long one is looked at once.
enum class Look : uint8_t { Everywhere, AtWritten };

class FactScan {
 public:
  FactScan(const MaskWords& words, const FileFacts& facts, const SensitiveVisit& visit, Look look)
      : words_(words), facts_(facts.facts()), visit_(visit), look_(look) {}

  void look(size_t index) {
    const Fact& fact = facts_[index];
    switch (fact.kind) {
      case FactKind::Assign:
      case FactKind::EnvRead:
        return named(fact.name, fact.value, 0);
      case FactKind::Entry:
        named(name_of(index), fact.value, 0);
        return arguments(fact.args());
      case FactKind::Call:
        return call(fact.name, fact.args(), 0);
      case FactKind::Command:
        return command(fact);
      default:
        inner(fact.value, 0);
        return arguments(fact.args());
    }
  }

 private:
  // The name of an entry, or of the pair that it is the value of: { name: "X", value: "…" }, <x name="X">…</x>.
  std::string_view name_of(size_t index) const {
    const Fact& fact = facts_[index];
    const Fact* after = index + 1 < facts_.size() ? &facts_[index + 1] : nullptr;
    if (after && after->kind == FactKind::Entry && after->name.ends_with(".name") &&
        parent_of(after->name) == fact.name && after->value.is(ValueKind::String))
      return after->value.text;
    if (index == 0 || !fact.name.ends_with(".value")) return fact.name;
    const Fact& before = facts_[index - 1];
    bool pair = before.kind == FactKind::Entry && before.value.is(ValueKind::String) &&
                (before.name.ends_with(".name") || before.name.ends_with(".key")) &&
                parent_of(before.name) == parent_of(fact.name);
    return pair ? before.value.text : fact.name;
  }

  void arguments(std::span<const Arg> args) {
    for (const Arg& arg : args) named(arg.name, arg.value, 0);
  }

  void named(std::string_view name, const Value& value, int depth) {
    NameSense sense = sense_of(words_, name);
    if (sense == NameSense::Nothing) return inner(value, depth);
    literals(value, sense, depth);
  }

  // Every literal in a value that is a secret as a whole.
  void literals(const Value& value, NameSense sense, int depth) {
    if (depth > deepest) return;
    if (is_text(value) || value.is(ValueKind::Number)) return secret(value, sense);
    if (value.is(ValueKind::Call)) return call(value.text, value.items(), depth + 1, sense);
    for (const Arg& item : value.items()) {
      if (is_beside(item.name)) {
        named(item.name, item.value, depth + 1);
      } else {
        literals(item.value, sense, depth + 1);
      }
    }
  }

  // What stands beside a secret in a map of credentials: whose it is, and for what.
  bool is_beside(std::string_view name) const { return !name.empty() && words_.beside.contains(snake_case(name)); }

  void secret(const Value& value, NameSense sense) {
    std::string_view text = value.text;
    size_t begin = 0;
    if (sense == NameSense::Authorization) {
      size_t blank = text.find(' ');
      if (blank == std::string_view::npos) return inner(value, 0);
      begin = std::min(text.find_first_not_of(' ', blank), text.size());
    }
    if (std::string_view fallback = default_of(text.substr(begin)); !fallback.empty()) {
      if (!is_harmless(words_, fallback)) {
        auto at = static_cast<uint32_t>(fallback.data() - text.data());
        visit_(value, {at, at + static_cast<uint32_t>(fallback.size())});
      }
    } else if (!is_harmless(words_, text.substr(begin))) {
      visit_(value, {static_cast<uint32_t>(begin), static_cast<uint32_t>(text.size())});
    }
  }

  // What converts its argument hands it on; what asks for a secret by name is given none.
  void call(std::string_view callee, std::span<const Arg> args, int depth, NameSense sense = NameSense::Nothing) {
    if (depth > deepest) return;
    std::string_view last = callee.substr(callee.find_last_of(".:") + 1);
    bool converts = sense != NameSense::Nothing && is_conversion(last) && !callee.ends_with("path.join");
    const Value* before = nullptr;
    int secret_at = args.empty() ? -1 : secret_position(words_, callee), position = 0;
    for (const Arg& arg : args) {
      bool placed = arg.name.empty() && position++ == secret_at && is_text(arg.value);
      bool key = before && is_key(*before) && sense_of(words_, before->text) != NameSense::Nothing;
      bool pair = arg.name == "auth" && arg.value.is(ValueKind::List) && arg.value.item_count == 2;
      bool fallback = arg.name == "default" && before && sense_of(words_, before->text) != NameSense::Nothing;
      if (pair) {
        literals(arg.value.items()[1].value, NameSense::Secret, depth + 1);
      } else if (fallback || placed ||
                 (arg.name.empty() &&
                  (converts || (key && is_given(args, arg.value)) || (args.size() == 1 && hands_over(words_, last))))) {
        literals(arg.value, NameSense::Secret, depth + 1);
      } else {
        named(arg.name, arg.value, depth + 1);
        if (sense != NameSense::Nothing) keys(arg.value, depth + 1);
      }
      if (arg.name.empty()) before = &arg.value;
    }
    if (!args.empty()) words(args);
  }

  // What an unknown call makes a secret of is its key when it looks like one.
  void keys(const Value& value, int depth) {
    if (depth > deepest) return;
    if (is_text(value)) {
      for (std::string_view line : split(value.text, '\n')) {
        if (is_key_material(trim(line))) return visit_(value, whole(value));
      }
    } else if (value.is(ValueKind::List)) {
      for (const Arg& item : value.items()) keys(item.value, depth + 1);
    }
  }

  static bool is_key(const Value& value) { return value.is(ValueKind::String) || value.is(ValueKind::Name); }

  // f("password", "X") sets it; in a longer list of words it is one of several names.
  static bool is_given(std::span<const Arg> args, const Value& value) {
    bool word = value.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-") == std::string_view::npos;
    return args.size() == 2 || !word;
  }

  bool is_conversion(std::string_view callee) const {
    return words_.conversions.contains(callee) || words_.own_conversions.contains(callee);
  }

  void command(const Fact& fact) {
    for (const Arg& arg : fact.args()) {
      if (!arg.name.empty()) named(arg.name, arg.value, 0);
    }
    std::vector<std::string_view> list = {fact.name};
    std::vector<const Value*> values = {nullptr};
    for (const Arg& arg : fact.args()) {
      if (arg.name.empty()) list.push_back(arg.value.text), values.push_back(&arg.value);
    }
    report_words(list, values);
    for (const Value* value : values) {
      if (value) inner(*value, 0);
    }
  }

  // A list that is a command's words: ["mysqldump", "-pX"], spawn("mysql", ["-pX"]).
  void words(std::span<const Arg> items) {
    std::vector<std::string_view> list;
    std::vector<const Value*> values;
    auto take = [&](const Value& value) {
      if (is_text(value)) list.push_back(value.text), values.push_back(&value);
    };
    for (const Arg& item : items) {
      if (!item.name.empty()) continue;
      take(item.value);
      if (!item.value.is(ValueKind::List)) continue;
      for (const Arg& word : item.value.items()) take(word.value);
    }
    if (list.size() > 1) report_words(list, values);
  }

  void report_words(const std::vector<std::string_view>& list, const std::vector<const Value*>& values) {
    for (WordPart part : secret_words(words_, list)) {
      const Value* value = values[part.word];
      if (value && is_text(*value))
        visit_(*value, {static_cast<uint32_t>(part.begin), static_cast<uint32_t>(part.end)});
    }
  }

  // Escapes that an adapter leaves as they are written may hide what makes a URL of a text.
  bool hidden_by_escapes(std::string_view text) const {
    if (text.size() > longest_decoded || text.find('\\') == std::string_view::npos) return false;
    std::string decoded = without_escapes(text);
    return decoded != text && sensitive_parts(words_, text, TextKind::Prose).empty() &&
           !sensitive_parts(words_, decoded, TextKind::Prose).empty();
  }

  // Secrets inside a value that is none as a whole.
  void inner(const Value& value, int depth) {
    if (depth > deepest) return;
    if (is_text(value)) {
      bool seen = value.text.size() > longest_repeated && !long_.insert(value.span).second;
      if (look_ == Look::AtWritten && seen) return;
      if (hidden_by_escapes(value.text)) return visit_(value, whole(value));
      for (Span part : sensitive_parts(words_, value.text, TextKind::Prose)) visit_(value, part);
    } else if (value.is(ValueKind::Call)) {
      call(value.text, value.items(), depth + 1);
    } else if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) {
      for (const Arg& item : value.items()) named(value.text, item.value, depth + 1);
    } else {
      for (const Arg& item : value.items()) named(item.name, item.value, depth + 1);
      if (value.is(ValueKind::List)) words(value.items());
    }
  }

  const MaskWords& words_;
  const std::vector<Fact>& facts_;
  const SensitiveVisit& visit_;
  Look look_;
  std::set<Span> long_;  // the long texts that were looked at
};

using Parts = std::map<const Value*, std::vector<Span>>;

// A copy of a fact whose texts are masked; it owns them.
class MaskedCopy {
 public:
  MaskedCopy(Parts parts, std::string_view text, const std::vector<Span>& spans)
      : parts_(std::move(parts)), text_(text), spans_(spans) {}

  Fact copy(const Fact& fact) {
    Fact out = fact;
    out.value = copy(fact.value);
    out.arg_data = copy(fact.args()).data();
    return out;
  }

 private:
  std::vector<Arg>& copy(std::span<const Arg> args) {
    std::vector<Arg>& out = lists_.emplace_back(args.begin(), args.end());
    for (size_t i = 0; i < args.size(); ++i) out[i].value = copy(args[i].value);
    return out;
  }

  Value copy(const Value& original) {
    Value out = original;
    std::vector<Span> parts = secret_elsewhere(original);
    if (auto found = parts_.find(&original); found != parts_.end())
      parts.insert(parts.end(), found->second.begin(), found->second.end());
    if (!parts.empty()) out.text = texts_.emplace_back(mask_spans(original.text, merge_spans(std::move(parts))));
    if (original.item_count > 0) out.item_data = copy(original.items()).data();
    return out;
  }

  // Another fact may tell of the same text what it is: an element of a list is a word of a command.
  std::vector<Span> secret_elsewhere(const Value& value) const {
    std::vector<Span> parts;
    if (!is_text(value) || value.span.end > text_.size() || value.span.end < value.span.begin + value.text.size())
      return parts;
    auto next = std::lower_bound(spans_.begin(), spans_.end(), value.span.begin,
                                 [](Span span, uint32_t offset) { return span.end <= offset; });
    if (next == spans_.end() || next->begin >= value.span.end) return parts;
    size_t offset = text_.substr(value.span.begin, value.span.end - value.span.begin).find(value.text);
    if (offset == std::string_view::npos) return parts;
    auto begin = value.span.begin + static_cast<uint32_t>(offset);
    auto end = begin + static_cast<uint32_t>(value.text.size());
    for (; next != spans_.end() && next->begin < end; ++next)
      parts.push_back({std::max(next->begin, begin) - begin, std::max(std::min(next->end, end), begin) - begin});
    return parts;
  }

  Parts parts_;
  std::string_view text_;
  const std::vector<Span>& spans_;
  std::deque<std::string> texts_;
  std::deque<std::vector<Arg>> lists_;
};

}  // namespace

SensitiveFile sensitive_file(const MaskWords& words, const FileFacts& facts, std::string_view text) {
  Locator locator(words, text);
  SensitiveVisit visit = [&](const Value& value, Span part) { locator.add(value, part); };
  FactScan scan(words, facts, visit, Look::AtWritten);
  for (size_t i = 0; i < facts.facts().size(); ++i) scan.look(i);
  SensitiveFile found = locator.take();
  for (std::string_view constant : secret_constants(words, facts, text, found.texts))
    found.texts.push_back({std::string(constant), {}});
  return found;
}

FactWriter::FactWriter(const MaskWords& words, const FileFacts& facts, std::string_view text)
    : FactWriter(words, facts, text, sensitive_file(words, facts, text)) {}

FactWriter::FactWriter(const MaskWords& words, const FileFacts& facts, std::string_view text, SensitiveFile secrets)
    : words_(words), facts_(facts), text_(text), secrets_(std::move(secrets)) {}

std::string FactWriter::write(size_t index) const {
  Parts parts;
  SensitiveVisit visit = [&](const Value& value, Span part) { parts[&value].push_back(part); };
  FactScan(words_, facts_, visit, Look::Everywhere).look(index);
  return to_string(MaskedCopy(std::move(parts), text_, secrets_.spans).copy(facts_.facts()[index]));
}

std::string masked_command(const MaskWords& known, const Fact& command) {
  std::vector<std::string> words = {std::string(command.name)};
  for (const Arg& arg : command.args()) {
    bool expands = arg.value.is(ValueKind::Env) || arg.value.is(ValueKind::Name);  // $PORT, $$, ${1:-web}
    if (arg.name.empty()) words.push_back((expands ? "$" : "") + std::string(arg.value.text));
  }
  std::vector<WordPart> secrets = secret_words(known, std::vector<std::string_view>(words.begin(), words.end()));
  auto secret = secrets.begin();
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += ' ';
    while (secret != secrets.end() && secret->word < i) ++secret;
    bool is_secret = secret != secrets.end() && secret->word == i;
    std::string_view word = words[i];
    out += is_secret ? std::string(word.substr(0, secret->begin)) +
                           mask(word.substr(secret->begin, secret->end - secret->begin)) +
                           std::string(word.substr(secret->end))
                     : mask_sensitive(known, words[i], TextKind::Prose);
  }
  return out;
}

}  // namespace tfcheck
