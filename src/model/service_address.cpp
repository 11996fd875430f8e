#include "model/service_address.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr size_t longest_literal = 600;

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
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

}  // namespace

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

std::string_view host_of(std::string_view authority) {
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return authority.substr(0, authority.find_first_of(":,;)"));
}

bool is_local_url(std::string_view text) {
  size_t colon = text.find("://");
  return colon != std::string_view::npos && text.starts_with("http") && is_local(host_of(text.substr(colon + 3))) &&
         !port_of(text.substr(colon + 3)).empty();
}

std::string_view authority_of(std::string_view url) {
  size_t begin = url.find("://");
  return url.substr(0, url.find('/', begin == std::string_view::npos ? 0 : begin + 3));
}

bool is_name_of(const std::vector<std::string>& name, std::string_view text) {
  if (text.find_first_of(".:/@") != std::string_view::npos) return false;
  std::vector<std::string> words = words_of(text);
  if (words.size() > name.size()) {
    // DB_URL = "shop_db_url": what it is looked up by.
    bool key = text.find('_') != std::string_view::npos && text.find('-') == std::string_view::npos;
    return key && name.size() > 1 && std::equal(name.rbegin(), name.rend(), words.rbegin());
  }
  return words.size() > 1 && std::equal(words.rbegin(), words.rend(), name.rbegin());
}

std::string_view shown_host(std::string_view text) {
  if (size_t colon = text.find("://"); colon != std::string_view::npos) return host_of(text.substr(colon + 3));
  return text;
}

std::string_view without_protocol(std::string_view host) {
  for (std::string_view protocol : {"tcp:", "np:", "lpc:", "admin:"}) {
    if (host.starts_with(protocol) && !host.substr(protocol.size()).starts_with("//"))
      return host.substr(protocol.size());
  }
  return host;
}

std::string with_defaults(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t open = text.find("${");
    size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    std::string_view part = text.substr(open + 2, close - open - 2);
    size_t colon = part.find(':');
    std::string_view fallback = colon == std::string_view::npos ? std::string_view{} : part.substr(colon + 1);
    if (fallback.starts_with('-') || fallback.starts_with('=')) fallback.remove_prefix(1);  // the shell's operators
    bool plain = colon != std::string_view::npos && std::all_of(fallback.begin(), fallback.end(), is_host_char);
    out.append(text.substr(0, open)).append(plain ? fallback : "$");
    text.remove_prefix(close + 1);
  }
  return out.append(text);
}

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

ServiceAddresses::ServiceAddresses(const ProjectView& view)
    : ends_(view.set("endpoint-word")),
      no_words_(view.set("no-endpoint-word")),
      schemes_(view.set("service-scheme")),
      services_(view.set("service-word")),
      managed_(view.set("managed-host")),
      vendors_(view.set("vendor-host-label")),
      placeholder_(view.set("placeholder-host")),
      no_host_(view.set("no-host")),
      internal_(view.set("internal-host")),
      internal_endings_(view.set("internal-ending")),
      endings_(view.set("domain-ending")),
      no_countries_(view.set("no-country")),
      ports_(view.set("product.port")),
      drivers_(view.set("product.dsn")),
      embedded_(view.set("embedded-jdbc")),
      ado_keys_(view.set("ado-key")),
      ado_host_keys_(view.set("ado-host-key")),
      files_(view.set("database-file")) {
  const WordSet& clients = view.set("discovery-client");
  view.for_each(FactKind::Dependency,
                [&](FactRef, const Fact& fact) { discovery_ = discovery_ || clients.contains(fact.name); });
}

std::optional<Spot> ServiceAddresses::literal(std::string_view text) const {
  text = trim(text);
  if (text.ends_with("/test") || text.ends_with("/tests") || text.ends_with("_test")) return {};
  if (text.size() < 6 || text.size() > longest_literal || text.front() == '#' ||
      text.find("your-") != std::string_view::npos || text.find("/my-") != std::string_view::npos ||
      text.find('\n') != std::string_view::npos)
    return {};
  if (text.starts_with("jdbc:") || text.starts_with("r2dbc:")) return jdbc(text);
  size_t colon = text.find("://");
  if (colon < 24 && text.substr(0, colon).find_first_of(" =;") == std::string_view::npos)
    return url(text.substr(0, colon), text.substr(colon + 3));
  if (std::optional<Spot> place = dsn(text)) return place;
  if (std::string_view host = host_of(text);
      host.find('.') != std::string_view::npos && managed_.contains(host) && good_host(host))
    return Spot{std::string(host)};
  return {};
}

std::optional<Spot> ServiceAddresses::url(std::string_view scheme, std::string_view rest) const {
  if (rest.substr(0, rest.find('?')).find_first_of(" \t<>|") != std::string_view::npos) return {};
  std::string_view host = host_of(rest);
  if (!good_host(host)) return {};
  std::string shown = std::string(scheme) + "://" + std::string(host);
  if (schemes_.contains(before_first(scheme, '+')) || schemes_.contains(scheme)) return Spot{shown};
  if (scheme == "tcp" || scheme == "failover:(tcp")
    return ports_.contains(port_of(rest)) ? std::optional<Spot>(Spot{shown}) : std::nullopt;
  bool internal = internal_endings_.contains(after_last(host, '.'));
  if (scheme == "ftp" || scheme == "ftps" || scheme == "sftp")
    return internal || host.find('.') == std::string_view::npos ? std::optional<Spot>(Spot{shown}) : std::nullopt;
  if (scheme != "http" && scheme != "https") return {};
  if (managed_.contains(host) && !vendors_.contains(before_first(host, '.'))) return Spot{shown};
  if (host.starts_with("sqs.") && host.ends_with(".amazonaws.com") && rest.find('/') + 1 < rest.size())
    return Spot{shown};
  return sibling(host, rest) ? std::optional<Spot>(Spot{shown, true}) : std::nullopt;
}

