#include "formats/execline/execline.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/commands.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

constexpr size_t most_words = 20'000;

// Programs of execline that go on with what stands behind their own words.
struct Link {
  std::string_view name;
  size_t words = 0;  // besides its options
};
constexpr Link links[] = {{"foreground"},
                          {"background"},
                          {"if"},
                          {"ifnot"},
                          {"ifte", 0},
                          {"ifelse"},
                          {"forx", 1},
                          {"wait"},
                          {"importas", 2},
                          {"export", 2},
                          {"unexport", 1},
                          {"cd", 1},
                          {"umask", 1},
                          {"fdmove", 2},
                          {"fdclose", 1},
                          {"redirfd", 2},
                          {"define", 2},
                          {"emptyenv"},
                          {"backtick", 1},
                          {"multisubstitute"},
                          {"s6-notifyoncheck"},
                          {"trap"},
                          {"loopwhilex"},
                          {"elgetpositionals"},
                          {"nice"},
                          {"getpid", 1},
                          {"heredoc", 2},
                          {"withstdinas", 1},
                          {"execline-umask", 1},
                          {"exec"}};

struct Word {
  std::string text;
  Span span;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The words of a script; a comment begins where a word could.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (size_t at = 0; at < text.size() && words.size() < most_words;) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    Word word;
    size_t begin = at;
    bool quoted = false;
    for (; at < text.size() && (quoted || !is_blank(text[at])); ++at) {
      if (text[at] == '"')
        quoted = !quoted;
      else if (text[at] == '\\' && at + 1 < text.size())
        word.text += text[++at];
      else
        word.text += text[at];
    }
    at = std::min(at, text.size());
    word.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at)};
    words.push_back(std::move(word));
  }
  return words;
}

class ScriptReader {
 public:
  ScriptReader(std::string_view text, CommandRole role, FileFacts& facts)
      : words_(words_of(text)), role_(role), facts_(facts) {}

  void read() {
    for (size_t at = 0; at < words_.size();) at = step(at);
  }

 private:
  bool is_brace(size_t at) const { return words_[at].text == "{" || words_[at].text == "}"; }

  // A brace, a link of the chain, or the program that it ends with; the word behind it.
  size_t step(size_t at) {
    if (is_brace(at)) return at + 1;
    std::string_view name = base_name(words_[at].text);
    auto link = std::find_if(std::begin(links), std::end(links), [&](const Link& each) { return each.name == name; });
    if (link == std::end(links)) return command(at);
    size_t next = at + 1;
    while (next < words_.size() && words_[next].text.starts_with('-')) ++next;
    for (size_t i = 0; i < link->words && next < words_.size() && !is_brace(next); ++i) ++next;
    if (name == "export" && next == at + 3) variable(words_[at + 1], words_[at + 2]);
    return next;
  }

  void variable(const Word& name, const Word& value) {
    add_entry(facts_, "env." + name.text, value.span, read_scalar(facts_, value.text, value.span, references::AnyCase));
  }

  size_t command(size_t at) {
    std::vector<Arg> words;
    size_t next = at;
    for (; next < words_.size() && !is_brace(next); ++next) {
      const Word& word = words_[next];
      Value read = read_scalar(facts_, word.text, word.span, uint32_t{references::AnyCase} | scalar::Text);
      words.push_back({{}, read});
    }
    Span span{words_[at].span.begin, words_[next - 1].span.end};
    index_ = add_command_words(facts_, words, {span, "exec", index_, 0}, role_);
    return next;
  }

  std::vector<Word> words_;
  CommandRole role_;
  FileFacts& facts_;
  uint32_t index_ = 0;
};

// What a service folder's file is run for: `run` is the process, `up` makes something ready.
CommandRole role_of(std::string_view path) {
  std::string_view name = base_name(path);
  return name == "run" ? CommandRole::Start : name == "up" ? CommandRole::Release : CommandRole::Other;
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("execline");
  if (base_name(file.path) != "type") return ScriptReader(file.text, role_of(file.path), facts).read();
  std::string_view type = trim(file.text);
  Span span = span_in(file.text, type);
  if (type.find_first_of(" \n") == std::string_view::npos) add_entry(facts, "type", span, facts.string(type, span));
}

}  // namespace

const Adapter& execline_adapter() {
  static constexpr std::string_view patterns[] = {"**/s6-rc.d/*/up", "**/s6-rc.d/*/down", "**/s6-rc.d/*/type"};
  static constexpr std::string_view interpreters[] = {"execlineb"};
  static constexpr Format formats[] = {{.name = "execline", .example = "etc/s6-overlay/s6-rc.d/web/up"}};
  static constexpr Adapter adapter{.name = "execline",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .interpreters = interpreters,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
