#include "model/own_words.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t most_text = 4'000;  // bytes that are a head
constexpr size_t most_lines = 60;
constexpr size_t close_by = 3;  // words from a negation to what it negates
constexpr std::string_view blanks = " ,;:.()[]/\"'`*<>\t";

using Paragraph = std::vector<std::string_view>;

std::string_view without_marks(std::string_view line, std::string_view marks) {
  size_t begin = line.find_first_not_of(marks);
  return begin == std::string_view::npos ? std::string_view{} : line.substr(begin);
}

// "─────" and its like hold no letter of any alphabet: U+2500 to U+25FF.
bool is_ruled_off(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    std::string_view sign = text.substr(at, 3);
    bool box = sign.size() == 3 && sign[0] == '\xE2' && static_cast<unsigned char>(sign[1]) >= 0x94 &&
               static_cast<unsigned char>(sign[1]) <= 0x97;
    if (!box) return false;
    at += 3;
  }
  return true;
}

bool opens_block(std::string_view line) {
  return line.starts_with("/*") || line.starts_with("<!--") || line.starts_with("\"\"\"") || line.starts_with("'''");
}

// Behind the opening of a block: where it ends.
size_t end_of_block(std::string_view line) {
  for (std::string_view mark : {"*/", "-->", "\"\"\"", "'''"}) {
    size_t at = line.find(mark);
    if (at != std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

// The comments of a text line by line, and what else stands there.
class CommentLines {
 public:
  enum class Kind : uint8_t { Words, Break, Code };

  Kind take(std::string_view line) {
    words_ = {};
    if (line.starts_with("#!") || line.starts_with("<?")) return Kind::Break;
    if (!inside_ && opens_block(line)) {
      inside_ = true;
      line.remove_prefix(line.front() == '/' ? 2 : line.front() == '<' ? 4 : 3);
    } else if (!inside_) {
      if (line.empty()) return Kind::Break;
      bool comment = line.front() == '#' || line.front() == ';' || line.starts_with("//") || line.starts_with("--") ||
                     line.starts_with("::") || line.starts_with("rem ") || line.starts_with("REM ");
      if (!comment) return Kind::Code;
      if (line.size() > 4 && (line[0] | 0x20) == 'r') line.remove_prefix(4);
    }
    block_ = inside_;
    if (size_t end = inside_ ? end_of_block(line) : std::string_view::npos; end != std::string_view::npos)
      line = line.substr(0, end), inside_ = false;
    words_ = trim(without_marks(line, "#= -*/;:!\t"));
    if (is_ruled_off(words_)) words_ = {};
    return words_.empty() ? Kind::Break : Kind::Words;
  }

  std::string_view words() const { return words_; }
  // The words stand in a comment with an end, no comment of a line.
  bool in_block() const { return block_; }

 private:
  bool inside_ = false, block_ = false;
  std::string_view words_;
};

// "public class Settings {", "class Settings(Base):".
bool is_class(std::string_view line) {
  size_t at = line.find("class ");
  return at != std::string_view::npos && (at == 0 || line[at - 1] == ' ') && line.find_first_of("=\"'") > at;
}

// A line that only tools read: "syntax=…", "vim: …".
bool is_for_tools(std::string_view words) {
  return words.find('=') != std::string_view::npos || words.starts_with("coding:") || words.starts_with("vim:");
}

// Calls visit(word, character before it) for the words of a text.
template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find_first_of(blanks, begin), text.size());
    if (end > begin) visit(text.substr(begin, end - begin), begin == 0 ? ' ' : text[begin - 1]);
    begin = end + 1;
  }
}

// "dev" of "for dev machines" and of "local-dev", not of "/dev/null".
bool has_title_word(std::string_view text, const WordSet& words) {
  bool found = false;
  for_each_word(text, [&](std::string_view word, char before) {
    if (before == '/' && (text.data() == word.data() - 1 || blanks.find(*(word.data() - 2)) != std::string_view::npos))
      return;
    for (size_t begin = 0; begin <= word.size() && !found;) {
      size_t end = std::min(word.find_first_of("-_", begin), word.size());
      found = words.contains(word.substr(begin, end - begin));
      begin = end + 1;
    }
  });
  return found;
}

bool says(std::string_view sentence, const WordSet& marks) {
  return std::any_of(marks.patterns().begin(), marks.patterns().end(),
                     [&](const std::string& mark) { return sentence.find(mark) != std::string_view::npos; });
}

}  // namespace

