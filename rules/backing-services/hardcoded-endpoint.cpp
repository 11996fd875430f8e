// Finds where the app says by a literal where a backing service is: URLs and connection strings wherever they stand,
// hosts given to a service's client, and keys such as `redis.host`. Data could name the clients, but not take a
// connection string apart, and the host in it decides.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "engine/native.h"
#include "model/address_use.h"
#include "model/asked_for.h"
#include "model/client_hosts.h"
#include "model/connection_keys.h"
#include "model/overridden_defaults.h"
#include "model/replaced_files.h"
#include "model/scope.h"
#include "model/service_address.h"
#include "model/unused_settings.h"
#include "model/words.h"

namespace tfcheck {

namespace {

constexpr size_t most_related = 20;
constexpr std::string_view tables = "upstreams";  // the key that rows of one table of a proxy share
bool may_name_place(const Value& value) {
  return value.is(ValueKind::String) || value.is(ValueKind::Template) || value.item_count > 0;
}

class EndpointScan {
 public:
  explicit EndpointScan(NativeContext& context)
      : context_(context),
        addresses_(context),
        use_(context),
        asked_(context),
        unused_(context),
        overridden_(context),
        connections_(context, addresses_),
        hosts_(context, addresses_),
        http_(context.set("http-client-call")),
        no_paths_(context.set("no-endpoint-path")),
        sibling_words_(context.set("sibling-word")),
        sibling_places_(context.set("sibling-place")),
        asks_(context.set("asking-person-call")),
        proxies_(context.set("proxy-upstream-key")),
        tables_(context.set("upstream-table-key")),
        settings_servers_(context.set("settings-server-setting")),
        spawns_(context.set("child-call")),
        url_keys_(context.set("http-url-key")),
        annotations_(context.set("default-annotation")),
        stores_(context.set("storing-call")) {}

  void run() {
    std::set<uint32_t> replaced = replaced_files(context_);
    context_.for_each(FactKind::Call, [&](FactRef, const Fact& fact) { note_called(fact); });
    for (uint32_t file = 0; file < context_.project.files.size(); ++file) {
      const ProjectFile& owner = context_.project.files[file];
      if (!owner.facts || !context_.looks_at(file) || owner.tells(tells::Address) || no_paths_.contains(owner.path) ||
          replaced.contains(file) || use_.is_made_up(file))
        continue;
      file_ = file;
      shell_ = owner.format() == "shell";
      code_ = owner.adapter && owner.adapter->kind == AdapterKind::Code;
      of_file_ = {};
      plain_ = use_.is_plain_data(file);
      defaults_ = use_.is_file_of_defaults(file);
      look_at_all(context_.facts(owner));
      tell();
    }
    tell_defaults();
  }

 private:
  // An address that was found; `key` is what a second place of the same definition has in common with it.
  struct Found {
    uint32_t file;
    Span span;
    Spot place;
    std::string key;
    Confidence confidence;
    bool note;
  };

  struct OfFile {
    DisjointSpans seen;
    std::set<std::string> declared;
    std::map<std::string, Span, std::less<>>
        constants;                                   // URLs of assignments by scheme and authority: the first of each
    std::set<std::string, std::less<>> child_ports;  // that the file gives to processes of its own
    std::vector<Found> found;
    std::optional<ConnectionKeys> keys;  // once asked for
  };

  // A default is one wherever else its text is seen.
  void look_at_all(std::span<const Fact> facts) {
    for (bool reads : {true, false}) {
      for (const Fact& fact : facts) {
        if ((fact.kind == FactKind::EnvRead) == reads) look_at(fact);
      }
    }
  }

  // `requests.post(settings.SEARCH_SERVER + "/search")`
  void note_called(const Fact& fact) {
    if (fact.args().empty() || !http_.contains(fact.name)) return;
    const Value& url = fact.args()[0].value;
    std::string_view name = url.is(ValueKind::Name) ? url.text : std::string_view{};
    if (url.is(ValueKind::Template) && url.text.starts_with("${")) name = before_first(url.text.substr(2), '}');
    if (name.find('.') != std::string_view::npos) called_settings_.insert(after_last(name, '.'));
  }

