// Finds where the app says by a literal where a backing service is: URLs and connection strings wherever they stand,
// hosts given to a service's client, and keys such as `redis.host`. Data could name the clients, but not take a
// connection string apart, and the host in it decides.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "engine/native.h"
#include "model/scope.h"
#include "model/service_address.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class EndpointScan {
 public:
  explicit EndpointScan(NativeContext& context)
      : context_(context),
        addresses_(context),
        ends_(context.set("endpoint-word")),
        keys_(context.set("endpoint-key")),
        clients_(context.set("endpoint-client")),
        short_(context.set("endpoint-client-short")),
        second_(context.set("endpoint-client-second")),
        named_(context.set("endpoint-client-named")),
        properties_(context.set("endpoint-property")),
        http_(context.set("http-client-call")),
        no_words_(context.set("no-endpoint-word")),
        no_paths_(context.set("no-endpoint-path")),
        driver_keys_(context.set("driver-key")),
        sibling_words_(context.set("sibling-word")),
        sibling_places_(context.set("sibling-place")) {}

  void run() {
    for (uint32_t file = 0; file < context_.project.files.size(); ++file) {
      const ProjectFile& owner = context_.project.files[file];
      if (!owner.facts || !context_.looks_at(file) || owner.tells(tells::Address) || no_paths_.contains(owner.path))
        continue;
      file_ = file;
      shell_ = owner.format() == "shell";
      code_ = owner.adapter && owner.adapter->kind == AdapterKind::Code;
      seen_.clear();
      declared_.clear();
      drivers_.reset();
      chosen_.reset();
      for (const Fact& fact : context_.facts(owner)) look_at(fact);
    }
  }

 private:
  void look_at(const Fact& fact) {
    if (fact.context.flags & (context::Development | context::DevGuard)) return;
    if (fact.kind == FactKind::EnvRead) {
      walk(fact.value, true);
      if (const Value& value = fact.value;
          value.is(ValueKind::String) && names_endpoint(fact.name) && addresses_.keyed_host(value.text))
        report(value.span, {std::string(value.text)}, true);
    } else if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) {
      if (!may_name_place(fact.value)) return;
      std::vector<std::string> words = words_of(fact.name);
      // A script's own variables end up anywhere; one named like a service's address is meant for the app.
      if (of_development(words) || (shell_ && !names_endpoint(fact.name))) return;
      declaration_ = fact.kind == FactKind::Assign;
      keyed(fact);
      data_ = !code_ && !ends_with_place(words);
      walk(fact.value, other_driver(fact));
      declaration_ = data_ = false;
    } else if (fact.kind == FactKind::Call) {
      call(fact);
    }
  }

  static bool may_name_place(const Value& value) {
    return value.is(ValueKind::String) || value.is(ValueKind::Template) || value.item_count > 0;
  }

  void report(Span span, const Spot& place, bool fallback, Confidence confidence = Confidence::High) {
    if (span == Span{} || !seen_.add(span)) return;
    if (declaration_) declared_.insert(place.shown);
    std::string what = place.sibling ? "another service" : "a backing service";
    std::string literal = "the literal '" + context_.display(place.shown) + "'";
    Finding* finding = context_.report(file_, span,
                                       fallback ? "By default " + what + " is looked for at " + literal + "."
                                                : upper_first(what) + " is located by " + literal + ".");
    if (!finding) return;
    if (fallback) finding->severity = Severity::Note;
    finding->confidence = place.sibling ? Confidence::Medium : confidence;
  }

  static std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
    return text;
  }

  // --- literals, wherever they stand ---

  void walk(const Value& value, bool fallback) {
    if (value.is(ValueKind::String) || value.is(ValueKind::Template)) {
      std::optional<Spot> place =
          addresses_.literal(value.is(ValueKind::Template) ? without_parts(value.text) : std::string(value.text));
      // A constant of this file is reported where it is declared, not where it is a part.
      bool part = place && value.is(ValueKind::Template) && !declaration_ && declared_.contains(place->shown);
      if (!place && !code_ && value.is(ValueKind::Template))
        place = addresses_.literal(with_defaults(value.text)), fallback = true;
      if (place && !part && !(place->sibling && data_))
        report(value.span, *place, fallback || place->shown == "(localdb)");
    } else if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) {
      for (const Arg& item : value.items()) walk(item.value, true);
    } else if (value.is(ValueKind::List) || value.is(ValueKind::Map)) {
      for (const Arg& item : value.items()) walk(item.value, fallback);
    }
  }

  // --- keys that name a service and a place ---

  bool names_endpoint(std::string_view name) const {
    std::vector<std::string> words = words_of(name);
    return ends_with_place(words) && addresses_.names_service(words) && !of_development(words);
  }

  bool ends_with_place(const std::vector<std::string>& words) const {
    if (words.empty()) return false;
    std::string last = words.back();
    if (is_digits(last) && words.size() > 1) last = words[words.size() - 2];  // an element of a list
    return ends_.contains(last) || (words.size() > 1 && ends_.contains(words[words.size() - 2] + last));
  }

  bool of_development(const std::vector<std::string>& words) const {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return no_words_.contains(word); });
  }

  void keyed(const Fact& fact) {
    const Value& value = fact.value;
    if (fact.name.find("url_options") != std::string_view::npos ||
        fact.name.find("asset_host") != std::string_view::npos)
      return;
    if (!code_ && value.is(ValueKind::Env) && value.item_count && value.items()[0].value.is(ValueKind::String)) {
      std::string_view fallback = value.items()[0].value.text;
      if (names_endpoint(fact.name) && addresses_.keyed_host(fallback))
        report(value.span, {std::string(shown_host(fallback))}, true);
      return;
    }
    if (value.is(ValueKind::List)) {
      if (!names_endpoint(fact.name)) return;
      for (const Arg& item : value.items()) {
        if (item.value.is(ValueKind::String) && addresses_.keyed_host(item.value.text))
          return report(item.value.span, {std::string(item.value.text)}, false);
      }
      return;
    }
    if (!value.is(ValueKind::String) || !addresses_.keyed_host(value.text)) return;
    std::vector<std::string> words = words_of(fact.name);
    if (of_development(words) || words.empty()) return;
    bool connection = words[0] == "connection" && words.size() > 2 && words[1] == "strings" &&
                      value.text.find(':') != std::string_view::npos;
    if (connection || (ends_with_place(words) && (addresses_.names_service(words) || beside_driver(fact)))) {
      return report(value.span, {std::string(shown_host(value.text))}, other_driver(fact),
                    code_ ? Confidence::Medium : Confidence::High);
    }
    local_api(fact, words);
  }

  // A host among keys that say which database it is of: `adapter: mysql2`, `"dialect": "postgres"`.
  bool beside_driver(const Fact& fact) {
    if (!drivers_) drivers_ = drivers_of_file();
    return drivers_->contains({fact.context.index, parent_of(fact.name)});
  }

  static std::string_view parent_of(std::string_view name) {
    return name.substr(0, name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
  }

  // Where the file's keys say which database they are of: document and parent.
  std::set<std::pair<uint32_t, std::string_view>> drivers_of_file() const {
    std::set<std::pair<uint32_t, std::string_view>> found;
    for (const Fact& fact : context_.facts(context_.project.files[file_])) {
      if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
      std::string_view parent = parent_of(fact.name);
      bool driver = driver_keys_.contains(fact.name.substr(parent.size()));
      if (driver && addresses_.names_service(words_of(fact.value.text)) && !icontains(fact.value.text, "sqlite"))
        found.emplace(fact.context.index, parent);
    }
    return found;
  }

  // One of several connections, and `default` names another: `connections.beanstalkd.host` where default is "sync".
  bool other_driver(const Fact& fact) {
    if (fact.kind != FactKind::Entry) return false;
    std::vector<std::string_view> parts = split(fact.name, '.');
    auto group = std::find_if(parts.begin(), parts.end(), [](std::string_view part) {
      return part == "connections" || part == "stores" || part == "mailers";
    });
    if (group == parts.end() || group + 1 == parts.end()) return false;
    if (!chosen_) chosen_ = chosen_in_file();
    return *chosen_ && **chosen_ != *(group + 1);
  }

  // The connection that the file's `default` names.
  std::optional<std::string_view> chosen_in_file() const {
    for (const Fact& fact : context_.facts(context_.project.files[file_])) {
      if (fact.kind != FactKind::Entry || !fact.name.ends_with("default") ||
          fact.name.find("connections") != std::string_view::npos)
        continue;
      const Value& chosen =
          fact.value.is(ValueKind::Env) && fact.value.item_count ? fact.value.items()[0].value : fact.value;
      if (chosen.is(ValueKind::String)) return chosen.text;
    }
    return std::nullopt;
  }

  // `API_URL = "http://localhost:8080"`: the sibling that the code talks to.
  void local_api(const Fact& fact, const std::vector<std::string>& words) {
    bool peer =
        std::any_of(words.begin(), words.end(), [&](const std::string& word) { return sibling_words_.contains(word); });
    bool place = sibling_places_.contains(words.back());
    if (code_ && peer && place && is_local_url(fact.value.text))
      report(fact.value.span, {std::string(shown_host(fact.value.text)), true}, false);
  }

  // --- clients ---

  void call(const Fact& fact) {
    auto may = [](const Arg& arg) { return may_name_place(arg.value); };
    if (std::none_of(fact.args().begin(), fact.args().end(), may)) return;
    for (const Arg& arg : fact.args()) {
      if (arg.name != "help" && arg.name != "description" && arg.name != "message" && arg.name != "summary")
        walk(arg.value, false);
    }
    if (second_.contains(fact.name)) client_host(argument(fact.args(), {}, 1));
    if (clients_.contains(fact.name) || short_.contains(fact.name)) client(fact);
    if (http_.contains(fact.name)) http_client(fact);
    if (const Value& key = argument(fact.args(), {}, 0);
        (key.is(ValueKind::String) || key.is(ValueKind::Name)) && properties_.contains(key.text))
      client_host(argument(fact.args(), {}, 1));
    connector(fact);
  }

  void client(const Fact& fact) {
    int position = 0;
    for (const Arg& arg : fact.args()) {
      if (arg.value.is(ValueKind::Map))
        options(arg.value, 0);
      else if (!arg.name.empty() ? keys_.contains(arg.name) : position == 0 && !named_.contains(fact.name))
        client_host(arg.value);
      if (arg.name.empty()) ++position;
    }
  }

  void options(const Value& map, int depth) {
    for (const Arg& item : map.items()) {
      if (item.value.is(ValueKind::Map) && depth < 4)
        options(item.value, depth + 1);
      else if (item.value.is(ValueKind::List) && depth < 4 && !keys_.contains(item.name))
        options(item.value, depth + 1);
      else if (keys_.contains(item.name))
        client_host(item.value);
    }
  }

  // The value stands where a client takes a host, so any plain name will do.
  void client_host(const Value& value) {
    if (value.is(ValueKind::List)) {
      for (const Arg& item : value.items()) {
        if (item.value.is(ValueKind::Map))
          options(item.value, 3);
        else
          client_host(item.value);
      }
      return;
    }
    bool fallback = value.is(ValueKind::Env);
    const Value& text = fallback && value.item_count ? value.items()[0].value : value;
    if (!text.is(ValueKind::String)) return;
    std::string_view spelled = trim(text.text);
    std::string_view rest = spelled;
    if (size_t colon = rest.find("://"); colon != std::string_view::npos) rest.remove_prefix(colon + 3);
    std::string_view host = host_of(rest);
    bool tail = rest == spelled && rest.find_first_of(" /=@{}") != std::string_view::npos;
    if (tail || !addresses_.good_host(host) || is_digits(host)) return;
    report(text.span,
           {std::string(rest == spelled ? host_of(rest) : spelled.substr(0, spelled.size() - rest.size())) +
            (rest == spelled ? "" : std::string(host))},
           fallback);
  }

  void http_client(const Fact& fact) {
    for (const Arg& arg : fact.args()) {
      if (arg.value.is(ValueKind::String) && is_local_url(arg.value.text))
        report(arg.value.span, {std::string(shown_host(arg.value.text)), true}, false);
      for (const Arg& item : arg.value.is(ValueKind::Map) ? arg.value.items() : std::span<const Arg>{}) {
        bool place = item.name == "url" || item.name == "uri" || item.name == "baseURL" || item.name == "baseUrl" ||
                     item.name == "base_uri";
        if (place && item.value.is(ValueKind::String) && is_local_url(item.value.text))
          report(item.value.span, {std::string(shown_host(item.value.text)), true}, false);
      }
    }
  }

  // The app's own `openRedisConnection("redis")`.
  void connector(const Fact& fact) {
    const Value& first = argument(fact.args(), {}, 0);
    if (!first.is(ValueKind::String) || fact.arg_count > 3 || !addresses_.keyed_host(first.text)) return;
    std::vector<std::string> words =
        words_of(after_last(fact.name, '.').empty() ? fact.name : after_last(fact.name, '.'));
    static constexpr std::string_view verbs[] = {"connect", "open", "dial"};
    bool verb = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(verbs), std::end(verbs), word) != std::end(verbs);
    });
    if (verb && addresses_.names_service(words))
      report(first.span, {std::string(first.text)}, false, Confidence::Medium);
  }

  NativeContext& context_;
  ServiceAddresses addresses_;
  const WordSet &ends_, &keys_, &clients_, &short_, &second_, &named_, &properties_, &http_;
  const WordSet &no_words_, &no_paths_, &driver_keys_, &sibling_words_, &sibling_places_;
  uint32_t file_ = 0;
  bool code_ = false;
  bool shell_ = false;
  bool declaration_ = false;  // the value that is walked stands in an assignment
  bool data_ = false;         // it stands in a file of data, below a key that names no place
  DisjointSpans seen_;
  std::set<std::string> declared_;
  // Of this file, once asked for.
  std::optional<std::set<std::pair<uint32_t, std::string_view>>> drivers_;
  std::optional<std::optional<std::string_view>> chosen_;
};

}  // namespace

void rule_backing_services_hardcoded_endpoint(NativeContext& context) {
  EndpointScan(context).run();
}

}  // namespace tfcheck