OwnWords::OwnWords(const Vocabulary& vocabulary)
    : development_marks_(vocabulary.set("development-mark")),
      only_development_marks_(vocabulary.set("only-development-mark")),
      development_titles_(vocabulary.set("development-title-word")),
      deploying_words_(vocabulary.set("deploying-word")),
      test_marks_(vocabulary.set("test-mark")),
      trial_marks_(vocabulary.set("trial-mark")),
      exercise_marks_(vocabulary.set("exercise-mark")),
      sample_marks_(vocabulary.set("sample-mark")),
      folder_subjects_(vocabulary.set("folder-subject")),
      folder_sample_marks_(vocabulary.set("folder-sample-mark")),
      negations_(vocabulary.set("negation-word")),
      uses_(vocabulary.set("use-word")),
      production_(vocabulary.set("production-word")),
      file_words_(vocabulary.set("file-word")),
      values_(vocabulary.set("value-word")),
      licences_(vocabulary.set("licence-mark")),
      endings_(vocabulary.set("named-ending")),
      settings_(vocabulary.set("settings-module")),
      environment_folders_(vocabulary.set("environment-folder")),
      task_notes_(vocabulary.set("task-note")),
      always_loaded_(vocabulary.set("always-loaded")) {}

bool OwnWords::is_readme(std::string_view path) {
  std::string_view name = base_name(path);
  return name.size() >= 6 && iequals(name.substr(0, 6), "readme") && (name.size() == 6 || name[6] == '.');
}

bool OwnWords::is_settings(std::string_view path) const {
  return environment_folders_.contains(base_name(dir_name(path))) ||
         settings_.contains(before_first(base_name(path), '.'));
}

bool OwnWords::is_named_for_production(std::string_view name) const {
  bool named = false;
  for (size_t begin = 0; begin < name.size() && !named;) {
    size_t end = std::min(name.find_first_of("-_.", begin), name.size());
    named = production_.contains(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return named;
}

// Lines of one thought: sentences, in lower case, unless it is a licence or of work to do.
void OwnWords::take_paragraph(const Paragraph& lines, Head& head) const {
  std::string text;
  if (!lines.empty() && task_notes_.contains(lines[0].substr(0, lines[0].find_first_of(blanks)))) return;
  for (std::string_view line : lines) {
    size_t end = line.find_last_not_of("#*=- ");
    bool boxed = end + 1 < line.size() && (line.back() == '#' || line.back() == '*');
    // A line of a box is a sentence of its own.
    text += (text.empty() ? "" : " ") + lower(line.substr(0, end + 1)) + (boxed ? "." : "");
  }
  if (text.empty() || says(text, licences_)) return;
  auto title = std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return !is_for_tools(line); });
  if (head.title.empty() && title != lines.end()) head.title = *title;
  bool first = head.sentences.empty();
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    do {
      end = std::min(text.find_first_of(".!?", end + 1), text.size());
    } while (end + 1 < text.size() && text[end + 1] != ' ');
    head.sentences.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (first) head.first = head.sentences.size();
}

OwnWords::Head OwnWords::head_of(std::string_view text, Attached attached) const {
  Head head;
  Paragraph paragraph;
  CommentLines comments;
  bool block = false;
  size_t count = 0;
  for (Lines lines(text.substr(0, most_text)); !lines.done() && count < most_lines; ++count) {
    CommentLines::Kind kind = comments.take(trim(lines.take().text));
    if (kind == CommentLines::Kind::Words) {
      block = comments.in_block();
      paragraph.push_back(comments.words());
      continue;
    }
    bool code = kind == CommentLines::Kind::Code;
    if (!code || block || attached == Attached::Counts) take_paragraph(paragraph, head);
    paragraph.clear();
    if (code) return head;
  }
  take_paragraph(paragraph, head);
  return head;
}

// Of source: the comment at the top, the one above the only class, and what stands first in that.
OwnWords::Head OwnWords::settings_head_of(std::string_view text) const {
  constexpr std::string_view comment_begins = "#/*@\"'";
  size_t classes = 0, comment = std::string_view::npos;
  std::string_view above, inside;
  for (Lines lines(text); !lines.done();) {
    Line line = lines.take();
    std::string_view plain = trim(line.text);
    bool is_comment = !plain.empty() && comment_begins.find(plain.front()) != std::string_view::npos;
    if (is_comment && comment == std::string_view::npos) comment = line.begin;
    bool top = !plain.empty() && plain.data() == line.text.data();
    if (top && !is_comment && is_class(plain) && ++classes == 1) {
      if (comment != std::string_view::npos) above = text.substr(comment, line.begin - comment);
      inside = trim(text.substr(line.end()).substr(0, most_text));
    }
    if (!is_comment) comment = std::string_view::npos;
  }
  Head head = head_of(text, Attached::No);
  if (classes != 1) return head;
  bool documents = inside.starts_with("\"\"\"") || inside.starts_with("'''");
  for (std::string_view more : {above, documents ? inside : std::string_view{}}) {
    Head other = head_of(more, Attached::Counts);
    if (head.title.empty()) head.title = other.title;
    head.sentences.insert(head.sentences.end(), other.sentences.begin(), other.sentences.end());
  }
  return head;
}

