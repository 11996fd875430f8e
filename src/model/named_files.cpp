#include "model/named_files.h"

#include <algorithm>
#include <array>

#include "base/lines.h"
#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t most_names = 500;  // of one text
constexpr size_t longest_name = 200;
constexpr size_t longest_read = 2'000;  // bytes of a line
constexpr size_t deepest_heading = 6;

constexpr std::array<std::string_view, 4> key_endings = {".pem", ".key", ".p12", ".jks"};
// Lists of packages of the system, one a line, that platforms install.
constexpr std::array<std::string_view, 3> package_lists = {"Aptfile", "apt.txt", "packages.txt"};
constexpr std::string_view separators = " \t\r\"'`()[]<>|,;=&";

// A line that could name something: a cheap look before it is cut into words.
bool is_telling(std::string_view line) {
  if (line.find("ompose") != std::string_view::npos || line.find("ockerfile") != std::string_view::npos) return true;
  for (size_t dot = line.find('.'); dot != std::string_view::npos; dot = line.find('.', dot + 1)) {
    if (dot + 2 < line.size() && line[dot + 1] >= 'a' && line[dot + 1] <= 'z') return true;
  }
  return line.find("cd ") != std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t begin = 0; begin < line.size();) {
    size_t end = std::min(line.find_first_of(separators, begin), line.size());
    if (end > begin) words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool is_compose(const std::vector<std::string_view>& words, size_t at) {
  return words[at] == "docker-compose" || words[at] == "podman-compose" ||
         (words[at] == "compose" && at > 0 && (words[at - 1] == "docker" || words[at - 1] == "podman"));
}

// "### Title" and "=== Title" → their depth; 0 for another line.
size_t heading_depth(std::string_view line) {
  for (char mark : {'#', '='}) {
    size_t depth = std::min(line.find_first_not_of(mark), line.size());
    if (depth > 0 && depth <= deepest_heading && depth < line.size() && line[depth] == ' ') return depth;
  }
  return 0;
}

// A line of one mark under a title, as reStructuredText and older Markdown have it.
size_t underline_depth(std::string_view line, std::string_view above) {
  constexpr std::string_view marks = "=-~^\"";
  if (line.size() < 3 || above.empty() || line.size() + 1 < above.size()) return 0;
  size_t depth = marks.find(line.front());
  bool same = std::all_of(line.begin(), line.end(), [&](char c) { return c == line.front(); });
  return same && depth != std::string_view::npos ? depth + 1 : 0;
}

// "up" of "up: deps"; "" for a line that opens no target.
std::string_view target_of(std::string_view line) {
  if (line.empty() || line.front() == '\t' || line.front() == ' ' || line.front() == '#') return {};
  size_t colon = line.find(':');
  bool target = colon != std::string_view::npos && line.substr(0, colon).find('=') == std::string_view::npos &&
                !line.substr(colon).starts_with(":=");
  return target ? line.substr(0, colon) : std::string_view{};
}

}  // namespace

NamingTexts::NamingTexts(const Vocabulary& vocabulary)
    : documents_(vocabulary.set("telling-document")),
      makefiles_(vocabulary.set("task-file")),
      developing_(vocabulary.set("developing-word")),
      own_machine_(vocabulary.set("own-machine-word")),
      deploying_(vocabulary.set("deploying-word")),
      endings_(vocabulary.set("named-ending")),
      verbs_(vocabulary.set("compose-verb")),
      machines_(vocabulary.set("developing-machine")) {}

// "Do not use for production" speaks of what is none.
Tone NamingTexts::tone_of(std::string_view words, Tone otherwise) const {
  Tone tone = otherwise;
  bool negated = false;
  for (size_t begin = 0; begin < words.size();) {
    auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    size_t end = begin;
    while (end < words.size() && is_letter(words[end])) ++end;
    std::string_view word = words.substr(begin, end - begin);
    begin = end + 1;
    negated |= iequals(word, "not") || iequals(word, "never");
    if (deploying_.contains(word)) return negated ? Tone::Developing : Tone::Deploying;
    if (developing_.contains(word)) tone = Tone::Developing;
    if (tone == Tone::Plain && own_machine_.contains(word)) tone = Tone::Chore;
  }
  return tone;
}

void NamingTexts::read_line(std::string_view line, Tone tone, std::string& folder, std::vector<NamedFile>& into) const {
  if (!is_telling(line)) return;
  std::vector<std::string_view> words = words_of(line.substr(0, longest_read));
  auto place = [&](std::string_view name) {
    while (name.starts_with("./")) name.remove_prefix(2);
    return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
  };
  auto add = [&](std::string name) {
    if (into.size() < most_names && name.size() < longest_name) into.push_back({std::move(name), tone});
  };
  bool composes = false, chosen = false, runs = false;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    while (word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
    if (word == "cd" && i + 1 < words.size() && words[i + 1].find_first_of("$~") == std::string_view::npos) {
      std::string_view where = words[++i];
      bool inside = !where.starts_with('/') && !where.starts_with("..") && where.size() < longest_name;
      folder = inside ? place(where) : std::string();
      if (folder.size() > longest_name) folder.clear();
      while (folder.ends_with('/')) folder.pop_back();
      continue;
    }
    composes |= is_compose(words, i);
    chosen |= composes && (word == "-f" || word == "--file");
    runs |= composes && verbs_.contains(word);
    bool dotted = word.find('.') != std::string_view::npos || word.ends_with("file");
    if (dotted && endings_.contains(base_name(word)) && word.find("://") == std::string_view::npos) add(place(word));
  }
  if (composes && runs && !chosen) add(folder + "/");
}

