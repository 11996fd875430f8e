// What the keys of one file say of a connection beside its address: by which driver it is made, and whether it is the
// one that the file chooses of several.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "facts/fact.h"
#include "model/project_view.h"
#include "model/service_address.h"

namespace tfcheck {

// The words by which they are told, looked up once.
struct ConnectionWords {
  ConnectionWords(const ProjectView& view, const ServiceAddresses& of_services);

  const ServiceAddresses& services;
  const WordSet& drivers;                           // keys that name one
  const WordSet& databases;                         // keys that only a database's connection has
  const WordSet& local_stores;                      // values of theirs that mean a store in the process or beside it
  const WordSet &users, &passwords, &declarations;  // keys of a login, and of what describes an option
};

class ConnectionKeys {
 public:
  // Of the facts of one file; both outlive this.
  ConnectionKeys(std::span<const Fact> facts, const ConnectionWords& words) : facts_(facts), words_(&words) {}

  // A host among keys that say which database it is of: `adapter: mysql2`, `"dialect": "postgres"`, `database: "shop"`.
  bool beside_driver(const Fact& fact);
  // `LOCATION` of a cache in the process's memory is a name.
  bool in_local_store(const Fact& fact);
  // One of several connections, and `default` names another: `connections.beanstalkd.host` where default is "sync".
  bool other_connection(const Fact& fact);
  // A value beside a user name and a password that are both left empty: somebody else fills all of them in.
  bool is_to_be_filled_in(Span value);
  // The value of `default` beside what describes an option: `type`, `help`, `env`; that of `value` beside its `help`.
  bool is_declared_default(Span value);
  // One of three or more addresses of as many domains under one key of the items of a list, or of five and more that
  // are all of a map: somebody chooses one.
  bool is_on_a_menu(Span value);

 private:
  using Parents = std::set<std::pair<uint32_t, std::string_view>>;  // by document
  void read_drivers();
  void read_descriptions();
  std::optional<std::string_view> chosen() const;

  std::span<const Fact> facts_;
  const ConnectionWords* words_;
  // Once asked for.
  std::optional<Parents> services_, stores_;
  std::optional<std::set<Span>> unfilled_, defaults_, menus_;  // values
  std::optional<std::optional<std::string_view>> chosen_;
};

}  // namespace tfcheck
