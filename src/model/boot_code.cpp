#include "model/boot_code.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "model/runtimes.h"
#include "model/scope.h"
#include "model/service_address.h"

namespace tfcheck {

namespace {

constexpr int most_hops = 4;
constexpr size_t most_namesakes = 16;  // functions of one name that a call could mean
constexpr size_t most_calls = 64;      // of one function

bool is_code(const ProjectFile& file) {
  return file.facts && file.adapter && file.adapter->kind == AdapterKind::Code && !(file.scope & scope::Outside);
}

bool is_test_name(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "test" || word == "tests" || word == "mock" || word == "fixture" || word == "fixtures";
  });
}

// Where every program of the language begins.
bool begins_program(std::string_view format, std::string_view name) {
  static constexpr std::string_view compiled_formats[] = {"go", "java", "kotlin", "csharp", "rust", "c", "c++"};
  bool compiled = contains(compiled_formats, format);
  return compiled && (name == "main" || name == "Main");
}

}  // namespace

std::string_view last_name(std::string_view scope) {
  return scope.substr(scope.rfind('.') + 1);
}

std::string_view called_name(std::string_view call) {
  size_t slash = call.rfind('/');
  bool module =
      slash != std::string_view::npos && call.starts_with('.') && call.find('.', slash) == std::string_view::npos;
  return module ? "default" : last_name(call);
}

std::vector<std::string_view> qualifiers(std::string_view call) {
  std::vector<std::string_view> parts;
  size_t slash = call.rfind('/');
  bool module = slash != std::string_view::npos && call.find('.', slash) == std::string_view::npos;
  size_t end = module ? call.size() : call.rfind('.');
  while (end != std::string_view::npos && end > 0 && parts.size() < 3) {
    size_t cut = call.find_last_of("./", end - 1);
    size_t begin = cut == std::string_view::npos ? 0 : cut + 1;
    if (begin < end) parts.push_back(call.substr(begin, end - begin));
    end = cut;
  }
  return parts;
}

BootCode::BootCode(const ProjectView& view, const std::vector<bool>& asked_for)
    : view_(view),
      project_(view.project),
      asked_for_(asked_for),
      boot_(view.set("boot-function")),
      schema_(view.set("schema-function")),
      boot_marks_(view.set("boot-annotation")),
      asked_marks_(view.set("asked-for-annotation")),
      routes_(view.set("route-closure-file")) {}

CodeFunction BootCode::function_of(FactRef ref) const {
  const Fact& fact = project_.fact(ref);
  bool loaded = !fact.context.has(context::InFunction) || fact.context.has(context::InMain);
  return {ref.file, loaded ? std::string_view{} : fact.context.scope};
}

const std::vector<FactRef>& BootCode::calls_of(const CodeFunction& function) const {
  static const std::vector<FactRef> none;
  auto found = calls_.find(function);
  return found == calls_.end() ? none : found->second;
}

void BootCode::follow(std::vector<CodeFunction> functions) {
  for (int hop = 0; hop < most_hops && !functions.empty(); ++hop) {
    Names names;
    for (const CodeFunction& function : functions) {
      if (function.scope.empty() || !calls_.try_emplace(function).second) continue;
      std::vector<CodeFunction>& all = names[last_name(function.scope)];
      if (all.size() < most_namesakes) all.push_back(function);
    }
    functions.clear();
    if (!names.empty()) look_for(names, functions);
  }
}

void BootCode::look_for(const Names& names, std::vector<CodeFunction>& next) {
  for (uint32_t file = 0; file < project_.files.size(); ++file) {
    if (!is_code(project_.files[file])) continue;
    std::span<const Fact> facts = view_.facts(project_.files[file]);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      if (facts[i].kind != FactKind::Call || facts[i].context.has(context::Annotation)) continue;
      auto named = names.find(called_name(facts[i].name));
      if (named == names.end()) continue;
      for (const CodeFunction& function : named->second) {
        std::vector<FactRef>& calls = calls_[function];
        if (calls.size() >= most_calls || !may_call({file, i}, function)) continue;
        calls.push_back({file, i});
        next.push_back(function_of({file, i}));
      }
    }
  }
}

// By what stands before the name: nothing or the object itself in the same file, else the file, folder or class.
bool BootCode::may_call(FactRef call, const CodeFunction& function) const {
  view_.count(1);
  const ProjectFile &from = project_.files[call.file], &to = project_.files[function.file];
  if (runtime_of(from.format()) != runtime_of(to.format())) return false;
  if (function_of(call) == function) return false;
  std::vector<std::string_view> parts = qualifiers(project_.fact(call).name);
  bool same_file = call.file == function.file;
  size_t dot = function.scope.rfind('.');
  std::string_view owner =
      dot == std::string_view::npos ? std::string_view{} : last_name(function.scope.substr(0, dot));
  if (parts.empty() || parts[0] == "this" || parts[0] == "self" || parts[0] == "cls")
    return same_file || (from.format() == "go" && dir_name(from.path) == dir_name(to.path));
  // A method of a class beside it, whatever the object is called; one that C# adds to any object.
  if (same_file && !owner.empty()) return true;
  if (to.format() == "csharp" && owner.ends_with("Extensions")) return true;
  std::string_view stem = before_first(base_name(to.path), '.'), folder = base_name(dir_name(to.path));
  if (!same_file && to.format() == "rust" && is_of_crate(parts.back(), function.file)) return true;
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    bool interface = part.size() > 1 && part[0] == 'I' && part.substr(1) == owner;
    return interface || (!owner.empty() && iequals(part, owner)) ||
           (!same_file && (iequals(part, stem) || (!folder.empty() && part == folder)));
  });
}

