#include "formats/crontab/crontab.h"

#include <algorithm>
#include <string>

#include "base/lines.h"
#include "base/quoted.h"
#include "base/text.h"
#include "formats/shared/commands.h"

namespace tfcheck {

namespace {

constexpr std::string_view patterns[] = {"crontab",  "crontab.*", "*.crontab", "*.cron",
                                         "cron.d/*", "crontab-*", "*-crontab"};
// Users that stand in crontabs of the system; elsewhere an unknown first word is taken for a program.
constexpr std::string_view users[] = {"root",   "www-data", "nobody",   "daemon",  "app",    "appuser",
                                      "deploy", "nginx",    "apache",   "node",    "django", "postgres",
                                      "mysql",  "ubuntu",   "ec2-user", "vagrant", "web",    "user"};

bool is_name(std::string_view word) {
  auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !word.empty() && std::all_of(word.begin(), word.end(), ok);
}

bool is_field(std::string_view word) {
  auto ok = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("*,-/?#~").find(c) != std::string_view::npos;
  };
  bool starts =
      !word.empty() && (word[0] == '*' || word[0] == '?' || (word[0] >= '0' && word[0] <= '9') || word.size() >= 3);
  return starts && std::all_of(word.begin(), word.end(), ok);
}

// What is left of a line behind its first `count` words.
std::string_view behind(std::string_view line, size_t count) {
  for (; count > 0; --count) {
    size_t end = std::min(line.find_first_of(" \t"), line.size());
    line = trim(line.substr(end));
  }
  return line;
}

// How many words the schedule takes, 0 when the line has none.
size_t schedule_words(std::string_view line) {
  std::vector<std::string_view> words = split_words(line.substr(0, 400));
  if (words.empty()) return 0;
  if (words[0][0] == '@') return words.size() > 1 && is_name(words[0].substr(1)) ? 1 : 0;
  if (words.size() < 6) return 0;
  bool fields = std::all_of(words.begin(), words.begin() + 5, is_field);
  bool timed = words[0].find_first_of("*0123456789") == 0 && words[1].find_first_of("*0123456789") == 0;
  return fields && timed ? 5 : 0;
}

class Extractor {
 public:
  Extractor(const SourceFile& file, FileFacts& facts) : file_(file), facts_(facts) {
    std::string_view folder = base_name(dir_name(file.path));
    system_ = folder == "cron.d" || file.path == "etc/crontab" || file.path.ends_with("/etc/crontab");
  }

  void line(std::string_view line) {
    line = trim(line);
    if (line.empty() || line[0] == '#') return;
    if (size_t words = schedule_words(line)) return job(line, words);
    size_t equals = line.find('=');
    if (equals == std::string_view::npos || !is_name(trim(line.substr(0, equals)))) return;
    std::string_view value = trim(line.substr(equals + 1));
    value = unquoted(value);
    facts_.add(FactKind::Entry, "ENV." + std::string(trim(line.substr(0, equals))), span(line),
               facts_.string(value, span(value)), {}, {"ENV"});
  }

 private:
  Span span(std::string_view part) const {
    auto begin = static_cast<uint32_t>(part.data() - file_.text.data());
    return {begin, begin + static_cast<uint32_t>(part.size())};
  }

  void job(std::string_view line, size_t words) {
    std::string_view command = behind(line, words);
    if (command.empty()) return;
    std::string_view schedule = trim(line.substr(0, line.size() - command.size()));
    std::string_view user = user_of(command);
    if (!user.empty()) command = behind(command, 1);
    // The first unescaped % ends the command; what follows is its standard input.
    size_t end = 0;
    while (end < command.size() && (command[end] != '%' || (end > 0 && command[end - 1] == '\\'))) ++end;
    command = trim(command.substr(0, end));
    std::string number = std::to_string(jobs_++);
    Value when = facts_.string(schedule, span(schedule));
    std::vector<Arg> args{{"schedule", when}};
    if (!user.empty()) args.push_back({"user", facts_.string(user, span(user))});
    facts_.add(FactKind::Entry, "schedule." + number, span(line), when);
    facts_.add(FactKind::Entry, "cron." + number, span(line), facts_.string(command, span(command)), args);
    index_ = add_commands(facts_, {command, "cron", index_, 0, span(command).begin}, CommandRole::Cron);
  }

  std::string_view user_of(std::string_view command) const {
    std::string_view word = command.substr(0, command.find_first_of(" \t"));
    if (word.size() == command.size() || !is_name(word)) return {};
    bool known = std::find(std::begin(users), std::end(users), word) != std::end(users);
    return known || system_ ? word : std::string_view{};
  }

  const SourceFile& file_;
  FileFacts& facts_;
  bool system_ = false;  // /etc/crontab and cron.d always name a user
  uint32_t jobs_ = 0;
  uint32_t index_ = 0;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("crontab");
  Extractor extractor(file, facts);
  for (Lines lines(file.text); !lines.done();) extractor.line(lines.take().text);
}

}  // namespace

const Adapter& crontab_adapter() {
  static constexpr Format formats[] = {{.name = "crontab", .example = "crontab", .tells = tells::Address}};
  static constexpr Adapter adapter{
      .name = "crontab", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