// What stands above the headings that are one too many, without what it shows.
OwnWords::Head OwnWords::intro_of(std::string_view readme, const Extent& extent) const {
  Head head;
  Paragraph paragraph;
  size_t count = 0, headings = 0;
  bool shown = false, passed = false;
  for (Lines lines(readme.substr(0, most_text)); !lines.done() && count < extent.lines; ++count) {
    std::string_view line = trim(lines.take().text);
    bool fence = line.starts_with("```") || line.starts_with("~~~"), heading = !shown && line.starts_with('#');
    if (fence && !extent.sections) break;
    if (heading && ++headings > extent.headings) break;
    if (heading && headings > 1) passed = has_title_word(line, development_titles_);
    shown ^= fence;
    bool plain = !fence && !shown && !heading && !passed;
    std::string_view words = plain ? without_marks(line, "=-*>!_~ ") : std::string_view{};
    if (!words.empty()) paragraph.push_back(words);
    if (!words.empty()) continue;
    take_paragraph(paragraph, head);
    paragraph.clear();
  }
  take_paragraph(paragraph, head);
  return head;
}

// "Do not use this in production", "not meant for any production"; not "do not use the default password in production".
bool OwnWords::refuses_production(std::string_view sentence) const {
  size_t place = 0, negated = std::string_view::npos;
  bool used = false, refuses = false, of_value = false;
  for_each_word(sentence, [&](std::string_view word, char) {
    ++place;
    of_value |= values_.contains(word);
    bool near = negated != std::string_view::npos && place - negated <= close_by;
    refuses |= used && production_.contains(word);
    if (near && uses_.contains(word))
      used = true;
    else if (!file_words_.contains(word) && !uses_.contains(word))
      used = false;
    if (negations_.contains(word)) negated = place;
  });
  return refuses && !of_value;
}

// What is said there is said of another file.
bool OwnWords::names_another(std::string_view sentence, std::string_view own_name) const {
  bool another = false;
  for (size_t begin = 0; begin < sentence.size() && !another;) {
    size_t end = std::min(sentence.find_first_of(" \t\"'`()[]<>,;*", begin), sentence.size());
    std::string_view name = base_name(sentence.substr(begin, end - begin));
    while (name.ends_with('.') || name.ends_with(':')) name.remove_suffix(1);
    bool dotted = name.find('.') != std::string_view::npos;
    another = dotted && !iequals(name, own_name) && endings_.contains(name);
    begin = end + 1;
  }
  return another;
}

uint32_t OwnWords::of_sentence(std::string_view sentence) const {
  bool development = says(sentence, development_marks_) || refuses_production(sentence);
  return (development ? scope::Development : 0u) | (says(sentence, test_marks_) ? scope::Test : 0u) |
         (says(sentence, trial_marks_) ? scope::Trial : 0u);
}

// Samples that lie elsewhere are none of this file.
bool OwnWords::is_sample(std::string_view sentence) const {
  return says(sentence, sample_marks_) && sentence.find("://") == std::string_view::npos;
}

uint32_t OwnWords::of_file(std::string_view path, std::string_view text, const Adapter* adapter) const {
  std::string_view name = base_name(path);
  bool shell = adapter && adapter->name == "shell";
  bool source = adapter && adapter->kind == AdapterKind::Code && !shell;
  if ((source && !is_settings(path)) || (!adapter && !endings_.contains(name))) return 0;
  if ((adapter && adapter->name == "dotenv") || always_loaded_.contains(path)) return 0;
  bool deploys = adapter && std::any_of(adapter->formats.begin(), adapter->formats.end(),
                                        [](const Format& row) { return row.tells & tells::Deploy; });
  Head head = source ? settings_head_of(text) : head_of(text, shell || deploys ? Attached::Counts : Attached::No);
  bool titled = has_title_word(head.title, development_titles_) && !has_title_word(head.title, deploying_words_) &&
                !names_another(lower(head.title), name);
  // Further down the head of a script tells of one use or another.
  if (shell) head.sentences.resize(head.first);
  uint32_t bits = titled ? scope::Development : 0u;
  for (const std::string& sentence : head.sentences) {
    uint32_t said = of_sentence(sentence) | (!source && is_sample(sentence) ? scope::Aside : 0u);
    if (said != 0 && !names_another(sentence, name)) bits |= said;
  }
  return is_named_for_production(name) ? bits & ~scope::Development : bits;
}

uint32_t OwnWords::of_readme(std::string_view text) const {
  uint32_t bits = 0;
  for (const std::string& sentence : intro_of(text, {.lines = 25, .headings = 2}).sentences) {
    bool own = says(sentence, folder_subjects_) && says(sentence, development_marks_) &&
               !has_title_word(sentence, deploying_words_);
    if (own || says(sentence, only_development_marks_) || refuses_production(sentence)) bits |= scope::Development;
    if (says(sentence, exercise_marks_)) bits |= scope::Trial;
    bool shows = sentence.find("below") != std::string::npos || sentence.find("following") != std::string::npos;
    if (!shows && says(sentence, folder_sample_marks_)) bits |= scope::Aside;
  }
  return bits;
}

uint32_t OwnWords::of_root_readme(std::string_view text) const {
  for (const std::string& sentence : intro_of(text, {.lines = 200, .headings = 50, .sections = true}).sentences) {
    bool own = says(sentence, folder_subjects_) && says(sentence, development_marks_);
    if (own && refuses_production(sentence)) return scope::Development;
  }
  return 0;
}

}  // namespace tfcheck
