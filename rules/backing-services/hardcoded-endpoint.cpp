// Finds where the app says by a literal where a backing service is: URLs and connection strings wherever they stand,
// hosts given to a service's client, and keys such as `redis.host`. Data could name the clients, but not take a
// connection string apart, and the host in it decides.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr size_t longest_literal = 600;

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

// Words of a key or identifier: "spring.data.mongodb.host", "REDIS_HOST", "redisHostName".
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  char before = 0;
  for (char c : name) {
    bool upper = c >= 'A' && c <= 'Z';
    bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool hump = upper && ((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9'));
    if ((!letter || hump) && !words.back().empty()) words.emplace_back();
    if (letter) words.back() += static_cast<char>(upper ? c + 32 : c);
    before = c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// "user:pw@host:5432/db?x" → "host:5432" without its port.
std::string_view host_of(std::string_view authority) {
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return authority.substr(0, authority.find_first_of(":,;)"));
}

std::string_view port_of(std::string_view authority) {
  authority = authority.substr(0, authority.find_first_of("/?#\\,"));
  size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || authority.find('@', colon) != std::string_view::npos) return {};
  std::string_view port = authority.substr(colon + 1);
  return is_digits(port) ? port : std::string_view{};
}

bool is_address(std::string_view host) {
  return std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_local(std::string_view host) {
  return iequals(host, "localhost") || host == "127.0.0.1" || host == "::1";
}

// The value of one key of "a=b;c=d" or "a=b c=d".
std::string_view field(std::string_view text, std::string_view key, char separator) {
  for (std::string_view part : split(text, separator)) {
    std::string_view name = trim(before_first(part, '='));
    if (iequals(name, key) && name.size() < part.size()) return trim(part.substr(part.find('=') + 1));
  }
  return {};
}

// Text of a configuration file with the defaults of its parts in their place: "mongodb://${db:cart}/" →
// "mongodb://cart/".
std::string with_defaults(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t open = text.find("${");
    size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    std::string_view part = text.substr(open + 2, close - open - 2);
    size_t colon = part.find(':');
    bool plain = colon != std::string_view::npos &&
                 std::all_of(part.begin() + static_cast<std::ptrdiff_t>(colon) + 1, part.end(), is_host_char);
    out.append(text.substr(0, open)).append(plain ? part.substr(colon + 1) : "$");
    text.remove_prefix(close + 1);
  }
  return out.append(text);
}

// Text whose computed parts, "${…}", are one '$' each.
std::string without_parts(std::string_view text) {
  std::string out;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("${")) {
      if (depth++ == 0) out += '$';
      ++i;
    } else if (depth > 0) {
      depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
    } else {
      out += text[i];
    }
  }
  return out;
}

struct Spot {
  std::string shown;  // scheme and host, never credentials
  bool sibling = false;
};

class EndpointScan {
 public:
  explicit EndpointScan(NativeContext& context)
      : context_(context),
        schemes_(context.set("service-scheme")),
        services_(context.set("service-word")),
        ends_(context.set("endpoint-word")),
        keys_(context.set("endpoint-key")),
        clients_(context.set("endpoint-client")),
        short_(context.set("endpoint-client-short")),
        second_(context.set("endpoint-client-second")),
        named_(context.set("endpoint-client-named")),
        properties_(context.set("endpoint-property")),
        http_(context.set("http-client-call")),
        managed_(context.set("managed-host")),
        placeholder_(context.set("placeholder-host")),
        no_host_(context.set("no-host")),
        deploy_(context.set("deploy-format")) {}

  void run() {
    context_.for_each(FactKind::Dependency, [&](FactRef, const Fact& fact) {
      for (std::string_view client : {"eureka-client", "consul-discovery", "spring-cloud-starter-loadbalancer",
                                      "nacos-discovery", "steeltoe", "Microsoft.Extensions.ServiceDiscovery"})
        discovery_ |= icontains(fact.name, client);
    });
    for (uint32_t file = 0; file < context_.project.files.size(); ++file) {
      const ProjectFile& owner = context_.project.files[file];
      if (!owner.facts || !context_.looks_at(file) || deploy_.contains(owner.format()) || is_translation(owner.path))
        continue;
      file_ = file;
      shell_ = owner.format() == "shell";
      code_ = owner.adapter && owner.adapter->kind == AdapterKind::Code;
      seen_.clear();
      declared_.clear();
      for (const Fact& fact : owner.facts->facts()) look_at(fact);
    }
  }

