// Development servers started from code: `python app.py` whose app.run() serves, or an app.run() that nothing replaces.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr std::array flask_servers = {"flask.Flask.run"sv,
                                      "quart.Quart.run"sv,
                                      "bottle.run"sv,
                                      "bottle.Bottle.run"sv,
                                      "bottle.default_app.run"sv,
                                      "dash.Dash.run"sv,
                                      "dash.Dash.run_server"sv,
                                      "connexion.App.run"sv,
                                      "connexion.FlaskApp.run"sv,
                                      "wsgiref.simple_server.make_server"sv,
                                      "werkzeug.serving.run_simple"sv,
                                      "werkzeug.run_simple"sv};
// `from shop import app; app.run()`: what `app` is stands in another file.
constexpr std::array app_objects = {"app.run"sv, "create_app.run"sv, "make_app.run"sv, "application.run"sv,
                                    "get_app.run"sv};
constexpr std::array production_servers = {"gunicorn"sv,        "uwsgi"sv,     "waitress"sv,
                                           "uvicorn"sv,         "hypercorn"sv, "gevent"sv,
                                           "eventlet"sv,        "tornado"sv,   "cherrypy"sv,
                                           "cheroot"sv,         "meinheld"sv,  "bjoern"sv,
                                           "mod-wsgi"sv,        "mod_wsgi"sv,  "pyuwsgi"sv,
                                           "zappa"sv,           "paste"sv,     "daphne"sv,
                                           "granian"sv,         "twisted"sv,   "flask-socketio"sv,
                                           "serverless-wsgi"sv, "mangum"sv,    "awsgi"sv,
                                           "aws-wsgi"sv,        "apig-wsgi"sv, "functions-framework"sv,
                                           "passenger"sv,       "uWSGI"sv,     "CherryPy"sv};

