#include "languages/shell/wrappers.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck::shell {

namespace {

struct Wrapper {
  std::string_view name;
  std::string_view second{};         // "exec" of `bundle exec`, "" for none
  std::string_view value_options{};  // options whose value is the next word
  size_t operands = 0;               // words of its own before the command
  uint32_t flags = 0;
  std::string_view refuse{};  // options with which it runs nothing
  bool dashes = false;        // only a `--` ends its own words
};

constexpr Wrapper wrappers[] = {
    {"exec", "", "-a", 0, context::Exec},
    {"sudo", "", "-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir", 0, context::Sudo},
    {"doas", "", "-u -C", 0, context::Sudo},
    {"rvmsudo", "", "", 0, context::Sudo},
    {"env", "", "-u -C --unset --chdir"},
    {"nohup", "", "", 0, context::Nohup},
    {"setsid", "", "", 0, context::Setsid},
    {"time", "", "-f -o"},
    {"nice", "", "-n --adjustment"},
    {"ionice", "", "-c -n --class --classdata", 0, 0, "-p"},
    {"stdbuf", "", "-i -o -e --input --output --error"},
    {"unbuffer"},
    {"command", "", "", 0, 0, "-v -V"},
    {"builtin"},
    {"dumb-init", "", "-r --rewrite"},
    {"tini", "", "-p -e"},
    {"docker-init", "", "-p -e"},
    {"catchsegv"},
    {"gosu", "", "", 1},
    {"su-exec", "", "", 1},
    {"s6-setuidgid", "", "", 1},
    {"chpst", "", "-u -U -b -d -e -/ -n -l -L -m -o -p -f -c"},
    {"s6-applyuidgid", "", "-u -g -G"},
    {"s6-envdir", "", "", 1},
    {"s6-setlock", "", "-t", 1},
    {"setlock", "", "", 1},
    {"flock", "", "-w --timeout -E --conflict-exit-code", 1, 0, "-c --command"},
    {"with-contenv"},
    {"setpriv"},
    {"catatonit"},
    {"thrust"},
    {"foreman", "run", "-e --env -f --procfile -d --root"},
    {"honcho", "run", "-e --env -f --procfile -d --app-root"},
    {"chamber", "exec", "", 0, 0, "", true},
    {"infisical", "run", "", 0, 0, "", true},
    {"op", "run", "", 0, 0, "", true},
    {"authbind"},
    {"bundle", "exec"},
    {"poetry", "run"},
    {"pipenv", "run"},
    {"pdm", "run"},
    {"rye", "run"},
    {"uv", "run", "--with --env-file --extra --group --project --python -p --package --directory --index-url"},
    {"npx", "", "-p --package"},
    {"bunx"},
    {"npm", "exec", "-p --package"},
    {"yarn", "exec"},
    {"yarn", "dlx", "-p --package"},
    {"pnpm", "exec"},
    {"pnpm", "dlx", "--package"},
    {"dotenv", "", "-e -f -v --env-file"},
    {"env-cmd", "", "-f -e -r"},
    {"cross-env"},
    {"cross-env-shell"},
    {"doppler", "run", "-p -c --project --config"},
    {"xvfb-run", "", "-n -s -f -e -w -p --server-num --server-args"},
    {"timeout", "", "-k -s --kill-after --signal", 1},
    {"xargs", "", "-I -n -P -L -d -a -E -s --max-args --max-procs --delimiter"},
    {"newrelic-admin", "run-program"},
    {"ddtrace-run"},
    {"opentelemetry-instrument", "", "--traces_exporter --metrics_exporter --logs_exporter --service_name"},
    {"dockerize", "", "-wait -timeout -template -stdout -stderr -wait-retry-interval -wait-http-header -delims -env"},
    {"wait-for-it", "", "", 0, 0, "", true},
    {"wait-for-it.sh", "", "", 0, 0, "", true},
    {"wait_for_it.sh", "", "", 0, 0, "", true},
    {"wait-for", "", "", 0, 0, "", true},
    {"wait-for.sh", "", "", 0, 0, "", true},
};

bool lists(std::string_view options, std::string_view word) {
  for (std::string_view option : split_words(options)) {
    if (option == word) return true;
  }
  return false;
}

std::string_view plain(const Word& word) {
  return word.value.is(ValueKind::String) ? word.value.text : std::string_view{};
}

// "NAME" of a word NAME=value, "" of any other.
std::string_view assigned(const Word& word) {
  if (!word.value.is(ValueKind::String) && !word.value.is(ValueKind::Template)) return {};
  std::string_view name = word.value.text.substr(0, word.value.text.find('='));
  if (name.size() == word.value.text.size() || name.empty() || is_digits(name.substr(0, 1))) return {};
  auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return std::all_of(name.begin(), name.end(), ok) ? name : std::string_view{};
}

Arg assignment(FileFacts& facts, const Word& word) {
  std::string_view name = assigned(word);
  std::string_view text = word.value.text.substr(name.size() + 1);
  bool open = word.value.is(ValueKind::Template) && text.find("${") != std::string_view::npos;
  if (open && text.starts_with("${") && text.find_first_of("}:-+?%#/") == text.size() - 1) {
    return {facts.keep(std::string(name) + "="),
            facts.value(ValueKind::Env, text.substr(2, text.size() - 3), word.value.span)};
  }
  return {facts.keep(std::string(name) + "="),
          facts.value(open ? ValueKind::Template : ValueKind::String, text, word.value.span)};
}

std::string program_text(const Value& value) {
  switch (value.kind) {
    case ValueKind::String:
    case ValueKind::Template:
    case ValueKind::Number:
      return std::string(value.text);
    case ValueKind::Env:
      if (value.item_count && value.items()[0].value.is(ValueKind::String) && !value.items()[0].value.text.empty())
        return std::string(value.items()[0].value.text);
      return "$" + std::string(value.text);
    case ValueKind::Name:
      return "$" + std::string(value.text);
    default:
      return "$()";
  }
}

// Base name of a program's path; a slash inside ${…} separates nothing.
std::string program_name(const std::string& path) {
  size_t brace = path.rfind('}');
  size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash + 1 == path.size()) return path;
  if (brace != std::string::npos && brace > slash && path.find("${", slash) == std::string::npos) return path;
  return path.substr(slash + 1);
}

