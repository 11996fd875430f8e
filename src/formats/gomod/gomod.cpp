#include "formats/gomod/gomod.h"

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr std::string_view quotes = "\"`";

class GoModReader {
 public:
  GoModReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    std::string_view block;
    for (Lines lines(text_); !lines.done();) {
      std::string_view line = lines.take().text;
      size_t comment = line.find("//");
      // A path never holds "//", so this is a comment.
      std::string_view note = comment == std::string_view::npos ? std::string_view{} : trim(line.substr(comment + 2));
      std::vector<std::string_view> words = split_words(line.substr(0, comment));
      if (words.empty()) continue;
      if (words[0] == ")") {
        block = {};
      } else if (!block.empty()) {
        read_directive(block, words, note);
      } else if (words.size() > 1 && words[1] == "(") {
        block = words[0];
      } else {
        std::string_view directive = words[0];
        words.erase(words.begin());
        read_directive(directive, words, note);
      }
    }
  }

 private:
  void read_directive(std::string_view directive, const std::vector<std::string_view>& words, std::string_view note) {
    if (words.empty()) return facts_.set_has_errors();
    Span span = {span_in(text_, words.front()).begin, span_in(text_, words.back()).end};
    if (directive == "module" || directive == "go" || directive == "toolchain") {
      add_entry(facts_, directive, span, facts_.string(unquoted(words[0], quotes), span));
    } else if (directive == "require") {
      add_requirement_of(words, note, span);
    } else if (directive == "replace") {
      add_replacement(words, span);
    } else if (directive == "use" || directive == "exclude" || directive == "tool") {
      add_numbered(directive, facts_.string(unquoted(words[0], quotes), span), span);
    }
  }

  void add_requirement_of(const std::vector<std::string_view>& words, std::string_view note, Span span) {
    Value version;
    if (words.size() > 1) version = facts_.string(unquoted(words[1], quotes), span_in(text_, words[1]));
    std::vector<Arg> args = {{"ecosystem", facts_.string("go", {})}};
    if (note.starts_with("indirect")) args.push_back({"indirect", facts_.value(ValueKind::Bool, "true", span)});
    Context context;
    context.scope = "require";
    facts_.add(FactKind::Dependency, unquoted(words[0], quotes), span, version, args, context);
  }

  // `old [v1] => new [v2]`: the value is "new" or "new v2"; "replace.N.old" names what is replaced.
  void add_replacement(const std::vector<std::string_view>& words, Span span) {
    size_t arrow = 0;
    while (arrow < words.size() && words[arrow] != "=>") ++arrow;
    if (arrow + 1 >= words.size()) return facts_.set_has_errors();
    std::string target(unquoted(words[arrow + 1], quotes));
    if (arrow + 2 < words.size()) target.append(" ").append(words[arrow + 2]);
    std::string name = add_numbered("replace", facts_.string(target, span), span);
    Context context;
    context.scope = name;
    facts_.add(FactKind::Entry, name + ".old", span, facts_.string(unquoted(words[0], quotes), span), {}, context);
  }

  std::string add_numbered(std::string_view directive, const Value& value, Span span) {
    std::string name(directive);
    name += "." + std::to_string(counts_[name]++);
    add_entry(facts_, name, span, value);
    return name;
  }

  std::string_view text_;
  FileFacts& facts_;
  std::unordered_map<std::string, uint32_t> counts_;
};

void extract(const SourceFile& file, FileFacts& facts) {
  if (file.path.ends_with(".sum")) return facts.set_format("lock");
  facts.set_format(file.path.ends_with(".work") ? "go-work" : "go-mod");
  GoModReader(file.text, facts).read();
}

}  // namespace

const Adapter& gomod_adapter() {
  static constexpr std::array<std::string_view, 4> patterns = {"go.mod", "go.work", "go.sum", "go.work.sum"};
  static constexpr Format formats[] = {
      {.name = "go-mod", .example = "go.mod", .alias = "gomod", .tells = tells::Address},
      {.name = "go-work", .example = "go.work"},
      {.name = "lock", .example = "go.sum", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "go-mod", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
