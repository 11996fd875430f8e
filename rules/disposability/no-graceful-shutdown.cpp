// Absence over a whole component: something serves or loops forever, and nothing handles SIGTERM. What starts a server
// and what counts as handling are sets of the vocabulary; here is what joins them.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

enum class Family : uint8_t { Node, Go, Python, Ruby, Java, CSharp, Php, Shell, None };
constexpr size_t families = static_cast<size_t>(Family::None);

Family family_of(std::string_view format) {
  static constexpr std::pair<std::string_view, Family> known[] = {
      {"javascript", Family::Node}, {"typescript", Family::Node}, {"tsx", Family::Node},  {"go", Family::Go},
      {"python", Family::Python},   {"ruby", Family::Ruby},       {"java", Family::Java}, {"csharp", Family::CSharp},
      {"php", Family::Php},         {"shell", Family::Shell}};
  for (auto [name, family] : known) {
    if (name == format) return family;
  }
  return Family::None;
}

struct Evidence {
  std::vector<FactRef> starts;
  bool handled = false;
};

bool is_term(const Value& value) {
  return value.text == "TERM" || value.text == "15" || value.text.ends_with("SIGTERM");
}

// What the rule knows of calls and places.
struct Words {
  explicit Words(const NativeContext& context)
      : node_starts(context.set("node-server-start")),
        go_starts(context.set("go-server-start")),
        python_starts(context.set("python-server-start")),
        java_starts(context.set("java-server-start")),
        csharp_starts(context.set("csharp-server-start")),
        libraries(context.set("graceful-library")),
        go_graceful(context.set("go-graceful-call")),
        java_graceful(context.set("java-graceful-call")),
        csharp_graceful(context.set("csharp-graceful")),
        blocking(context.set("blocking-call")),
        entries(context.set("entry-function")),
        worker_folders(context.set("worker-folder")),
        tooling_folders(context.set("tooling-folder")) {}

  const WordSet &node_starts, &go_starts, &python_starts, &java_starts, &csharp_starts;
  const WordSet &libraries, &go_graceful, &java_graceful, &csharp_graceful;
  const WordSet &blocking, &entries, &worker_folders, &tooling_folders;
};

bool in_folder(std::string_view path, const WordSet& names) {
  std::vector<std::string_view> parts = split(dir_name(path), '/');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return names.contains(part); });
}

class ShutdownCheck {
 public:
  explicit ShutdownCheck(NativeContext& context) : context_(context), project_(context.project), words_(context) {}

  void run() {
    collect_started();
    for (const Component& component : project_.components) {
      if (component.kind == ComponentKind::App || component.kind == ComponentKind::Infrastructure) check(component);
    }
  }

 private:
  // Words of start commands, by which a script shows to be one that a process runs.
  void collect_started() {
    for (FactRef ref : project_.start_commands()) {
      for (const Arg& arg : project_.fact(ref).args()) {
        if (arg.name.empty() || arg.name == "path") started_.insert(std::string(base_name(arg.value.text)));
      }
      started_.insert(std::string(project_.fact(ref).name));
    }
  }

  bool is_started(std::string_view path) const {
    std::string_view name = base_name(path);
    if (started_.contains(std::string(name))) return true;
    std::string module(path.substr(0, path.rfind('.')));  // python -m pkg.worker
    std::replace(module.begin(), module.end(), '/', '.');
    return started_.contains(module) || started_.contains(std::string(before_first(name, '.')));
  }

  void check(const Component& component) {
    std::array<Evidence, families> found;
    for (uint32_t file : component.files) {
      const ProjectFile& owner = project_.files[file];
      if (!owner.facts || !context_.looks_at(file)) continue;
      Family family = family_of(owner.format());
      if (family != Family::None) look(file, family, found[static_cast<size_t>(family)]);
      if (owner.format() == "uwsgi") check_uwsgi(file);
    }
    for (size_t i = 0; i < families; ++i) {
      if (!found[i].handled && !found[i].starts.empty()) report(static_cast<Family>(i), found[i]);
    }
    check_spring(component);
  }