const Wrapper* find_wrapper(std::string_view name, std::span<const Word> behind) {
  for (const Wrapper& wrapper : wrappers) {
    if (wrapper.name != name) continue;
    if (wrapper.second.empty() || (!behind.empty() && plain(behind[0]) == wrapper.second)) return &wrapper;
  }
  return nullptr;
}

// How many of the words behind the wrapper's name are its own; all of them when it runs nothing.
size_t own_words(const Wrapper& wrapper, std::span<const Word> behind) {
  size_t at = wrapper.second.empty() ? 0 : 1;
  if (wrapper.dashes) {
    while (at < behind.size() && plain(behind[at]) != "--") ++at;
    return std::min(at + 1, behind.size());
  }
  size_t operands = wrapper.operands;
  bool options = true;
  for (; at < behind.size(); ++at) {
    std::string_view word = plain(behind[at]);
    if (options && word == "--") {
      options = false;
    } else if (options && word.size() > 1 && word[0] == '-') {
      if (lists(wrapper.refuse, word)) return behind.size();
      if (lists(wrapper.value_options, word)) ++at;
    } else if (assigned(behind[at]).empty()) {
      if (operands == 0) return at;
      --operands;
    }
  }
  return behind.size();
}

}  // namespace

Unwrapped unwrap(FileFacts& facts, std::span<const Word> words) {
  Unwrapped result;
  while (!words.empty()) {
    std::string path = program_text(words[0].value);
    result.name = program_name(path);
    std::span<const Word> behind = words.subspan(1);
    const Wrapper* wrapper = find_wrapper(result.name, behind);
    size_t own = wrapper ? own_words(*wrapper, behind) : behind.size();
    if (own < behind.size()) {
      std::string name =
          std::string(wrapper->name) + (wrapper->second.empty() ? "" : " ") + std::string(wrapper->second);
      result.named.push_back({"wrapper", facts.string(name, words[0].value.span)});
      for (const Word& word :
           behind.subspan(wrapper->second.empty() ? 0 : 1, own - (wrapper->second.empty() ? 0 : 1))) {
        if (!assigned(word).empty()) {
          result.named.push_back(assignment(facts, word));
        } else if (plain(word) != "--") {
          result.named.push_back({"wrapper-option", word.value});
        }
      }
      result.flags |= wrapper->flags;
      words = behind.subspan(own);
      continue;
    }
    // `exec > log` has no program behind it but still is the shell's exec; only its own flag is not set.
    if (path != result.name) result.named.push_back({"path", facts.string(path, words[0].value.span)});
    result.words.assign(behind.begin(), behind.end());
    return result;
  }
  return result;
}

std::vector<Word> script_words(const Unwrapped& command) {
  std::vector<Word> scripts;
  if (command.name != "concurrently") {
    if (const Word* script = script_word(command)) scripts.push_back(*script);
    return scripts;
  }
  for (const Word& word : command.words) {
    std::string_view text = plain(word);
    if (!text.starts_with('-') && text.find(' ') != std::string_view::npos) scripts.push_back(word);
  }
  return scripts;
}

const Word* script_word(const Unwrapped& command) {
  static constexpr std::string_view shells[] = {"sh", "bash", "dash", "ksh", "zsh", "ash"};
  if (command.name == "eval") return command.words.size() == 1 ? &command.words[0] : nullptr;
  bool su = command.name == "su" || command.name == "runuser";
  if (!su && std::find(std::begin(shells), std::end(shells), command.name) == std::end(shells)) return nullptr;
  for (size_t i = 0; i + 1 < command.words.size(); ++i) {
    std::string_view word = plain(command.words[i]);
    bool dash = word.size() > 1 && word[0] == '-';
    if (su ? word == "-c" || word == "--command" : dash && word[1] != '-' && word.find('c') != std::string_view::npos) {
      return &command.words[i + 1];
    }
    if (!su && !dash && word != "pipefail") return nullptr;
  }
  return nullptr;
}

}  // namespace tfcheck::shell