  void look_at(const Fact& fact) {
    if (fact.context.flags & (context::Development | context::DevGuard)) return;
    fact_ = &fact;
    if (fact.kind == FactKind::EnvRead) {
      walk(fact.value, true);
      if (const Value& value = fact.value;
          value.is(ValueKind::String) && addresses_.names_endpoint(fact.name) && addresses_.keyed_host(value.text))
        report(value.span, {std::string(value.text)}, true);
    } else if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) {
      declared(fact);
    } else if (fact.kind == FactKind::Call) {
      call(fact);
    }
  }

  void declared(const Fact& fact) {
    if (!may_name_place(fact.value) || proxies_.contains(fact.name)) return;
    // Where the settings come from is a peer: hardcoded-address tells it, where it is another machine.
    if (settings_servers_.contains(fact.name) && !(fact.value.is(ValueKind::String) && is_local_url(fact.value.text)))
      return;
    std::vector<std::string> words = words_of(fact.name);
    // A script's own variables end up anywhere; one named like a service's address is meant for the app.
    if (addresses_.of_development(words) || (shell_ && !addresses_.names_endpoint(fact.name)) ||
        (fact.value.is(ValueKind::String) && is_name_of(words, fact.value.text)))
      return;
    if (unused_.holds(file_, fact) || keys_of_file().other_connection(fact) || keys_of_file().in_local_store(fact))
      return;
    may_be_default_ = code_;
    declaration_ = fact.kind == FactKind::Assign;
    if (declaration_) note_constant(fact.value);
    keyed(fact);
    data_ = !code_ && !addresses_.ends_with_place(words);
    walk(fact.value, false);
    declaration_ = data_ = may_be_default_ = false;
  }

  void note_constant(const Value& value) {
    if (value.is(ValueKind::String) && is_local_url(value.text))
      of_file_.constants.try_emplace(std::string(authority_of(value.text)), value.span);
  }

  // --- findings: one of a definition, one of all defaults of a component ---

  void report(Span span, const Spot& place, bool fallback, Confidence confidence = Confidence::High,
              std::string key = {}) {
    if (span == Span{} || !of_file_.seen.add(span) || keys_of_file().is_on_a_menu(span)) return;
    if (declaration_) of_file_.declared.insert(place.shown);
    bool is_default = fallback || is_default_ || defaults_ || keys_of_file().is_declared_default(span) ||
                      overridden_.contains(file_, span) || (may_be_default_ && use_.is_named_default(*fact_));
    AddressWeight weight = is_default ? AddressUse::of_default(place) : use_.of_literal(file_, *fact_, place);
    if (weight == AddressWeight::Nothing) return;
    if (place.sibling) confidence = Confidence::Medium;
    bool unfilled = is_on_this_machine(place) &&
                    (keys_of_file().is_to_be_filled_in(span) || use_.is_about_mail(fact_->name, place));
    auto index = static_cast<uint32_t>(fact_ - context_.project.files[file_].facts->facts().data());
    bool chosen = unfilled || weight == AddressWeight::Note || asked_.holds({file_, index});
    Found found{file_, span, place, std::move(key), confidence, chosen};
    if (tables_.contains(fact_->name)) found.key = std::string(tables);
    if (found.key.empty() && place.shown.find("://") != std::string::npos) found.key = place.shown;
    if (is_default) {
      uint32_t component = context_.project.files[file_].component;
      defaults_found_[component].push_back(std::move(found));
      return;
    }
    of_file_.found.push_back(std::move(found));
  }

  std::string sentence_of(const Spot& place, bool fallback) const {
    std::string what = place.sibling ? "nother service is " : " backing service is ";
    std::string literal = " the literal '" + context_.display(place.shown) + "'.";
    return fallback ? "By default a" + what + "looked for at" + literal : "A" + what + "located by" + literal;
  }

  void tell() {
    std::map<std::string, std::vector<const Found*>> same;
    for (const Found& found : of_file_.found) {
      if (!found.key.empty()) same[found.key].push_back(&found);
    }
    for (const Found& found : of_file_.found) {
      const std::vector<const Found*>* all = found.key.empty() ? nullptr : &same[found.key];
      if (all && all->front() != &found) continue;
      Finding* finding = context_.report(found.file, found.span, sentence_of(found.place, false));
      if (!finding) continue;
      finding->confidence = found.confidence;
      if (found.note) finding->severity = Severity::Note;
      for (size_t i = 1; all && i < all->size() && i <= most_related; ++i)
        finding->related.push_back(
            {found.file, (*all)[i]->span, found.key == tables ? "another one of the table" : "used here, too"});
    }
  }