bool among(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class DevServer {
 public:
  explicit DevServer(NativeContext& context) : context_(context), project_(context.project) {}

  void run() {
    context_.for_each(FactKind::Call, [&](FactRef ref, const Fact& fact) {
      if (!is_server_call(ref, fact) || fact.context.has(context::DevGuard) ||
          (project_.files[ref.file].scope & scope::Development))
        return;
      if (report_starts(ref)) return;
      uint32_t component = project_.files[ref.file].component;
      if (component == no_index || alone_.contains(component) || is_replaced(component)) return;
      alone_.insert(component);
      Finding* finding = context_.report(
          ref.file, fact.span,
          "Nothing but the framework's development server starts the app: " + std::string(short_name(fact.name)) + ".");
      if (finding) finding->confidence = Confidence::Medium;
    });
  }

 private:
  static std::string_view short_name(std::string_view name) {
    size_t dot = name.rfind('.', name.rfind('.') - 1);
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
  }

  bool is_server_call(FactRef ref, const Fact& fact) const {
    if (project_.files[ref.file].format() != "python") return false;
    bool chosen_server = static_cast<bool>(argument(fact.args(), "server"));
    if (among(flask_servers, fact.name)) return !chosen_server;
    bool object = std::any_of(app_objects.begin(), app_objects.end(), [&](std::string_view tail) {
      return fact.name.ends_with(tail) &&
             (fact.name.size() == tail.size() || fact.name[fact.name.size() - tail.size() - 1] == '.');
    });
    return object && (fact.context.has(context::InMain) || !fact.context.has(context::InFunction)) &&
           uses_flask(project_.files[ref.file].component);
  }

  bool uses_flask(uint32_t component) const {
    if (component == no_index) return false;
    return any_fact(component, [](const Fact& fact) {
      return (fact.kind == FactKind::Import || fact.kind == FactKind::Dependency) &&
             iequals(before_first(fact.name, '.'), "flask");
    });
  }

  template <typename Test>
  bool any_fact(uint32_t component, Test test) const {
    for (uint32_t file : project_.components[component].files) {
      const ProjectFile& candidate = project_.files[file];
      if (!candidate.facts || (candidate.scope & scope::Outside)) continue;
      const auto& facts = candidate.facts->facts();
      if (std::any_of(facts.begin(), facts.end(), test)) return true;
    }
    return false;
  }

  // True when a word of a start command names the file, in the start's own component or below its folder: `app.py`,
  // `src/app.py`, `/code/app.py`, `-m shop.app`.
  static bool names_file(std::string_view word, std::string_view path) {
    if (word.empty()) return false;
    if (word.ends_with(".py")) {
      while (word.starts_with("./")) word.remove_prefix(2);
      return path == word || path.ends_with("/" + std::string(word)) ||
             (word.starts_with('/') && base_name(word) == base_name(path));
    }
    std::string module(path.substr(0, path.size() - std::min<size_t>(path.size(), 3)));
    std::replace(module.begin(), module.end(), '/', '.');
    return module == word || module == std::string(word) + ".__main__" || module.ends_with("." + std::string(word));
  }

  bool report_starts(FactRef call) {
    const ProjectFile& file = project_.files[call.file];
    bool known = false;
    for (FactRef start : project_.start_commands()) {
      const Fact& command = project_.fact(start);
      bool python =
          command.name.starts_with("python") || command.name.starts_with("pypy") || names_file(command.name, file.path);
      if (!python || !same_component(start, call)) continue;
      bool named = names_file(command.name, file.path);
      bool module = false;
      for (const Arg& arg : command.args()) {
        if (!arg.name.empty()) continue;
        std::string_view word = arg.value.text;
        if (word.ends_with(".py") || module) named |= names_file(word, file.path);
        if (word.ends_with(".py") || module) break;
        module = word == "-m";
      }
      if (!named) continue;
      known = true;
      report_at(start, call);
    }
    return known;
  }

  bool same_component(FactRef start, FactRef call) const {
    if (project_.files[start.file].component == project_.files[call.file].component) return true;
    // A compose file or a Dockerfile above the app's own folder, when no nearer file has that name.
    std::string_view folder = dir_name(project_.files[start.file].path),
                     name = base_name(project_.files[call.file].path);
    bool below = folder.empty() || project_.files[call.file].path.starts_with(std::string(folder) + "/");
    auto count = std::count_if(project_.files.begin(), project_.files.end(),
                               [&](const ProjectFile& file) { return base_name(file.path) == name; });
    return below && count == 1;
  }

  void report_at(FactRef start, FactRef call) {
    CommandInfo info = project_.command(start);
    bool exempt = project_.files[info.origin.file].scope & scope::Development ||
                  project_.files[info.place.file].scope & scope::Outside;
    if (info.development && exempt) return;
    if (!reported_.insert(info.place).second) return;
    Finding* finding = context_.report(
        info.place.file, project_.fact(info.place).span,
        "The start command runs a development server: " + std::string(short_name(project_.fact(call).name)) + " in " +
            project_.files[call.file].path + ".");
    if (!finding) return;
    if (info.development) finding->severity = Severity::Note;
    finding->related.push_back({call.file, project_.fact(call).span, "the development server"});
  }

  // Another server is declared or started, so app.run() is for developers.
  bool is_replaced(uint32_t component) const {
    bool declared = any_fact(component, [](const Fact& fact) {
      std::string_view name = before_first(fact.name, '.');
      return (fact.kind == FactKind::Dependency || fact.kind == FactKind::Import) &&
             (among(production_servers, name) || among(production_servers, lower(name)));
    });
    if (declared) return true;
    for (FactRef start : project_.start_commands()) {
      if (project_.command(start).main && !project_.command(start).development) return true;
    }
    // Images, Procfiles and serverless frameworks say elsewhere what starts.
    for (uint32_t file : project_.components[component].files) {
      static constexpr std::array elsewhere = {"Dockerfile"sv,          "Procfile"sv,          "serverless.yml"sv,
                                               "zappa_settings.json"sv, "app.yaml"sv,          "uwsgi.ini"sv,
                                               "gunicorn.conf.py"sv,    "passenger_wsgi.py"sv, "wsgi.py"sv,
                                               "template.yaml"sv,       "vercel.json"sv};
      if (among(elsewhere, base_name(project_.files[file].path))) return true;
    }
    return false;
  }

  NativeContext& context_;
  const Project& project_;
  std::set<uint32_t> alone_;
  std::set<FactRef> reported_;
};

}  // namespace

void rule_build_release_run_dev_server(NativeContext& context) {
  DevServer(context).run();
}

}  // namespace tfcheck