  void look(uint32_t file, Family family, Evidence& evidence) {
    const ProjectFile& owner = project_.files[file];
    if (family == Family::Shell) return look_at_script(file, evidence);
    std::span<const Fact> facts = context_.facts(owner);
    bool by_hand = in_folder(owner.path, words_.tooling_folders) && !is_started(owner.path);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (handles(family, fact)) evidence.handled = true;
      if (by_hand) continue;
      if (fact.kind == FactKind::Call && starts_server(family, fact)) evidence.starts.push_back({file, i});
      if (fact.kind == FactKind::Branch && is_worker_loop(family, {file, i})) evidence.starts.push_back({file, i});
    }
  }

  // --- handling ---

  bool handles(Family family, const Fact& fact) const {
    if (fact.kind == FactKind::Import)
      return (family == Family::Node || family == Family::Php) &&
             (words_.libraries.contains(fact.name) || fact.name.ends_with("SignalableCommandInterface"));
    if (fact.kind == FactKind::Assign) return family == Family::CSharp && words_.csharp_graceful.contains(fact.name);
    if (fact.kind != FactKind::Call) return false;
    std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
    switch (family) {
      case Family::Node:
        return handles_in_node(fact, last);
      case Family::Go:
        return handles_in_go(fact);
      case Family::Python:
        return (last == "signal" || last == "add_signal_handler" || last == "sigwait") &&
               (fact.name != "signal.signal" || signal_fits(fact, 0)) && signal_fits(fact, 0);
      case Family::Ruby:
        return last == "trap" && signal_fits(fact, 0);
      case Family::Java:
        return words_.java_graceful.contains(fact.name);
      case Family::CSharp:
        return words_.csharp_graceful.contains(fact.name);
      case Family::Php:
        return (last == "pcntl_signal" || last == "trap" || last == "pcntl_sigwaitinfo") && signal_fits(fact, 0);
      default:
        return false;
    }
  }

  // SIGTERM itself, or a signal that only the run knows.
  static bool signal_fits(const Fact& fact, int position) {
    const Value& value = argument(fact.args(), {}, position);
    if (!value || value.is_literal()) return is_term(value);
    if (value.is(ValueKind::Name) && value.text.find("SIG") != std::string_view::npos) return is_term(value);
    if (value.is(ValueKind::List))
      return std::any_of(value.items().begin(), value.items().end(),
                         [](const Arg& item) { return is_term(item.value); });
    return true;
  }

  bool handles_in_node(const Fact& fact, std::string_view last) const {
    bool listens = last == "on" || last == "once" || last == "addListener" || last == "prependListener";
    if (listens && fact.name.substr(0, fact.name.rfind('.')).ends_with("process")) {
      const Value& signal = argument(fact.args(), {}, 0);
      return signal.is_literal() ? is_term(signal) : static_cast<bool>(signal);
    }
    if (last == "listen" && is_term(argument(fact.args(), {}, 0))) return true;
    return words_.libraries.contains(fact.name) || fact.name == "Deno.addSignalListener";
  }

  bool handles_in_go(const Fact& fact) const {
    if (fact.name == "os/signal.Notify" || fact.name == "os/signal.NotifyContext") {
      auto signals = fact.args().subspan(std::min<size_t>(1, fact.args().size()));
      bool every = signals.empty() && fact.name == "os/signal.Notify";
      return every || std::any_of(signals.begin(), signals.end(), [](const Arg& arg) {
               return is_term(arg.value) || !arg.value.is(ValueKind::Name) ||
                      arg.value.text.find('.') == std::string_view::npos;
             });
    }
    return words_.go_graceful.contains(fact.name);
  }

  // --- serving ---

  bool starts_server(Family family, const Fact& fact) const {
    if (fact.context.has(context::DevGuard)) return false;
    switch (family) {
      case Family::Node:
        return words_.node_starts.contains(fact.name) && !is_term(argument(fact.args(), {}, 0));
      case Family::Go:
        return starts_in_go(fact);
      case Family::Python:
        return words_.python_starts.contains(fact.name);
      case Family::Java:
        return words_.java_starts.contains(fact.name) && !fact.name.ends_with("accept");
      case Family::CSharp:
        return words_.csharp_starts.contains(fact.name) && !fact.name.starts_with("Tcp");
      default:
        return false;
    }
  }

  bool starts_in_go(const Fact& fact) const {
    const Value& address = argument(fact.args(), {}, 0);
    if (address.is_literal() && address.text.ends_with(":6060")) return false;  // net/http/pprof
    if (words_.go_starts.contains(fact.name)) return true;
    std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
    bool verb = last == "Run" || last == "Start" || last == "Listen";
    bool text = address.is(ValueKind::String) || address.is(ValueKind::Template);
    return verb && text && address.text.starts_with(':') && fact.name.find("net.") == std::string_view::npos;
  }

  // --- loops ---

  bool is_worker_loop(Family family, FactRef ref) {
    const Fact& loop = project_.fact(ref);
    if ((loop.name != "while" && loop.name != "for") || loop.value.text != "true" || !loop.value.is(ValueKind::Bool))
      return false;
    return stands_in_worker(family, project_.files[ref.file], loop) && runs_forever(ref);
  }

  bool stands_in_worker(Family family, const ProjectFile& owner, const Fact& loop) const {
    std::string_view scope = loop.context.scope;
    std::string_view last = scope.substr(scope.rfind('.') + 1);
    switch (family) {
      case Family::Python:
        if (last == "handle" && owner.path.find("management/commands/") != std::string::npos) return true;
        return is_started(owner.path) &&
               (scope.empty() || loop.context.has(context::InMain) || words_.entries.contains(last));
      case Family::Ruby:
        return scope.empty() ? is_started(owner.path) || in_folder(owner.path, words_.worker_folders)
                             : is_started(owner.path) && words_.entries.contains(last);
      case Family::Php:
        if (last == "handle" || last == "execute" || last == "fire")
          return owner.path.find("Command") != std::string::npos;
        return scope.empty() && (is_started(owner.path) || in_folder(owner.path, words_.worker_folders) ||
                                 icontains(base_name(owner.path), "worker"));
      case Family::Java:
        return scope.ends_with(".main") || scope == "main";
      case Family::CSharp:
        return scope.ends_with(".Main") || scope == "Main" || (scope.empty() && base_name(owner.path) == "Program.cs");
      case Family::Node:
        return scope.empty() || (is_started(owner.path) && words_.entries.contains(last));
      default:
        return false;
    }
  }

  // A loop that waits, or that has no condition by which it could end.
  bool runs_forever(FactRef ref) {
    if (loops_of_ != ref.file) read_loops(ref.file);
    const Inside& inside = inside_[ref.fact];
    return !inside.asks && (inside.waits || !inside.condition);
  }

  // What stands in a loop behind a fact of the same function, up to the next loop that is not inside it.
  struct Inside {
    bool condition = false, waits = false, asks = false;
  };

  // One walk from the end tells it for all facts of a file.
  void read_loops(uint32_t file) {
    std::span<const Fact> facts = context_.facts(project_.files[file]);
    loops_of_ = file;
    inside_.assign(facts.size(), {});
    std::unordered_map<std::string_view, Inside> behind;  // by function
    for (size_t i = facts.size(); i-- > 0;) {
      const Fact& fact = facts[i];
      Inside& inside = behind[fact.context.scope];
      inside_[i] = inside;
      if (!fact.context.has(context::LoopForever)) {
        if (fact.kind == FactKind::Branch && fact.value.is(ValueKind::Bool)) inside = {};
        continue;
      }
      if (fact.kind == FactKind::Branch && fact.name == "if") inside.condition = true;
      if (fact.kind != FactKind::Call) continue;
      inside.waits |= words_.blocking.contains(fact.name);
      inside.asks |= icontains(fact.name, "ReadLine") || icontains(fact.name, "readkey") || fact.name == "input" ||
                     fact.name.ends_with("gets") || icontains(fact.name, "Scanner");
    }
  }

  // A script that a process runs loops, and traps nothing.
  void look_at_script(uint32_t file, Evidence& evidence) {
    std::span<const Fact> facts = context_.facts(project_.files[file]);
    std::optional<uint32_t> loop;
    bool started = false, ends = false;
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      bool endless = fact.kind == FactKind::Branch && fact.value.is(ValueKind::Bool) && fact.value.text == "true" &&
                     (fact.name == "while" || fact.name == "for");
      if (endless && !loop && !fact.context.has(context::InFunction)) loop = i;
      if (fact.kind != FactKind::Command) continue;
      if (fact.name == "trap") return;
      CommandInfo info = project_.command({file, i});
      started |= info.role == CommandRole::Start && !info.development;
      ends |= fact.context.has(context::LoopForever) &&
              (fact.name == "break" || fact.name == "exit" || fact.name == "return" || fact.name == "exec");
    }
    if (loop && started && !ends) evidence.starts.push_back({file, *loop});
  }

  // --- reports ---

  static std::string_view message_of(Family family) {
    switch (family) {
      case Family::Node:
        return "The server starts here, and nothing in this component handles SIGTERM: requests in flight break at "
               "every deploy.";
      case Family::Go:
        return "The server starts here, and nothing in this component shuts it down on SIGTERM: requests in flight "
               "break at every deploy.";
      case Family::Shell:
        return "The script loops forever and traps no SIGTERM.";
      default:
        return "The process runs forever from here, and nothing in this component handles SIGTERM: what it has in hand "
               "is lost at every stop.";
    }
  }

  void report(Family family, const Evidence& evidence) {
    FactRef first = evidence.starts.front();
    Finding* finding = context_.report(first.file, project_.fact(first).span, std::string(message_of(family)));
    if (!finding) return;
    for (size_t i = 1; i < evidence.starts.size() && i < 4; ++i) {
      FactRef other = evidence.starts[i];
      if (other.file != first.file)
        finding->related.push_back({other.file, project_.fact(other).span, "so does this one"});
    }
  }

  void check_uwsgi(uint32_t file) {
    const Fact* serves = nullptr;
    for (const Fact& fact : context_.facts(project_.files[file])) {
      if (fact.kind != FactKind::Entry) continue;
      if (fact.name == "uwsgi.die-on-term" && fact.value.text != "false") return;
      if (fact.name == "uwsgi.hook-master-start" || fact.name == "uwsgi.emperor") return;
      if (fact.name == "uwsgi" && !serves) serves = &fact;
    }
    if (!serves) return;
    Finding* finding =
        context_.report(file, serves->span, "uWSGI reloads on SIGTERM instead of stopping; it needs die-on-term.");
    if (finding) finding->severity = Severity::Note;
  }

  // Spring Boot drains requests by default since 3.4 only.
  void check_spring(const Component& component) {
    if (!drops_requests(component)) return;
    for (uint32_t file : component.files) {
      if (!project_.files[file].facts || !context_.looks_at(file)) continue;
      for (const Fact& fact : context_.facts(project_.files[file])) {
        if (fact.kind != FactKind::Call || !fact.name.ends_with("SpringApplication.run")) continue;
        Finding* finding = context_.report(
            file, fact.span,
            "Spring Boot before 3.4 stops without draining requests unless server.shutdown is graceful.");
        if (finding) finding->severity = Severity::Note, finding->confidence = Confidence::Low;
        return;
      }
    }
  }

  bool drops_requests(const Component& component) {
    if (!spring_) spring_ = read_spring();
    if (spring_->graceful) return false;
    if (component.root.empty()) return !spring_->old.empty();
    context_.count(1);
    std::string below = component.root + "/";
    auto own = spring_->old.lower_bound(below);
    if (own != spring_->old.end() && own->starts_with(below)) return true;
    for (std::string_view folder = component.root; !folder.empty();) {
      folder = dir_name(folder);
      if (spring_->old_parents.contains(folder)) return true;
    }
    return false;
  }

  // What the whole repository says of Spring Boot.
  struct Spring {
    bool graceful = false;                   // the shutdown is set to something
    std::set<std::string_view> old;          // files that name a version before 3.4
    std::set<std::string_view> old_parents;  // folders of POMs that do
  };

  Spring read_spring() const {
    Spring spring;
    for (const ProjectFile& file : project_.files) {
      if (!file.facts || (file.scope & scope::Outside)) continue;
      std::string_view parent;
      bool old = false;
      for (const Fact& fact : context_.facts(file)) {
        spring.graceful |=
            fact.kind == FactKind::Entry && fact.name.ends_with("server.shutdown") && fact.value.text != "immediate";
        if (fact.name == "project.parent.artifactId") parent = fact.value.text;
        if (fact.name == "project.parent.version" && parent == "spring-boot-starter-parent")
          old |= before_3_4(fact.value.text);
        if (fact.kind == FactKind::Dependency && fact.name.starts_with("org.springframework.boot:") &&
            fact.value.is(ValueKind::String))
          old |= before_3_4(fact.value.text);
      }
      if (!old) continue;
      spring.old.insert(file.path);
      if (file.format() == "maven") spring.old_parents.insert(dir_name(file.path));
    }
    return spring;
  }

  static bool before_3_4(std::string_view version) {
    auto parts = split(version, '.');
    if (parts.size() < 2 || !is_digits(parts[0]) || !is_digits(parts[1])) return false;
    return parts[0] < "3" ? parts[0].size() == 1 : parts[0] == "3" && parts[1].size() == 1 && parts[1] < "4";
  }

  NativeContext& context_;
  const Project& project_;
  Words words_;
  std::set<std::string> started_;
  uint32_t loops_of_ = no_index;  // the file of
  std::vector<Inside> inside_;    // by fact
  std::optional<Spring> spring_;  // once asked for
};

}  // namespace

void rule_disposability_no_graceful_shutdown(NativeContext& context) {
  ShutdownCheck(context).run();
}

}  // namespace tfcheck
