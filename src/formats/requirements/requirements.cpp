#include "formats/requirements/requirements.h"

#include <array>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

// The text without pip's comment: a # at the beginning or behind a blank.
std::string_view without_comment(std::string_view line) {
  for (size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
  }
  return line;
}

// A logical line: physical lines joined where a backslash ends one. The text is a view of the file, backslashes
// included.
struct Logical {
  std::string_view text;
  bool hashed = false;
};

Logical take_logical(Lines& lines, std::string_view text) {
  Line first = lines.take();
  std::string_view body = trim(without_comment(first.text));
  Logical logical{body, false};
  while (body.ends_with('\\') && !lines.done()) {
    Line next = lines.take();
    body = trim(without_comment(next.text));
    logical.hashed = logical.hashed || body.find("--hash") != std::string_view::npos;
    if (body.starts_with("--hash")) continue;
    if (!body.empty()) logical.text = text.substr(first.begin, next.end() - first.begin);
  }
  if (size_t hash = logical.text.find("--hash"); hash != std::string_view::npos) {
    logical.text = logical.text.substr(0, hash), logical.hashed = true;
  }
  while (!logical.text.empty() && logical.text.back() == '\\')
    logical.text = trim(logical.text.substr(0, logical.text.size() - 1));
  logical.text = trim(logical.text);
  return logical;
}

// The package that a URL names: #egg=NAME, else the project in its last segment (NAME-1.0.tar.gz, NAME.git@ref).
std::string_view url_package(std::string_view url) {
  if (size_t egg = url.find("egg="); egg != std::string_view::npos) {
    std::string_view name = url.substr(egg + 4);
    return name.substr(0, name.find_first_of("&[ "));
  }
  std::string_view file = base_name(before_first(before_first(url, '#'), '?'));
  size_t end = file.find('@');
  file = file.substr(0, end);
  if (size_t git = file.find(".git"); git != std::string_view::npos) return file.substr(0, git);
  for (size_t dash = file.find('-'); dash != std::string_view::npos; dash = file.find('-', dash + 1)) {
    if (dash + 1 < file.size() && file[dash + 1] >= '0' && file[dash + 1] <= '9') return file.substr(0, dash);
  }
  return file;
}

bool is_url(std::string_view text) {
  return text.find("://") != std::string_view::npos && !text.starts_with('-');
}

std::string_view option_value(std::string_view line, size_t name_size) {
  std::string_view rest = trim(line.substr(name_size));
  if (rest.starts_with('=')) rest = trim(rest.substr(1));
  return rest;
}

void add_url(FileFacts& facts, std::string_view url, const RequirementPlace& place) {
  PipRequirement requirement;
  requirement.name = url_package(url);
  requirement.url = trim(before_first(url, ';'));
  if (!requirement.name.empty()) add_requirement(facts, requirement, place);
}

// A line that begins with a dash; true when it was one.
void add_option(FileFacts& facts, std::string_view line, const RequirementPlace& place) {
  struct Include {
    std::string_view option;
    std::string_view scope;
  };
  for (Include include : {Include{"--requirement", "-r"}, {"--constraint", "-c"}, {"-r", "-r"}, {"-c", "-c"}}) {
    if (!line.starts_with(include.option)) continue;
    Context context;
    context.scope = include.scope;
    context.flags = place.flags;
    facts.add(FactKind::Import, option_value(line, include.option.size()), place.span, {}, {}, context);
    return;
  }
  for (std::string_view editable : {"--editable", "-e"}) {
    if (!line.starts_with(editable)) continue;
    std::string_view target = option_value(line, editable.size());
    if (is_url(target)) add_url(facts, target, place);
    return;
  }
  size_t end = line.find_first_of(" =\t");
  if (end == std::string_view::npos) return;
  std::string_view value = option_value(line, end);
  add_entry(facts, line.substr(0, end), place.span, read_scalar(facts, value, place.span));
}

