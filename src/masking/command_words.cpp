#include "masking/command_words.h"

#include <algorithm>
#include <cstdint>

#include "base/ascii.h"
#include "base/text.h"
#include "masking/literal_scan.h"
#include "masking/sensitive_command.h"
#include "masking/sensitive_name.h"

namespace tfcheck {

namespace {

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '_'; });
}

class CommandWords {
 public:
  CommandWords(const MaskWords& known, std::string_view text, TextKind kind)
      : known_(known), text_(text), kind_(kind) {}

  std::vector<Span> run() {
    commands();
    return std::move(found_);
  }

 private:
  void add(size_t begin, size_t end) { found_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}); }

  // A word between blanks and quotes; of one whose quotes stand inside ("-p'X'") what is inside them belongs to it.
  void commands() {
    for (size_t at = 0; at < text_.size();) {
      char c = text_[at];
      if (is_blank(c) || is_quote(c) || c == '(' || c == '[' || c == ',' || c == '\\') {
        ++at;
      } else if (c == '\n' || c == '\r' || c == ';' || c == '|' || c == '&' || c == '{' || c == '}') {
        // A backslash at the end of a line joins the next one to it.
        if (!((c == '\n' || c == '\r') && at > 0 && (text_[at - 1] == '\\' || text_[at - 1] == '\r'))) flush();
        ++at;
      } else {
        at = word(at);
      }
    }
    flush();
  }

  size_t word(size_t begin) {
    size_t at = begin;
    while (at < text_.size() && text_[at] > ' ' && text_[at] != ';' && text_[at] != '|') {
      if (is_quote(text_[at])) {
        bool inside = at == begin + 2 && text_[begin] == '-' && is_letter(text_[begin + 1]);
        size_t close = inside ? literal_end(text_, at + 1, text_.substr(at, 1)) : at;
        if (close == at || close >= text_.size() || text_[close] != text_[at]) break;
        at = close;
      }
      ++at;
    }
    size_t end = at;
    while (end > begin + 1 && std::string_view(",)]\\").find(text_[end - 1]) != std::string_view::npos) --end;
    words_.push_back(text_.substr(begin, end - begin));
    return std::max(at, begin + 1);
  }

  void flush() {
    if (words_.size() > 1) {
      for (WordPart part : secret_words(known_, words_)) {
        std::string_view value = words_[part.word].substr(part.begin, part.end - part.begin);
        auto begin = static_cast<size_t>(value.data() - text_.data());
        size_t end = begin + value.size();
        if (is_quote(value.front())) {
          ++begin, --end;
        } else if (part.begin == 0 && begin > 0 && is_quote(text_[begin - 1])) {
          // ["--password", "two words"]
          end = std::max(end, literal_end(text_, begin, text_.substr(begin - 1, 1)));
        }
        bool call = is_call(part.word) || (kind_ == TextKind::Prose && begins_call(value));
        if (end > begin && !call) add(begin, end);
      }
    }
    words_.clear();
  }

  // parser.add_argument("--token", default="X") and `--token type=string`: an argument, no value.
  bool is_call(size_t word) const {
    return kind_ == TextKind::Code && word > 0 && words_[word].find('=') != std::string_view::npos &&
           words_[word - 1].find('=') == std::string_view::npos && words_[word].find("==") == std::string_view::npos &&
           is_identifier(before_first(words_[word], '='));
  }

  const MaskWords& known_;
  std::string_view text_;
  TextKind kind_;
  std::vector<Span> found_;
  std::vector<std::string_view> words_;
};

}  // namespace

std::vector<Span> command_secrets(const MaskWords& words, std::string_view text, TextKind kind) {
  return CommandWords(words, text, kind).run();
}

}  // namespace tfcheck
