// The facts of one file and the memory they point into. An adapter is handed an empty FileFacts and fills it; after
// that it is read-only. No locks: one thread makes it.
#pragma once

#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/unread.h"
#include "base/work.h"
#include "facts/fact.h"

namespace tfcheck {

// A file that says more than this is data or hostile: the rest is left out (Unread::TooManyFacts), so that no file of a
// megabyte becomes gigabytes of facts.
inline constexpr size_t most_facts = 200'000;
inline constexpr size_t most_kept = size_t{32} << 20;  // bytes of texts and arguments

struct Adapter;
struct SourceFile;

// A file that stands in another as a text, as `application.yml: |` does in a ConfigMap. Its facts stand among those of
// the file around it, under names and scopes that begin with the place of the text.
struct EmbeddedFile {
  uint32_t first = 0, end = 0;  // of the facts
  uint32_t prefix = 0;          // characters of their names in front of those that the file itself gives them
  std::string_view path;        // what it is called: "application.yml", "etc/nginx/nginx.conf"
  std::string_view format;
  const Adapter* adapter = nullptr;

  // A name or scope as the file itself says it.
  std::string_view own(std::string_view name) const { return name.size() < prefix ? "" : name.substr(prefix); }
};

class FileFacts {
 public:
  // `text_size` is that of the file's text: small files get by with little memory.
  explicit FileFacts(size_t text_size = 4096);
  FileFacts(FileFacts&&) noexcept = default;
  FileFacts& operator=(FileFacts&&) noexcept = default;

  // Copies text into this file's memory (equal short texts are stored once); "" when the file is full.
  std::string_view keep(std::string_view text);
  // Copies arguments; the texts that they point to must be kept already.
  void set_args(Fact& fact, std::span<const Arg> args);
  void set_items(Value& value, std::span<const Arg> items);
  // A string literal value; `text` is kept.
  Value string(std::string_view text, Span span);
  Value value(ValueKind kind, std::string_view text, Span span);
  Value with_items(ValueKind kind, std::string_view text, std::span<const Arg> items, Span span);

  // Appends a fact; its name and scope are kept. When the file is full the result belongs to nothing.
  Fact& add(FactKind kind, std::string_view name, Span span, const Value& value = {}, std::span<const Arg> args = {},
            const Context& context = {});
  // Takes over the facts of a file that stands in this one at `place` ("ConfigMap.data.app.yml"), with their memory.
  // Their entries get the index and the flags of `context`, the others the flags.
  void adopt(FileFacts&& facts, const SourceFile& file, const Adapter& adapter, std::string_view place,
             const Context& context);
  // The files that stand in this one, in the order of their facts.
  std::span<const EmbeddedFile> embedded() const { return embedded_; }
  // The one that a fact is of, by the fact's number; null when it is the file's own.
  const EmbeddedFile* embedded_of(uint32_t fact) const;
  // How many facts are the file's own.
  size_t own_count() const { return facts_.size() - adopted_facts_; }
  void notice(std::string message, uint32_t line = 0) { notices_.push_back({"", std::move(message), line}); }
  // True once no more facts are taken: whoever expands or repeats things stops then.
  bool full() const { return full_; }
  // Adds to the counters of this file's work: what a reader did behind a parse.
  void add_steps(uint64_t steps) { work_.steps += steps; }
  Work work() const;

  // The dialect that the content shows: "kubernetes", "compose", "github-actions", "spring", … or the plain format.
  std::string_view format() const { return format_; }
  void set_format(std::string_view format) { format_ = keep(format); }
  // Frees what only the making of facts needs.
  void seal();
  // True when the text did not parse as a whole; the facts are those of the parts that did.
  bool has_errors() const { return has_errors_; }
  void set_has_errors() { has_errors_ = true; }
  // The file, or a part of it that may hold facts, was not looked at: says so in a notice (once), and the first
  // reason stands.
  void lose(Unread why, std::string message, uint32_t line = 0);
  Unread unread() const { return unread_; }
  // What parsing may cost and has cost.
  ParseWork& parsing() { return parsing_; }
  const ParseWork& parsing() const { return parsing_; }

  std::vector<Fact>& facts() { return facts_; }
  const std::vector<Fact>& facts() const { return facts_; }
  const std::vector<Notice>& notices() const { return notices_; }

 private:
  void* take(size_t size, size_t alignment);
  const Arg* copy(std::span<const Arg> args);

  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  size_t table_size_;
  std::vector<std::string_view> seen_;  // small open-addressing table of kept texts
  std::vector<Fact> facts_;
  std::vector<Notice> notices_;
  std::vector<EmbeddedFile> embedded_;
  std::vector<std::unique_ptr<std::pmr::monotonic_buffer_resource>> adopted_;  // what the facts of those point into
  size_t adopted_facts_ = 0;
  std::string_view format_;
  Fact spare_;  // what add() gives when the file is full
  Work work_;
  size_t kept_ = 0;
  bool full_ = false;
  bool has_errors_ = false;
  Unread unread_ = Unread::None;
  ParseWork parsing_;
};

// Facts as lines of text, for `tfcheck facts`, the tests and error messages: "call logging.FileHandler("app.log")".
std::string to_string(const Fact& fact);
std::string to_string(const Value& value);
// Where a fact stands, as it follows the fact on its line: "  in App.main #2  [function loop]"; flags in the words of
// rule pages, the index where it is not 0.
std::string to_string(const Context& context);
// The same of a fact, with the role that its file gives a command: "  in CMD  [final-stage]  as start".
std::string context_of(const Fact& fact);

}  // namespace tfcheck
