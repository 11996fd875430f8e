// The hosts that a call hands to the client of a service. They stand where a client takes one, so that any plain name
// will do.
#pragma once

#include <string>
#include <vector>

#include "model/project_view.h"
#include "model/service_address.h"

namespace tfcheck {

struct ClientHost {
  Span span;
  std::string shown;      // scheme and host, never credentials
  bool fallback = false;  // the default of a read of the environment
  bool guessed = false;   // by the name of a function of the app's own
};

class ClientHosts {
 public:
  // Both outlive this.
  ClientHosts(const ProjectView& view, const ServiceAddresses& addresses);
  std::vector<ClientHost> of(const Fact& call) const;

 private:
  void client(const Fact& fact, std::vector<ClientHost>& found) const;
  void options(const Value& map, int depth, std::vector<ClientHost>& found) const;
  void host(const Value& value, std::vector<ClientHost>& found) const;
  void connector(const Fact& fact, std::vector<ClientHost>& found) const;

  const ServiceAddresses& addresses_;
  const WordSet &keys_, &clients_, &short_, &second_, &named_, &properties_, &setters_;
};

}  // namespace tfcheck