  void tell_defaults() {
    for (const auto& [component, all] : defaults_found_) {
      size_t first = 0;
      Finding* finding = nullptr;
      for (; first < all.size() && !finding; ++first)
        finding = context_.report(all[first].file, all[first].span, sentence_of(all[first].place, true));
      if (!finding) continue;
      finding->severity = Severity::Note;
      finding->confidence = all[first - 1].confidence;
      if (first < all.size())
        finding->message = "By default backing services are looked for at literals: '" +
                           context_.display(all[first - 1].place.shown) + "' and " +
                           std::to_string(all.size() - first) + " more.";
      for (size_t i = first; i < all.size() && i < first + most_related; ++i)
        finding->related.push_back({all[i].file, all[i].span, "another default"});
    }
  }

  // --- literals, wherever they stand ---

  void walk(const Value& value, bool fallback) {
    if (value.is(ValueKind::String) || value.is(ValueKind::Template)) {
      std::optional<Spot> place =
          addresses_.literal(value.is(ValueKind::Template) ? without_parts(value.text) : std::string(value.text));
      // A constant of this file is reported where it is declared, not where it is a part.
      bool part = place && value.is(ValueKind::Template) && !declaration_ && of_file_.declared.contains(place->shown);
      if (!place && !code_ && value.is(ValueKind::Template))
        place = addresses_.literal(with_defaults(value.text)), fallback = true;
      if (place && !part && !(place->sibling && (data_ || plain_))) report(value.span, *place, fallback);
    } else if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) {
      for (const Arg& item : value.items()) walk(item.value, true);
    } else if (value.is(ValueKind::List) || value.is(ValueKind::Map)) {
      for (const Arg& item : value.items()) walk(item.value, fallback);
    }
  }

  // --- keys that name a service and a place ---

  ConnectionKeys& keys_of_file() {
    if (!of_file_.keys) of_file_.keys.emplace(context_.facts(context_.project.files[file_]), connections_);
    return *of_file_.keys;
  }

  void keyed(const Fact& fact) {
    const Value& value = fact.value;
    if (fact.name.find("url_options") != std::string_view::npos ||
        fact.name.find("asset_host") != std::string_view::npos)
      return;
    if (!code_ && value.is(ValueKind::Env) && value.item_count && value.items()[0].value.is(ValueKind::String)) {
      std::string_view fallback = value.items()[0].value.text;
      if (addresses_.names_endpoint(fact.name) && addresses_.keyed_host(fallback))
        report(value.span, {std::string(shown_host(fallback))}, true);
      return;
    }
    if (value.is(ValueKind::List)) {
      if (!addresses_.names_endpoint(fact.name)) return;
      for (const Arg& item : value.items()) {
        if (item.value.is(ValueKind::String) && addresses_.keyed_host(item.value.text))
          return report(item.value.span, {std::string(item.value.text)}, false);
      }
      return;
    }
    if (!value.is(ValueKind::String) || !addresses_.keyed_host(value.text)) return;
    std::vector<std::string> words = words_of(is_stored(fact) ? last_word(fact.name) : fact.name);
    if (addresses_.of_development(words) || words.empty()) return;
    bool connection = words[0] == "connection" && words.size() > 2 && words[1] == "strings" &&
                      value.text.find(':') != std::string_view::npos;
    if (connection || (addresses_.ends_with_place(words) &&
                       (addresses_.names_service(words) || keys_of_file().beside_driver(fact)))) {
      return report(value.span, {std::string(shown_host(value.text))}, false,
                    code_ ? Confidence::Medium : Confidence::High);
    }
    local_api(fact, words);
  }

  // `cache.set("shop", {url: …})`: what is kept there is not where the cache is.
  bool is_stored(const Fact& fact) const {
    size_t dot = fact.name.rfind('.');
    return code_ && fact.kind == FactKind::Entry && dot != std::string_view::npos &&
           stores_.contains(last_word(fact.name.substr(0, dot)));
  }

