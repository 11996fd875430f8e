#include "formats/mix/mix.h"

#include <array>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view word_at(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return text.substr(at, end - at);
}

// `{:phoenix, "~> 1.7", only: :test}` as it is read.
struct Tuple {
  size_t begin = 0;
  int depth = 0;
  std::string_view name, version, key, source, branch;
  std::vector<std::string_view> groups;
};

class MixReader {
 public:
  MixReader(std::string_view text, FileFacts& facts) : text_(text), facts_(facts) {}

  void read() {
    for (size_t at = 0; at < text_.size();) at = step(at);
  }

 private:
  // Takes what stands at a place and gives the place behind it.
  size_t step(size_t at) {
    char c = text_[at];
    if (c == '#') return std::min(text_.find('\n', at), text_.size());
    if (c == '"') return take_string(at);
    if (c == '{' || c == '[') return open(at);
    if (c == '}' || c == ']') return close(at);
    bool atom = c == ':' && at + 1 < text_.size() && is_word(text_[at + 1]);
    std::string_view word = word_at(text_, atom ? at + 1 : at);
    if (word.empty()) return at + 1;
    take_word(word, atom);
    return at + word.size() + (atom ? 1 : 0);
  }

  size_t take_string(size_t at) {
    if (text_.substr(at, 3) == "\"\"\"") return std::min(text_.find("\"\"\"", at + 3), text_.size() - 3) + 3;
    size_t end = closing_quote(text_, at, QuoteEscapes::Backslash);
    if (end == std::string_view::npos) return text_.size();
    std::string_view value = text_.substr(at + 1, end - at - 1);
    if (!tuple_.name.empty()) {
      if (tuple_.key.empty() && tuple_.version.empty()) tuple_.version = value;
      if (tuple_.key == "git" || tuple_.key == "github" || tuple_.key == "path") tuple_.source = value;
      if (tuple_.key == "branch" || tuple_.key == "ref" || tuple_.key == "tag") tuple_.branch = value;
    } else if ((key_ == "version" || key_ == "elixir" || key_ == "apps_path") && !listed_) {
      add_entry(facts_, key_, span_in(text_, value), facts_.string(value, span_in(text_, value)));
    }
    key_ = {};
    return end + 1;
  }

  void take_word(std::string_view word, bool atom) {
    size_t end = static_cast<size_t>(word.data() - text_.data()) + word.size();
    bool key = !atom && text_.substr(end, 1) == ":" && text_.substr(end, 2) != "::";
    if (key) {
      (tuple_.name.empty() ? key_ : tuple_.key) = word;
      // Hex takes no package without its licences.
      if (word == "licenses" && tuple_.name.empty() && !listed_)
        add_entry(facts_, "package.licenses", span_in(text_, word), facts_.value(ValueKind::Unknown, {}, {}));
    } else if (tuple_.begin && tuple_.name.empty() && atom) {
      tuple_.name = word;
    } else if (atom && tuple_.key == "only") {
      tuple_.groups.push_back(word);
    } else if (atom && key_ == "app" && !listed_) {
      add_entry(facts_, "app", span_in(text_, word), facts_.string(word, span_in(text_, word)));
    }
    // `defp deps do`, and `deps: [` of a project that lists them in place.
    bool in_place = key && trim(text_.substr(end + 1)).starts_with('[');
    if (word == "deps" && (in_place || last_ == "def" || last_ == "defp"))
      listed_ = true, in_place_ = in_place ? 0 : -1;
    if (word == "def" || word == "defp") listed_ = false;
    last_ = word;
  }

  size_t open(size_t at) {
    if (tuple_.begin)
      ++tuple_.depth;
    else if (in_place_ >= 0)
      ++in_place_;
    bool begins = !tuple_.begin && listed_ && text_[at] == '{' && text_.substr(at + 1, 1) == ":";
    if (begins) tuple_ = {at + 1, 1, {}, {}, {}, {}, {}, {}};
    return at + 1;
  }

  size_t close(size_t at) {
    if (tuple_.begin && --tuple_.depth == 0) {
      add(at + 1);
      tuple_ = {};
    } else if (!tuple_.begin && in_place_ > 0 && --in_place_ == 0) {
      listed_ = false, in_place_ = -1;
    }
    return at + 1;
  }

  void add(size_t end) {
    bool said = !tuple_.version.empty() || !tuple_.source.empty() || !tuple_.key.empty();
    if (tuple_.name.empty() || !said) return;
    Span span{static_cast<uint32_t>(tuple_.begin - 1), static_cast<uint32_t>(end)};
    std::string groups;
    bool development = !tuple_.groups.empty();
    for (std::string_view group : tuple_.groups) {
      groups.append(groups.empty() ? "" : ",").append(group);
      development &= group != "prod";
    }
    std::vector<Arg> args = {{"ecosystem", facts_.string("hex", {})}};
    if (!groups.empty()) args.push_back({"group", facts_.string(facts_.keep(groups), {})});
    if (!tuple_.source.empty()) args.push_back({"source", facts_.string(tuple_.source, span)});
    if (!tuple_.branch.empty()) args.push_back({"branch", facts_.string(tuple_.branch, span)});
    Context context;
    if (development) context.flags |= context::Development;
    Value version = tuple_.version.empty() ? Value{} : facts_.string(tuple_.version, span_in(text_, tuple_.version));
    facts_.add(FactKind::Dependency, tuple_.name, span, version, args, context);
  }

  std::string_view text_;
  FileFacts& facts_;
  std::string_view key_, last_;  // the last key outside of a dependency, and the last word
  bool listed_ = false;          // in the list of dependencies
  int in_place_ = -1;            // lists that are open where `deps:` holds its list
  Tuple tuple_;                  // that is open; begin is 0 for none, else one behind it
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("mix");
  MixReader(file.text, facts).read();
}

}  // namespace

const Adapter& mix_adapter() {
  static constexpr std::array<std::string_view, 1> patterns = {"mix.exs"};
  static constexpr Format formats[] = {{.name = "mix", .example = "mix.exs"}};
  static constexpr Adapter adapter{
      .name = "mix", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
