// Reads where a service is out of a literal: URLs, JDBC and ADO strings, DSNs, bare hosts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/project_view.h"

namespace tfcheck {

// Where a literal says that a service is.
struct Spot {
  std::string shown;     // scheme and host, never credentials
  bool sibling = false;  // another service of the same system rather than a database, cache, broker …
};

// Words of a key or identifier, in lower case: "spring.data.mongodb.host", "REDIS_HOST", "redisHostName".
std::vector<std::string> words_of(std::string_view name);
// "user:pw@host:5432/db?x" → "host"
std::string_view host_of(std::string_view authority);
// True for "http://localhost:8080/…".
bool is_local_url(std::string_view text);
// "http://localhost:8080" of a URL.
std::string_view authority_of(std::string_view url);
// `KEY_MONGO_URL=mongo-url`: the text is what a setting of that name is called, not where anything is.
bool is_name_of(const std::vector<std::string>& name, std::string_view text);
// The host of a URL; other text as it is.
std::string_view shown_host(std::string_view text);
// "tcp:sql1,1433" without the protocol that drivers take in front of a host.
std::string_view without_protocol(std::string_view host);
// Text of a configuration file with the defaults of its parts in their place: "mongodb://${db:cart}/" becomes
// "mongodb://cart/".
std::string with_defaults(std::string_view text);
// Text whose computed parts, "${…}", are one '$' each.
std::string without_parts(std::string_view text);

class ServiceAddresses {
 public:
  explicit ServiceAddresses(const ProjectView& view);

  // The service that a literal locates by itself.
  std::optional<Spot> literal(std::string_view text) const;
  // A text that, below a key such as `redis.host`, can only be where a service is: "localhost", "redis:6379",
  // "smtp.acme.com", "http://es:9200".
  bool keyed_host(std::string_view text) const;
  // A host's spelling, and no placeholder.
  bool good_host(std::string_view host) const;
  // True when one of the words names a kind of service.
  bool names_service(const std::vector<std::string>& words) const;
  // Words of a key whose last says that the value is a place.
  bool ends_with_place(const std::vector<std::string>& words) const;
  // Words of a name that does not say where a service of production is.
  bool of_development(const std::vector<std::string>& words) const;
  // A key that names a service and a place: "REDIS_HOST".
  bool names_endpoint(std::string_view name) const;

 private:
  std::optional<Spot> url(std::string_view scheme, std::string_view rest) const;
  std::optional<Spot> jdbc(std::string_view text) const;
  std::optional<Spot> dsn(std::string_view text) const;
  std::optional<Spot> ado(std::string_view text) const;
  std::optional<Spot> named(std::string_view kind, std::string_view host) const;
  bool sibling(std::string_view host, std::string_view rest) const;
  bool ends_like_domain(std::string_view host) const;

  const WordSet &ends_, &no_words_;
  const WordSet &schemes_, &services_, &managed_, &vendors_, &placeholder_, &no_host_;
  const WordSet &internal_, &internal_endings_, &endings_, &no_countries_;
  const WordSet &ports_, &drivers_;  // of products
  const WordSet &embedded_, &ado_keys_, &ado_host_keys_, &files_;
  bool discovery_ = false;  // a registry's client is among the dependencies
};

}  // namespace tfcheck