  // `API_URL = "http://localhost:8080"`: the sibling that the code talks to.
  void local_api(const Fact& fact, const std::vector<std::string>& words) {
    bool peer = std::ranges::any_of(words, [&](const std::string& word) { return sibling_words_.contains(word); });
    bool place = sibling_places_.contains(words.back());
    bool called = !called_settings_.empty() && called_settings_.contains(last_word(fact.name));
    if (code_ && ((peer && place) || called)) local_url(fact.value);
  }

  // --- clients ---

  void call(const Fact& fact) {
    std::string_view last = fact.name.substr(fact.name.rfind('.') + 1);
    if (spawns_.contains(last)) note_ports(fact.args(), 0);
    if (std::ranges::none_of(fact.args(), may_name_place, &Arg::value) || asks_.contains(last)) return;
    bool annotates = fact.context.has(context::Annotation) && annotations_.contains(fact.name);
    is_default_ = code_ && annotates, may_be_default_ = code_;
    for (const Arg& arg : fact.args()) {
      if (arg.name != "help" && arg.name != "description" && arg.name != "message" && arg.name != "summary")
        walk(arg.value, false);
    }
    if (http_.contains(fact.name)) http_client(fact);
    for (const ClientHost& host : hosts_.of(fact))
      report(host.span, {host.shown}, host.fallback, host.guessed ? Confidence::Medium : Confidence::High);
    is_default_ = may_be_default_ = false;
  }

  // The port that a process of its own is told is no other service's.
  void note_ports(std::span<const Arg> args, int depth) {
    for (const Arg& arg : args) {
      if (arg.value.is(ValueKind::Number) || (arg.value.is(ValueKind::String) && is_digits(arg.value.text)))
        of_file_.child_ports.emplace(arg.value.text);
      if (depth < 3) note_ports(arg.value.items(), depth + 1);
    }
  }

  void http_client(const Fact& fact) {
    for (const Arg& arg : fact.args()) {
      local_url(arg.value);
      for (const Arg& item : arg.value.is(ValueKind::Map) ? arg.value.items() : std::span<const Arg>{}) {
        if (url_keys_.contains(item.name)) local_url(item.value);
      }
    }
  }

  // A constant of the file is told where it is set.
  void local_url(const Value& value) {
    if (!value.is(ValueKind::String) || !is_local_url(value.text)) return;
    std::string_view authority = authority_of(value.text);
    if (of_file_.child_ports.contains(after_last(authority, ':'))) return;
    auto constant = of_file_.constants.find(authority);
    Span span = constant == of_file_.constants.end() ? value.span : constant->second;
    // The port is all that tells one neighbour on this machine from the next.
    std::string shown(authority.substr(authority.find("://") + 3));
    report(span, {std::move(shown), true}, false, Confidence::Medium, std::string(authority));
  }

  NativeContext& context_;
  ServiceAddresses addresses_;
  AddressUse use_;
  AskedFor asked_;
  UnusedSettings unused_;
  OverriddenDefaults overridden_;
  ConnectionWords connections_;
  ClientHosts hosts_;
  const WordSet& http_;
  const WordSet &no_paths_, &sibling_words_, &sibling_places_;
  const WordSet &asks_, &proxies_, &tables_, &settings_servers_, &spawns_, &url_keys_, &annotations_, &stores_;
  std::set<std::string_view> called_settings_;  // that are handed to clients of HTTP, by the last part of their names
  uint32_t file_ = 0;
  const Fact* fact_ = nullptr;  // that is looked at
  bool code_ = false;
  bool shell_ = false;
  bool declaration_ = false;     // the value that is walked stands in an assignment
  bool plain_ = false;           // the file is data that configures nothing
  bool defaults_ = false;        // the file is data that others override
  bool data_ = false;            // it stands in a file of data, below a key that names no place
  bool is_default_ = false;      // an annotation says that it is a default
  bool may_be_default_ = false;  // its name or function may say so
  OfFile of_file_;
  std::map<uint32_t, std::vector<Found>> defaults_found_;  // by component
};

}  // namespace

void rule_backing_services_hardcoded_endpoint(NativeContext& context) {
  EndpointScan(context).run();
}

}  // namespace tfcheck
