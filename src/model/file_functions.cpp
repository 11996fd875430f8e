#include "model/file_functions.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_blocks = 100;  // given to threads

// Code that runs when the file is the program.
bool is_top(const Fact& fact, std::string_view runtime) {
  std::string_view scope = fact.context.scope;
  if (runtime == "go" || runtime == "rust" || runtime == "c") return scope == "main";
  if (runtime == "java") return scope == "main" || scope.ends_with(".main");
  if (runtime == "csharp") return scope.empty() || scope == "Main" || scope.ends_with(".Main");
  return fact.context.has(context::InMain) || !fact.context.has(context::InFunction);
}

}  // namespace

FileFunctions::FileFunctions(std::span<const Fact> facts, std::string_view runtime, const WordSet& threads) {
  for (const Fact& fact : facts) {
    bool starts =
        fact.kind == FactKind::Call && (threads.contains(last_word(fact.name)) || threads.contains(fact.name));
    if (starts) add_thread(fact, runtime);
  }
  follow_calls(facts, runtime);
}

// `Thread(target=loop, daemon=True)`, `pool.submit(loop)`, `Thread.new { … }`, `go loop()`. Python waits for a thread
// that is no daemon.
void FileFunctions::add_thread(const Fact& call, std::string_view runtime) {
  bool waits = runtime == "python" && argument(call.args(), "daemon").text != "true";
  if (runtime != "python" && blocks_.size() < most_blocks) blocks_.push_back(call.span);
  for (const Arg& arg : call.args()) {
    if (!arg.value.is(ValueKind::Name) && !arg.value.is(ValueKind::Call)) continue;
    std::string_view function = last_word(arg.value.text);
    threads_.insert(function);
    if (!waits) daemons_.insert(function);
  }
}

// From what runs at the start through the calls of functions of the file.
void FileFunctions::follow_calls(std::span<const Fact> facts, std::string_view runtime) {
  std::map<std::string_view, std::vector<const Fact*>> calls;     // by the scope that they stand in
  std::map<std::string_view, std::set<std::string_view>> scopes;  // by their last word
  std::vector<const Fact*> open;
  for (const Fact& fact : facts) {
    std::string_view scope = fact.context.scope;
    if (!scope.empty()) scopes[last_word(scope)].insert(scope);
    if (fact.kind != FactKind::Call) continue;
    is_top(fact, runtime) ? open.push_back(&fact) : calls[scope].push_back(&fact);
  }
  auto start = [&](std::string_view scope) {
    if (daemons_.contains(last_word(scope)) || !started_.insert(scope).second) return;
    const std::vector<const Fact*>& next = calls[scope];
    open.insert(open.end(), next.begin(), next.end());
  };
  while (!open.empty()) {
    const Fact& call = *open.back();
    open.pop_back();
    auto found = scopes.find(last_word(call.name));
    if (found == scopes.end()) continue;
    std::string_view caller = call.context.scope;
    std::string_view type = caller.substr(0, caller.rfind('.') + 1);  // a method calls another of its class
    if (found->second.contains(call.name)) start(call.name);
    if (type.empty()) continue;
    if (auto own = found->second.find(std::string(type).append(call.name)); own != found->second.end()) start(*own);
  }
}

bool FileFunctions::is_in(const Fact& fact, const Names& functions) {
  return !fact.context.scope.empty() && functions.contains(last_word(fact.context.scope));
}

bool FileFunctions::in_block(const Fact& fact) const {
  return std::any_of(blocks_.begin(), blocks_.end(),
                     [&](Span block) { return block.begin < fact.span.begin && fact.span.end <= block.end; });
}

}  // namespace tfcheck