// A name that only an internal network resolves.
bool ServiceAddresses::sibling(std::string_view host, std::string_view rest) const {
  if (host.find(".svc.cluster.local") != std::string_view::npos || host.ends_with(".svc")) return true;
  if (host.find('.') != std::string_view::npos && internal_endings_.contains(after_last(host, '.')))
    return !port_of(rest).empty();
  if (host.find('.') != std::string_view::npos || is_local(host)) return false;
  bool letters = std::any_of(host.begin(), host.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters || lower(host) != host) return false;
  // Without a port it may be a name that a registry resolves.
  return !port_of(rest).empty() ||
         (!discovery_ && (host.ends_with("-service") || host.ends_with("-svc") || host.ends_with("-api")));
}

bool ServiceAddresses::good_host(std::string_view host) const {
  return host.size() > 1 && std::all_of(host.begin(), host.end(), is_host_char) &&
         host.find_first_not_of("._-0") != std::string_view::npos && host.front() != '.' &&
         host.find_first_of("-_.", host.size() - 1) == std::string_view::npos && !placeholder_.contains(host);
}

std::optional<Spot> ServiceAddresses::jdbc(std::string_view text) const {
  if (embedded_.contains(text)) return {};
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
std::optional<Spot> ServiceAddresses::dsn(std::string_view text) const {
  if (size_t at = text.find("@tcp("); at != std::string_view::npos) {
    std::string_view host = host_of(text.substr(at + 5));
    return good_host(host) ? std::optional<Spot>(Spot{"mysql at " + std::string(host)}) : std::nullopt;
  }
  if (text.find('=') == std::string_view::npos) return {};
  if (std::string_view driver = before_first(text, ':'); drivers_.contains(driver) && driver.size() < text.size()) {
    std::string_view rest = text.substr(driver.size() + 1);
    std::string_view host = field(rest, "host", ';');
    if (host.empty()) host = field(rest, "server", ';');
    return named(driver, host);
  }
  bool semicolons = text.find(';') != std::string_view::npos;
  if (!semicolons) {
    bool database =
        !field(text, "dbname", ' ').empty() || !field(text, "user", ' ').empty() || !field(text, "port", ' ').empty();
    return database ? named("postgres", field(text, "host", ' ')) : std::nullopt;
  }
  return ado(text);
}

std::optional<Spot> ServiceAddresses::ado(std::string_view text) const {
  auto given = [&](std::string_view key) { return !field(text, key, ';').empty(); };
  if (std::none_of(ado_keys_.patterns().begin(), ado_keys_.patterns().end(), given)) return {};
  for (const std::string& key : ado_host_keys_.patterns()) {
    std::string_view host = field(text, key, ';');
    if (host.empty()) continue;
    if (icontains(host, "localdb")) return Spot{"(localdb)"};
    if (host.find('/') != std::string_view::npos && host.find("://") == std::string_view::npos) return {};
    for (std::string_view scheme : {"tcp:", "https://", "sb://", "np:", "lpc:"}) {
      if (host.starts_with(scheme)) host.remove_prefix(scheme.size());
    }
    std::string_view bare = host_of(host);
    if (bare == "." || lower(bare) == "(local)") return Spot{"(local)"};
    if (files_.contains(bare)) return {};
    return named("", bare);
  }
  return {};
}

std::optional<Spot> ServiceAddresses::named(std::string_view kind, std::string_view host) const {
  host = host_of(host);
  if (!good_host(host)) return {};
  return Spot{kind.empty() ? std::string(host) : std::string(kind) + " at " + std::string(host)};
}

bool ServiceAddresses::ends_like_domain(std::string_view host) const {
  std::string_view last = after_last(host, '.');
  bool country = last.size() == 2 && last.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
                 !no_countries_.contains(last);
  return country || endings_.contains(last);
}

bool ServiceAddresses::names_service(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return services_.contains(word); });
}

bool ServiceAddresses::ends_with_place(const std::vector<std::string>& words) const {
  if (words.empty()) return false;
  std::string last = words.back();
  if (is_digits(last) && words.size() > 1) last = words[words.size() - 2];  // an element of a list
  return ends_.contains(last) || (words.size() > 1 && ends_.contains(words[words.size() - 2] + last));
}

bool ServiceAddresses::of_development(const std::vector<std::string>& words) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return no_words_.contains(word); });
}

bool ServiceAddresses::names_endpoint(std::string_view name) const {
  std::vector<std::string> words = words_of(name);
  return ends_with_place(words) && names_service(words) && !of_development(words);
}

bool ServiceAddresses::keyed_host(std::string_view text) const {
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
  return ends_like_domain(host) && (!web || !port.empty() || internal_.contains(host));
}

}  // namespace tfcheck
