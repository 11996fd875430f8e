// Scripts of pages. Everything else becomes blanks, so that the code keeps its offsets.
#include <algorithm>

#include "base/text.h"
#include "base/words.h"
#include "languages/embedded.h"

namespace tfcheck {

namespace {

constexpr auto none = std::string_view::npos;
constexpr Words types = {
    "", "module", "text/javascript", "application/javascript", "text/typescript", "text/ecmascript"};
constexpr Words dialects = {"", "js", "ts", "jsx", "tsx", "javascript", "typescript"};

// What a start tag says, and where the element's content begins.
struct Tag {
  std::string_view lang, type;
  size_t content = 0;
  bool is_empty = false;  // <script src="…" />
};

class ScriptCutter {
 public:
  explicit ScriptCutter(std::string_view file) : file_(file) {
    code_.text.assign(file.size(), ' ');
    for (size_t at = file.find_first_of("\r\n"); at != none; at = file.find_first_of("\r\n", at + 1))
      code_.text[at] = file[at];
    code_.ending = ".ts";
  }

  EmbeddedCode take() {
    for (size_t at = file_.find('<'); at != none; at = file_.find('<', at)) {
      std::string_view rest = file_.substr(at);
      at = rest.starts_with("<!--") ? behind("-->", at + 4) : is_script(rest) ? take_script(at) : at + 1;
    }
    return std::move(code_);
  }

 private:
  static bool is_script(std::string_view text) {
    constexpr std::string_view opening = "<script";
    return text.starts_with(opening) && text.size() > opening.size() &&
           std::string_view(" \t\r\n>/").find(text[opening.size()]) != none;
  }

  size_t behind(std::string_view mark, size_t from) const {
    size_t at = file_.find(mark, from);
    return at == none ? file_.size() : at + mark.size();
  }

  // Copies an element's content; the place behind it.
  size_t take_script(size_t at) {
    Tag tag = read_tag(at + std::string_view("<script").size());
    if (tag.is_empty) return tag.content;
    size_t end = std::min(file_.find("</script", tag.content), file_.size());
    if (!types.contains(tag.type) || !dialects.contains(tag.lang)) return end;
    file_.substr(tag.content, end - tag.content).copy(code_.text.data() + tag.content, end - tag.content);
    // Scripts that share a line are statements of their own.
    if (end < file_.size()) code_.text[end] = ';';
    if (tag.lang == "tsx" || tag.lang == "jsx") code_.ending = ".tsx";
    return end;
  }

  Tag read_tag(size_t at) const {
    Tag tag;
    while (at < file_.size() && file_[at] != '>') {
      size_t begin = at;
      at = std::min(file_.find_first_of("=>/ \t\r\n\"'", at), file_.size());
      std::string_view name = file_.substr(begin, at - begin);
      if (at == file_.size() || file_[at] != '=') {
        bool is_quote = at < file_.size() && (file_[at] == '"' || file_[at] == '\'');
        tag.is_empty = file_.substr(at, 2) == "/>";
        if (at < file_.size() && file_[at] != '>') at = is_quote ? behind(file_.substr(at, 1), at + 1) : at + 1;
        continue;
      }
      std::string_view value = read_value(++at);
      if (name == "lang") tag.lang = value;
      if (name == "type") tag.type = value;
    }
    tag.content = std::min(at + 1, file_.size());
    return tag;
  }

  // The value of an attribute; `at` goes behind it.
  std::string_view read_value(size_t& at) const {
    if (at >= file_.size()) return {};
    bool quoted = file_[at] == '"' || file_[at] == '\'';
    size_t begin = quoted ? at + 1 : at;
    size_t end = quoted ? file_.find(file_[at], begin) : file_.find_first_of("> \t\r\n", begin);
    end = std::min(end, file_.size());
    at = std::min(quoted ? end + 1 : end, file_.size());
    return file_.substr(begin, end - begin);
  }

  std::string_view file_;
  EmbeddedCode code_;
};

}  // namespace

EmbeddedCode scripts_of_markup(std::string_view file) {
  return ScriptCutter(file).take();
}

}  // namespace tfcheck
