#include "languages/shell/variables.h"

#include <algorithm>

#include "languages/shell/nodes.h"

namespace tfcheck::shell {

namespace {

// Variables that the shell itself sets: never a read of the app's environment.
constexpr std::string_view shell_variables[] = {
    "_",      "BASHPID",      "BASH_SOURCE", "BASH_VERSION", "EUID",         "FUNCNAME",      "IFS",  "LINENO",
    "OLDPWD", "OPTARG",       "OPTIND",      "OSTYPE",       "PIPESTATUS",   "PPID",          "PWD",  "RANDOM",
    "REPLY",  "SECONDS",      "SHLVL",       "UID",          "BASH_REMATCH", "BASH_VERSINFO", "BASH", "DIRSTACK",
    "PS4",    "BASH_COMMAND", "BASH_LINENO", "COLUMNS",      "LINES",        "EPOCHSECONDS"};

bool is_lower(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_name(std::string_view word) {
  auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !word.empty() && std::all_of(word.begin(), word.end(), ok) && !(word[0] >= '0' && word[0] <= '9');
}

std::string_view assigned_name(Node assignment, std::string_view text) {
  Node name = assignment.field("name");
  if (kind(name) == Kind::Subscript) name = name.field("name");
  return name ? name.text(text) : std::string_view{};
}

}  // namespace

Variables::Variables(Node root, std::string_view text) {
  TSTreeCursor cursor = ts_tree_cursor_new(root.raw());
  Kind parent = Kind::Other;
  std::vector<Kind> parents;
  bool local = false;  // the declaration that was entered last is `local`
  for (bool more = true; more;) {
    Node node(ts_tree_cursor_current_node(&cursor));
    Kind what = kind(node);
    switch (what) {
      case Kind::Assignment:
        if (parent != Kind::Command) declare(assigned_name(node, text), 1);
        break;
      case Kind::For:
        if (Node name = node.field("variable")) declare(name.text(text), 2);
        break;
      case Kind::VariableName:
        if (parent == Kind::Declaration && local) declare(node.text(text), 2);
        break;
      case Kind::Declaration:
        local = node.text(text).starts_with("local");
        break;
      case Kind::Command:
        count_command(node, text);
        break;
      default:
        break;
    }
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      parents.push_back(parent);
      parent = what;
      continue;
    }
    while (!(more = ts_tree_cursor_goto_next_sibling(&cursor)) && ts_tree_cursor_goto_parent(&cursor)) {
      parent = parents.back();
      parents.pop_back();
    }
  }
  ts_tree_cursor_delete(&cursor);
}

void Variables::count_command(Node command, std::string_view text) {
  Node name = command.field("name");
  std::string_view program = name ? name.text(text) : std::string_view{};
  if (program != "read" && program != "mapfile" && program != "readarray" && program != "getopts" &&
      program != "printf")
    return;
  for (const Child& child : children(command)) {
    std::string_view word = child.node.text(text);
    if (child.field == Field::Argument && is_name(word)) declare(word, 2);
  }
}

Variables::Origin Variables::read(std::string_view name) {
  if (!is_name(name) ||
      std::find(std::begin(shell_variables), std::end(shell_variables), name) != std::end(shell_variables)) {
    return Origin::Local;
  }
  Variable& variable = variables_[name];
  if (variable.known) return Origin::Known;
  if (variable.met > 0 || (variable.assignments > 0 && is_lower(name))) return Origin::Local;
  variable.read = true;
  return Origin::Environment;
}

const Value& Variables::value(std::string_view name) const {
  return variables_.at(name).value;
}

bool Variables::was_read(std::string_view name) const {
  auto found = variables_.find(name);
  return found != variables_.end() && found->second.read && found->second.met == 0;
}

void Variables::assign(std::string_view name, const Value& value, uint32_t flags) {
  Variable& variable = variables_[name];
  ++variable.met;
  constexpr uint32_t unsure = context::InCondition | context::InLoop;
  bool computed = value.is(ValueKind::Unknown) || value.is(ValueKind::List) || value.is(ValueKind::Absent);
  variable.known = variable.assignments <= 1 && !computed && ((flags & unsure) == 0 || value.is(ValueKind::Env));
  variable.value = value;
}

}  // namespace tfcheck::shell