std::vector<NamedFile> NamingTexts::of_document(std::string_view path, std::string_view text) const {
  std::vector<NamedFile> found;
  std::array<Tone, deepest_heading + 1> tones;
  tones.fill(tone_of(path, Tone::Plain));
  std::string folder;
  std::string_view above;
  bool fenced = false;
  size_t depth_now = 0;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = lines.take().text, plain = trim(line);
    if (plain.starts_with("```") || plain.starts_with("~~~")) fenced = !fenced, folder.clear();
    size_t depth = fenced ? 0 : heading_depth(line);
    std::string_view title = line;
    if (depth == 0 && !fenced) depth = underline_depth(plain, above), title = above;
    above = plain;
    if (depth == 0) {
      size_t before = found.size();
      read_line(line, tones[depth_now], folder, found);
      if (found.size() == before) continue;
      Tone tone = tone_of(line.substr(0, longest_read), tones[depth_now]);
      for (size_t i = before; i < found.size(); ++i) found[i].tone = tone;
      continue;
    }
    depth_now = depth;
    Tone tone = tone_of(title, tones[depth - 1]);
    std::fill(tones.begin() + static_cast<ptrdiff_t>(depth), tones.end(), tone);
    folder.clear();
  }
  return found;
}

std::vector<NamedFile> NamingTexts::of_makefile(std::string_view text) const {
  std::vector<NamedFile> found;
  Tone tone = Tone::Chore;
  std::string folder;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = lines.take().text;
    if (std::string_view target = target_of(line); !target.empty()) {
      size_t comment = line.find("##");
      tone = tone_of(target, Tone::Chore);
      if (comment != std::string_view::npos) tone = tone_of(line.substr(comment, longest_read), tone);
      folder.clear();
      continue;
    }
    bool recipe = line.starts_with('\t') || line.starts_with(' ');
    if (!recipe && !line.empty() && line.front() != '#') tone = Tone::Chore;
    read_line(line, tone, folder, found);
    folder.clear();  // each line is a shell of its own
  }
  return found;
}

// "[tasks.up]" of mise and "  up:" of Taskfile begin a task, which a line of words may describe.
std::vector<NamedFile> NamingTexts::of_tasks(std::string_view text) const {
  std::vector<NamedFile> found;
  Tone tone = Tone::Chore;
  std::string folder;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = lines.take().text.substr(0, longest_read), plain = trim(line);
    bool begins = plain.starts_with("[tasks.") ||
                  (line.starts_with("  ") && plain.ends_with(':') && plain.data() == line.data() + 2);
    if (begins) tone = tone_of(plain, Tone::Chore);
    if (begins || plain.starts_with("desc")) {
      tone = tone_of(plain, tone);
      folder.clear();
      continue;
    }
    read_line(line, tone, folder, found);
  }
  return found;
}

// What sets a virtual machine of a developer up.
std::vector<NamedFile> NamingTexts::of_machine(std::string_view text) const {
  std::vector<NamedFile> found;
  std::string folder;
  for (Lines lines(text); !lines.done();) {
    std::string_view line = trim(lines.take().text);
    if (!line.starts_with('#')) read_line(line, Tone::Developing, folder, found);
  }
  return found;
}

// Rules that leave out the lock file of a package manager, or keep it: "!yarn.lock".
std::vector<NamedFile> NamingTexts::of_ignore_file(std::string_view text) {
  std::vector<NamedFile> found;
  for (Lines lines(text); !lines.done() && found.size() < most_names;) {
    std::string_view rule = trim(lines.take().text);
    bool lock = rule.find("lock") != std::string_view::npos || rule.ends_with("go.sum");
    if (lock && rule.front() != '#' && rule.size() < longest_name) found.push_back({std::string(rule), Tone::Plain});
  }
  return found;
}

bool NamingTexts::is_key_file(std::string_view path) {
  return std::any_of(key_endings.begin(), key_endings.end(), [&](std::string_view end) { return path.ends_with(end); });
}

namespace {

std::vector<NamedFile> packages_of(std::string_view text) {
  std::vector<NamedFile> found;
  for (Lines lines(text); !lines.done() && found.size() < most_names;) {
    std::string_view line = trim(before_first(lines.take().text, '#'));
    if (!line.empty() && line.size() < longest_name) found.push_back({std::string(line), Tone::Plain});
  }
  return found;
}

}  // namespace

std::vector<NamedFile> NamingTexts::of(std::string_view path, std::string_view text) const {
  std::string_view name = base_name(path);
  std::vector<NamedFile> found;
  bool tasks = name.ends_with("ml");  // TOML or YAML
  if (makefiles_.contains(name))
    found = tasks ? of_tasks(text) : of_makefile(text);
  else if (machines_.contains(name))
    found = of_machine(text);
  else if (name == ".gitignore" || name.ends_with(".dockerignore"))
    found = of_ignore_file(text);
  else if (std::find(package_lists.begin(), package_lists.end(), name) != package_lists.end())
    found = packages_of(text);
  else if (documents_.contains(name))
    found = of_document(path, text);
  // A text says a thing once, however often it repeats it.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  found.shrink_to_fit();
  return found;
}

}  // namespace tfcheck