bool is_path(std::string_view line) {
  return line.starts_with('.') || line.starts_with('/') || line.starts_with("file:");
}

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("requirements");
  std::string_view folder = base_name(dir_name(file.path));
  bool development = names_development(base_name(file.path)) || iequals(folder, "docs") || iequals(folder, "doc") ||
                     iequals(folder, "tests") || iequals(folder, "test");
  RequirementPlace place;
  place.flags = development ? context::Development : 0u;
  for (Lines lines(file.text); !lines.done();) {
    Logical logical = take_logical(lines, file.text);
    if (logical.text.empty()) continue;
    place.span = span_in(file.text, logical.text);
    place.hashed = logical.hashed;
    if (logical.text.starts_with('-')) {
      add_option(facts, logical.text, place);
    } else if (auto requirement = parse_requirement(logical.text)) {
      add_requirement(facts, *requirement, place);
    } else if (is_url(logical.text)) {
      add_url(facts, logical.text, place);
    } else if (!is_path(logical.text)) {
      facts.set_has_errors();
    }
  }
}

}  // namespace

std::optional<PipRequirement> parse_requirement(std::string_view text) {
  text = trim(text);
  size_t end = 0;
  while (end < text.size() && is_name_character(text[end])) ++end;
  PipRequirement found;
  found.name = text.substr(0, end);
  if (found.name.empty() || found.name.front() == '.' || found.name.front() == '-') return std::nullopt;
  std::string_view rest = trim(text.substr(end));
  if (rest.starts_with('[')) {
    size_t close = rest.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    found.extras = trim(rest.substr(1, close - 1));
    rest = trim(rest.substr(close + 1));
  }
  if (rest.starts_with('@')) {
    rest = trim(rest.substr(1));
    size_t marker = rest.find(" ;");
    found.url = trim(rest.substr(0, marker));
    if (marker != std::string_view::npos) found.marker = trim(rest.substr(marker + 2));
    return found;
  }
  size_t semicolon = rest.find(';');
  if (semicolon != std::string_view::npos) found.marker = trim(rest.substr(semicolon + 1));
  found.constraint = trim(rest.substr(0, semicolon));
  // `name==1 --no-binary x`: per-requirement options are no part of the constraint.
  found.constraint = trim(found.constraint.substr(0, found.constraint.find(" --")));
  if (found.constraint.starts_with('(') && found.constraint.ends_with(')')) {
    found.constraint = trim(found.constraint.substr(1, found.constraint.size() - 2));
  }
  if (!found.constraint.empty() && std::string_view("<>=!~").find(found.constraint[0]) == std::string_view::npos)
    return std::nullopt;
  return found;
}

void add_requirement(FileFacts& facts, const PipRequirement& requirement, const RequirementPlace& place) {
  std::string_view text = requirement.url.empty() ? requirement.constraint : requirement.url;
  Value value;
  if (!text.empty()) value = facts.string(text, place.span);
  std::vector<Arg> args = {{"ecosystem", facts.string("pypi", {})}};
  auto add = [&](std::string_view name, std::string_view content) {
    if (!content.empty()) args.push_back({name, facts.string(content, place.span)});
  };
  add("group", place.group);
  add("extras", requirement.extras);
  add("marker", requirement.marker);
  if (place.hashed) args.push_back({"hash", facts.value(ValueKind::Bool, "true", place.span)});
  Context context;
  context.scope = place.scope;
  context.flags = place.flags;
  facts.add(FactKind::Dependency, requirement.name, place.span, value, args, context);
}

const Adapter& requirements_adapter() {
  static constexpr std::array<std::string_view, 8> patterns = {
      "requirements*.txt",    "requirements*.in", "**/requirements/*.txt", "requirements/*.txt",
      "**/requirements/*.in", "constraints*.txt", "*-requirements.txt",    "*_requirements.txt"};
  static constexpr Format formats[] = {
      {.name = "requirements", .example = "requirements.txt", .tells = tells::Address}};
  static constexpr Adapter adapter{.name = "requirements",
                                   .kind = AdapterKind::Config,
                                   .patterns = patterns,
                                   .extract = extract,
                                   .formats = formats};
  return adapter;
}

}  // namespace tfcheck