 private:
  // Texts for people, and templates that become configuration elsewhere.
  static bool is_translation(std::string_view path) {
    for (std::string_view end : {".template", ".example", ".sample", ".dist", ".tmpl", ".tpl", ".erb", ".j2"}) {
      if (path.ends_with(end)) return true;
    }
    for (std::string_view folder : {"locale/", "locales/", "i18n/", "lang/", "translations/", "messages_",
                                    "migrations/", "LC_MESSAGES/", "provisioning/"}) {
      if (path.find(folder) != std::string_view::npos) return true;
    }
    return false;
  }

  void look_at(const Fact& fact) {
    if (fact.context.flags & (context::Development | context::DevGuard)) return;
    if (fact.kind == FactKind::EnvRead) {
      walk(fact.value, true);
      if (const Value& value = fact.value;
          value.is(ValueKind::String) && names_endpoint(fact.name) && keyed_host(value.text))
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
    bool known = std::any_of(seen_.begin(), seen_.end(),
                             [&](Span other) { return other.begin < span.end && span.begin < other.end; });
    if (span == Span{} || known) return;
    seen_.insert(span);
    if (declaration_) declared_.insert(place.shown);
    std::string what = place.sibling ? "another service" : "a backing service";
    std::string literal = "the literal '" + display(place.shown) + "'";
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
          literal(value.is(ValueKind::Template) ? without_parts(value.text) : std::string(value.text));
      // A constant of this file is reported where it is declared, not where it is a part.
      bool part = place && value.is(ValueKind::Template) && !declaration_ && declared_.contains(place->shown);
      if (!place && !code_ && value.is(ValueKind::Template))
        place = literal(with_defaults(value.text)), fallback = true;
      if (place && !part && !(place->sibling && data_))
        report(value.span, *place, fallback || place->shown == "(localdb)");
    } else if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) {
      for (const Arg& item : value.items()) walk(item.value, true);
    } else if (value.is(ValueKind::List) || value.is(ValueKind::Map)) {
      for (const Arg& item : value.items()) walk(item.value, fallback);
    }
  }

  std::optional<Spot> literal(std::string_view text) const {
    text = trim(text);
    if (text.ends_with("/test") || text.ends_with("/tests") || text.ends_with("_test")) return {};
    if (text.size() < 6 || text.size() > longest_literal || text.front() == '#' ||
        text.find("your-") != std::string_view::npos || text.find('\n') != std::string_view::npos)
      return {};
    if (text.starts_with("jdbc:") || text.starts_with("r2dbc:")) return jdbc(text);
    size_t colon = text.find("://");
    if (colon != std::string_view::npos && colon < 24 &&
        text.substr(0, colon).find_first_of(" =;") == std::string_view::npos)
      return url(text.substr(0, colon), text.substr(colon + 3));
    if (std::optional<Spot> place = dsn(text)) return place;
    if (std::string_view host = host_of(text);
        host.find('.') != std::string_view::npos && managed_.contains(host) && good_host(host))
      return Spot{std::string(host)};
    return {};
  }

  std::optional<Spot> url(std::string_view scheme, std::string_view rest) const {
    if (rest.substr(0, rest.find_first_of("?")).find_first_of(" \t<>|") != std::string_view::npos) return {};
    std::string_view host = host_of(rest);
    if (!good_host(host)) return {};
    std::string shown = std::string(scheme) + "://" + std::string(host);
    if (schemes_.contains(before_first(scheme, '+')) || schemes_.contains(scheme)) return Spot{shown};
    if (scheme == "tcp" || scheme == "failover:(tcp")
      return is_service_port(port_of(rest)) ? std::optional<Spot>(Spot{shown}) : std::nullopt;
    if (scheme != "http" && scheme != "https") return {};
    if (managed_.contains(host)) return Spot{shown};
    if (host.starts_with("sqs.") && host.ends_with(".amazonaws.com") && rest.find('/') + 1 < rest.size())
      return Spot{shown};
    return sibling(host, rest) ? std::optional<Spot>(Spot{shown, true}) : std::nullopt;
  }

  static bool is_service_port(std::string_view port) {
    static constexpr std::string_view ports[] = {"6379",  "5432", "3306", "27017", "61616", "5672", "9092",
                                                 "11211", "1883", "4222", "9200",  "2181",  "26379"};
    return std::find(std::begin(ports), std::end(ports), port) != std::end(ports);
  }

  // A name that only an internal network resolves.
  bool sibling(std::string_view host, std::string_view rest) const {
    if (host.find(".svc.cluster.local") != std::string_view::npos || host.ends_with(".svc")) return true;
    if (host.find('.') != std::string_view::npos || is_local(host)) return false;
    bool letters = std::any_of(host.begin(), host.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!letters || lower(host) != host) return false;
    // Without a port it may be a name that a registry resolves.
    return !port_of(rest).empty() ||
           (!discovery_ && (host.ends_with("-service") || host.ends_with("-svc") || host.ends_with("-api")));
  }

  bool good_host(std::string_view host) const {
    return host.size() > 1 && std::all_of(host.begin(), host.end(), is_host_char) &&
           host.find_first_not_of("._-0") != std::string_view::npos && host.front() != '.' &&
           host.find_first_of("-_.", host.size() - 1) == std::string_view::npos && !placeholder_.contains(host);
  }

  std::optional<Spot> jdbc(std::string_view text) const {
    for (std::string_view embedded : {"jdbc:h2:mem", "jdbc:h2:file", "jdbc:h2:~", "jdbc:h2:.", "jdbc:tc:",
                                      "jdbc:sqlite", "jdbc:hsqldb:mem", "jdbc:hsqldb:file", "jdbc:derby:memory"}) {
      if (text.starts_with(embedded)) return {};
    }
    size_t begin = text.find("://");
    size_t skip = 3;
    if (begin == std::string_view::npos)
      begin = text.find(":@"),
      skip = text.substr(begin == std::string_view::npos ? 0 : begin).starts_with(":@//") ? 4 : 2;
    if (begin == std::string_view::npos) return {};
    std::string_view host = host_of(text.substr(begin + skip));
    if (!good_host(host)) return {};
    return Spot{std::string(text.substr(0, begin)) + "://" + std::string(host)};
  }

  // "Server=db;Database=x", "host=db dbname=x", "mysql:host=db;dbname=x", "u:p@tcp(db:3306)/x".
  std::optional<Spot> dsn(std::string_view text) const {
    if (size_t at = text.find("@tcp("); at != std::string_view::npos) {
      std::string_view host = host_of(text.substr(at + 5));
      return good_host(host) ? std::optional<Spot>(Spot{"mysql at " + std::string(host)}) : std::nullopt;
    }
    if (text.find('=') == std::string_view::npos) return {};
    for (std::string_view driver : {"mysql:", "pgsql:", "sqlsrv:", "dblib:", "mssql:", "cubrid:", "informix:"}) {
      if (!text.starts_with(driver)) continue;
      std::string_view rest = text.substr(driver.size());
      std::string_view host = field(rest, "host", ';');
      if (host.empty()) host = field(rest, "server", ';');
      return named(driver.substr(0, driver.size() - 1), host);
    }
    bool semicolons = text.find(';') != std::string_view::npos;
    if (!semicolons) {
      bool database =
          !field(text, "dbname", ' ').empty() || !field(text, "user", ' ').empty() || !field(text, "port", ' ').empty();
      return database ? named("postgres", field(text, "host", ' ')) : std::nullopt;
    }
    return ado(text);
  }

  std::optional<Spot> ado(std::string_view text) const {
    static constexpr std::string_view others[] = {"database",
                                                  "initial catalog",
                                                  "user id",
                                                  "uid",
                                                  "user",
                                                  "username",
                                                  "password",
                                                  "pwd",
                                                  "port",
                                                  "integrated security",
                                                  "trusted_connection",
                                                  "accountkey",
                                                  "sharedaccesskey",
                                                  "multipleactiveresultsets"};
    if (std::none_of(std::begin(others), std::end(others),
                     [&](std::string_view key) { return !field(text, key, ';').empty(); }))
      return {};
    for (std::string_view key : {"server", "data source", "datasource", "host", "addr", "address", "network address",
                                 "accountendpoint", "endpoint"}) {
      std::string_view host = field(text, key, ';');
      if (host.empty()) continue;
      if (icontains(host, "localdb")) return Spot{"(localdb)"};
      if (host.find('/') != std::string_view::npos && host.find("://") == std::string_view::npos) return {};
      for (std::string_view scheme : {"tcp:", "https://", "sb://", "np:", "lpc:"}) {
        if (host.starts_with(scheme)) host.remove_prefix(scheme.size());
      }
      std::string_view bare = host_of(host);
      if (bare == "." || lower(bare) == "(local)") return Spot{"the local SQL Server"};
      for (std::string_view file : {".db", ".sqlite", ".sqlite3", ".db3", ".sdf", ".mdf", ".mdb"}) {
        if (lower(bare).ends_with(file)) return {};
      }
      return named("", bare);
    }
    return {};
  }

  std::optional<Spot> named(std::string_view kind, std::string_view host) const {
    host = host_of(host);
    if (!good_host(host)) return {};
    return Spot{kind.empty() ? std::string(host) : std::string(kind) + " at " + std::string(host)};
  }

  // --- keys that name a service and a place ---

  bool names_endpoint(std::string_view name) const {
    std::vector<std::string> words = words_of(name);
    return ends_with_place(words) && names_service(words) && !of_development(words);
  }

  bool ends_with_place(const std::vector<std::string>& words) const {
    if (words.empty()) return false;
    std::string last = words.back();
    if (is_digits(last) && words.size() > 1) last = words[words.size() - 2];  // an element of a list
    return ends_.contains(last) || (words.size() > 1 && ends_.contains(words[words.size() - 2] + last));
  }

  bool names_service(const std::vector<std::string>& words) const {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return services_.contains(word); });
  }

  static bool of_development(const std::vector<std::string>& words) {
    static constexpr std::string_view set[] = {"test",     "testing", "tests",       "dev",         "development",
                                               "develop",  "example", "examples",    "sample",      "mock",
                                               "label",    "title",   "placeholder", "description", "message",
                                               "messages", "help",    "error",       "errors",      "hint"};
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(set), std::end(set), word) != std::end(set);
    });
  }

  void keyed(const Fact& fact) {
    const Value& value = fact.value;
    if (fact.name.find("url_options") != std::string_view::npos ||
        fact.name.find("asset_host") != std::string_view::npos)
      return;
    if (!code_ && value.is(ValueKind::Env) && value.item_count && value.items()[0].value.is(ValueKind::String)) {
      std::string_view fallback = value.items()[0].value.text;
      if (names_endpoint(fact.name) && keyed_host(fallback))
        report(value.span, {std::string(shown_host(fallback))}, true);
      return;
    }
    if (value.is(ValueKind::List)) {
      if (!names_endpoint(fact.name)) return;
      for (const Arg& item : value.items()) {
        if (item.value.is(ValueKind::String) && keyed_host(item.value.text))
          return report(item.value.span, {std::string(item.value.text)}, false);
      }
      return;
    }
    if (!value.is(ValueKind::String) || !keyed_host(value.text)) return;
    std::vector<std::string> words = words_of(fact.name);
    if (of_development(words) || words.empty()) return;
    bool connection = words[0] == "connection" && words.size() > 2 && words[1] == "strings" &&
                      value.text.find(':') != std::string_view::npos;
    if (connection || (ends_with_place(words) && (names_service(words) || beside_driver(fact)))) {
      return report(value.span, {std::string(shown_host(value.text))}, other_driver(fact),
                    code_ ? Confidence::Medium : Confidence::High);
    }
    local_api(fact, words);
  }

  // A host among keys that say which database it is of: `adapter: mysql2`, `"dialect": "postgres"`.
  bool beside_driver(const Fact& fact) const {
    std::string_view parent =
        fact.name.substr(0, fact.name.rfind('.') == std::string_view::npos ? 0 : fact.name.rfind('.') + 1);
    for (const Fact& other : context_.project.files[file_].facts->facts()) {
      if (other.kind != FactKind::Entry || other.context.index != fact.context.index ||
          !other.name.starts_with(parent) || !other.value.is(ValueKind::String))
        continue;
      std::string key = lower(other.name.substr(parent.size()));
      bool driver = key == "adapter" || key == "dialect" || key == "driver" || key == "engine" || key == "client" ||
                    key == "type";
      if (driver && names_service(words_of(other.value.text)) && !icontains(other.value.text, "sqlite")) return true;
    }
    return false;
  }

  // One of several connections, and `default` names another: `connections.beanstalkd.host` where default is "sync".
  bool other_driver(const Fact& fact) const {
    if (fact.kind != FactKind::Entry) return false;
    std::vector<std::string_view> parts = split(fact.name, '.');
    auto group = std::find_if(parts.begin(), parts.end(), [](std::string_view part) {
      return part == "connections" || part == "stores" || part == "mailers";
    });
    if (group == parts.end() || group + 1 == parts.end()) return false;
    for (const Fact& other : context_.project.files[file_].facts->facts()) {
      if (other.kind != FactKind::Entry || !other.name.ends_with("default") ||
          other.name.find("connections") != std::string_view::npos)
        continue;
      const Value& chosen =
          other.value.is(ValueKind::Env) && other.value.item_count ? other.value.items()[0].value : other.value;
      if (chosen.is(ValueKind::String)) return chosen.text != *(group + 1);
    }
    return false;
  }

  // `API_URL = "http://localhost:8080"`: the sibling that the code talks to.
  void local_api(const Fact& fact, const std::vector<std::string>& words) {
    static constexpr std::string_view peers[] = {"api", "service", "backend", "gateway", "graphql", "microservice"};
    static constexpr std::string_view places[] = {"url",     "uri",     "endpoint", "host", "api", "server",
                                                  "service", "backend", "baseurl",  "path", "base"};
    bool peer = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(peers), std::end(peers), word) != std::end(peers);
    });
    bool place = std::find(std::begin(places), std::end(places), words.back()) != std::end(places);
    if (code_ && peer && place && local_url(fact.value.text))
      report(fact.value.span, {std::string(shown_host(fact.value.text)), true}, false);
  }

  static bool local_url(std::string_view text) {
    size_t colon = text.find("://");
    return colon != std::string_view::npos && text.starts_with("http") && is_local(host_of(text.substr(colon + 3))) &&
           !port_of(text.substr(colon + 3)).empty();
  }

  static std::string_view shown_host(std::string_view text) {
    if (size_t colon = text.find("://"); colon != std::string_view::npos) return host_of(text.substr(colon + 3));
    return text;
  }

  // A text that can only be where a service is: "localhost", "redis:6379", "smtp.acme.com", "http://es:9200".
  bool keyed_host(std::string_view text) const {
    text = trim(text);
    bool web = text.starts_with("http://") || text.starts_with("https://");
    if (size_t colon = text.find("://"); colon != std::string_view::npos) {
      if (!web && !text.starts_with("tcp://")) return false;
      text.remove_prefix(colon + 3);
    }
    std::string_view host = host_of(text);
    std::string_view port = port_of(text);
    if (!good_host(host) || (no_host_.contains(host) && port.empty()) || lower(host) != host || is_digits(host))
      return false;
    if (!web && (text.find_first_of(" /@=") != std::string_view::npos ||
                 (text.size() > host.size() && text[host.size()] == ':' && port.empty())))
      return false;
    if (is_local(host) || is_address(host)) return true;
    if (host.find('.') == std::string_view::npos) return !port.empty() || web || names_service(words_of(host));
    if (web && port.empty() &&
        (host.starts_with("api.") || host.starts_with("www.") || host.ends_with(".amazonaws.com") ||
         host.ends_with(".googleapis.com")))
      return managed_.contains(host);
    return ends_like_domain(host) && (!web || !port.empty() || !is_public_web(host));
  }

  // A web address of somebody's public API rather than a service of this app.
  static bool is_public_web(std::string_view host) {
    static constexpr std::string_view internal[] = {".internal", ".local", ".localdomain",   ".lan",
                                                    ".intra",    ".corp",  ".cluster.local", ".consul"};
    return std::none_of(std::begin(internal), std::end(internal),
                        [&](std::string_view end) { return host.ends_with(end); }) &&
           !host.starts_with("es.") && !host.starts_with("elastic") && !host.starts_with("search");
  }

  static bool ends_like_domain(std::string_view host) {
    static constexpr std::string_view ends[] = {
        "com", "net", "org",    "io",  "local", "internal", "localdomain", "lan", "intra", "corp",   "cloud",
        "dev", "app", "consul", "svc", "info",  "biz",      "edu",         "gov", "email", "online", "tech"};
    std::string_view last = after_last(host, '.');
    bool country = last.size() == 2 && last.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
                   last != "js" && last != "py" && last != "rb" && last != "go" && last != "db" && last != "ts" &&
                   last != "sh";
    return country || std::find(std::begin(ends), std::end(ends), last) != std::end(ends);
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
    if (tail || !good_host(host) || is_digits(host)) return;
    report(text.span,
           {std::string(rest == spelled ? host_of(rest) : spelled.substr(0, spelled.size() - rest.size())) +
            (rest == spelled ? "" : std::string(host))},
           fallback);
  }

  void http_client(const Fact& fact) {
    for (const Arg& arg : fact.args()) {
      if (arg.value.is(ValueKind::String) && local_url(arg.value.text))
        report(arg.value.span, {std::string(shown_host(arg.value.text)), true}, false);
      for (const Arg& item : arg.value.is(ValueKind::Map) ? arg.value.items() : std::span<const Arg>{}) {
        bool place = item.name == "url" || item.name == "uri" || item.name == "baseURL" || item.name == "baseUrl" ||
                     item.name == "base_uri";
        if (place && item.value.is(ValueKind::String) && local_url(item.value.text))
          report(item.value.span, {std::string(shown_host(item.value.text)), true}, false);
      }
    }
  }

  // The app's own `openRedisConnection("redis")`.
  void connector(const Fact& fact) {
    const Value& first = argument(fact.args(), {}, 0);
    if (!first.is(ValueKind::String) || fact.arg_count > 3 || !keyed_host(first.text)) return;
    std::vector<std::string> words =
        words_of(after_last(fact.name, '.').empty() ? fact.name : after_last(fact.name, '.'));
    static constexpr std::string_view verbs[] = {"connect", "open", "dial"};
    bool verb = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return std::find(std::begin(verbs), std::end(verbs), word) != std::end(verbs);
    });
    if (verb && names_service(words)) report(first.span, {std::string(first.text)}, false, Confidence::Medium);
  }

  NativeContext& context_;
  const WordSet &schemes_, &services_, &ends_, &keys_, &clients_, &short_, &second_, &named_, &properties_, &http_,
      &managed_, &placeholder_, &no_host_, &deploy_;
  uint32_t file_ = 0;
  bool code_ = false;
  bool shell_ = false;
  bool discovery_ = false;    // a registry client is among the dependencies
  bool declaration_ = false;  // the value that is walked stands in an assignment
  bool data_ = false;         // it stands in a file of data, below a key that names no place
  std::set<Span> seen_;
  std::set<std::string> declared_;
};

}  // namespace

void rule_backing_services_hardcoded_endpoint(NativeContext& context) {
  EndpointScan(context).run();
}

}  // namespace tfcheck