// `crate::serve()`, or `shop::serve()` of a program beside its library: the root of a crate has no name in a path.
bool BootCode::is_of_crate(std::string_view part, uint32_t root) const {
  const std::string& path = project_.files[root].path;
  std::string_view name = base_name(path);
  if (name != "lib.rs" && name != "main.rs") return false;
  if (part == "crate" || part == "super") return true;
  uint32_t manifest = project_.find_file(join_path(dir_name(dir_name(path)), "Cargo.toml"));
  if (manifest == no_index || !project_.files[manifest].facts) return false;
  std::span<const Fact> facts = view_.facts(project_.files[manifest]);
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
    bool names = fact.kind == FactKind::Entry && (fact.name == "package.name" || fact.name == "lib.name");
    return names && std::ranges::equal(fact.value.text, part, {}, [](char c) { return c == '-' ? '_' : c; });
  });
}

RunsWhen BootCode::when(FactRef ref) {
  const Context& context = project_.fact(ref).context;
  if (context.flags & (context::CliGuard | context::DevGuard)) return RunsWhen::AskedFor;
  // A function literal of a Go file's variables is a command's or a table's: nothing of it runs by itself.
  bool literal = context.has(context::InFunction) && context.scope.empty();
  if (literal && project_.files[ref.file].format() == "go") return RunsWhen::Unknown;
  // What a file of routes hands over answers a request, or is a command of its console.
  if (literal && routes_.contains("/" + project_.files[ref.file].path)) return RunsWhen::AskedFor;
  return when(function_of(ref));
}

RunsWhen BootCode::when(const CodeFunction& function) {
  auto [place, fresh] = known_.try_emplace(function, RunsWhen::Unknown);
  if (!fresh) return place->second;
  RunsWhen found = work_out(function);
  return known_[function] = found;
}

RunsWhen BootCode::work_out(const CodeFunction& function) {
  const ProjectFile& file = project_.files[function.file];
  if (function.scope.empty()) return asked_for_[function.file] ? RunsWhen::AskedFor : RunsWhen::Boot;
  std::string_view name = last_name(function.scope);
  if (is_test_name(name)) return RunsWhen::AskedFor;
  if (RunsWhen marked = by_annotations(function); marked != RunsWhen::Unknown) return marked;
  if (boot_.contains(name) || begins_program(file.format(), name))
    return asked_for_[function.file] ? RunsWhen::AskedFor : RunsWhen::Boot;
  if (RunsWhen called = by_callers(function); called != RunsWhen::Unknown) return called;
  return schema_.contains(name) && !asked_for_[function.file] && calls_of(function).empty() ? RunsWhen::Boot
                                                                                            : RunsWhen::Unknown;
}

RunsWhen BootCode::by_callers(const CodeFunction& function) {
  size_t asked = 0;
  const std::vector<FactRef>& calls = calls_of(function);
  for (FactRef call : calls) {
    RunsWhen caller = when(call);
    if (caller == RunsWhen::Boot) return caller;
    asked += caller == RunsWhen::AskedFor ? 1 : 0;
  }
  return asked > 0 && asked == calls.size() ? RunsWhen::AskedFor : RunsWhen::Unknown;
}

// What is written above the function or the classes around it, base classes included.
RunsWhen BootCode::by_annotations(const CodeFunction& function) {
  RunsWhen found = RunsWhen::Unknown;
  const Annotations& marks = annotations_of(function.file);
  if (marks.empty()) return found;
  for (std::string_view around = function.scope; !around.empty();) {
    if (auto above = marks.find(around); above != marks.end()) {
      for (std::string_view name : above->second) {
        if (asked_marks_.contains(name)) return RunsWhen::AskedFor;
        if (boot_marks_.contains(name)) found = RunsWhen::Boot;
      }
    }
    size_t dot = around.rfind('.');
    around = around.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return found;
}

const BootCode::Annotations& BootCode::annotations_of(uint32_t file) {
  auto [place, fresh] = annotations_.try_emplace(file);
  if (!fresh) return place->second;
  for (const Fact& fact : view_.facts(project_.files[file])) {
    if (fact.kind == FactKind::Call && fact.context.has(context::Annotation))
      place->second[fact.context.scope].push_back(fact.name);
  }
  return place->second;
}

}  // namespace tfcheck
