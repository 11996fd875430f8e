#include "model/client_hosts.h"

#include <algorithm>

#include "base/text.h"
#include "model/boot_code.h"

namespace tfcheck {

namespace {

constexpr int deepest_options = 4;

}  // namespace

ClientHosts::ClientHosts(const ProjectView& view, const ServiceAddresses& addresses)
    : addresses_(addresses),
      keys_(view.set("endpoint-key")),
      clients_(view.set("endpoint-client")),
      short_(view.set("endpoint-client-short")),
      second_(view.set("endpoint-client-second")),
      named_(view.set("endpoint-client-named")),
      properties_(view.set("endpoint-property")),
      setters_(view.set("endpoint-setter")) {}

std::vector<ClientHost> ClientHosts::of(const Fact& call) const {
  std::vector<ClientHost> found;
  std::string_view last = last_name(call.name);
  if (setters_.contains(last) &&
      addresses_.names_service(words_of(call.name.substr(0, call.name.size() - last.size()))))
    host(argument(call.args(), {}, 0), found);
  if (second_.contains(call.name)) host(argument(call.args(), {}, 1), found);
  if (clients_.contains(call.name) || short_.contains(call.name)) client(call, found);
  const Value& key = argument(call.args(), {}, 0);
  if ((key.is(ValueKind::String) || key.is(ValueKind::Name)) && properties_.contains(key.text))
    host(argument(call.args(), {}, 1), found);
  connector(call, found);
  return found;
}

void ClientHosts::client(const Fact& fact, std::vector<ClientHost>& found) const {
  int position = 0;
  for (const Arg& arg : fact.args()) {
    if (arg.value.is(ValueKind::Map))
      options(arg.value, 0, found);
    else if (!arg.name.empty() ? keys_.contains(arg.name) : position == 0 && !named_.contains(fact.name))
      host(arg.value, found);
    if (arg.name.empty()) ++position;
  }
}

void ClientHosts::options(const Value& map, int depth, std::vector<ClientHost>& found) const {
  for (const Arg& item : map.items()) {
    bool more = item.value.is(ValueKind::Map) || (item.value.is(ValueKind::List) && !keys_.contains(item.name));
    if (more && depth < deepest_options)
      options(item.value, depth + 1, found);
    else if (keys_.contains(item.name))
      host(item.value, found);
  }
}

void ClientHosts::host(const Value& value, std::vector<ClientHost>& found) const {
  if (value.is(ValueKind::List)) {
    for (const Arg& item : value.items()) {
      if (item.value.is(ValueKind::Map))
        options(item.value, deepest_options - 1, found);
      else
        host(item.value, found);
    }
    return;
  }
  bool fallback = value.is(ValueKind::Env);
  const Value& text = fallback && value.item_count ? value.items()[0].value : value;
  if (!text.is(ValueKind::String)) return;
  std::string_view spelled = without_protocol(trim(text.text));
  std::string_view rest = spelled;
  if (size_t colon = rest.find("://"); colon != std::string_view::npos) rest.remove_prefix(colon + 3);
  std::string_view host = host_of(rest);
  bool plain = rest == spelled;
  bool tail = plain && rest.find_first_of(" /=@{}") != std::string_view::npos;
  if (tail || !addresses_.good_host(host) || is_digits(host)) return;
  std::string scheme(plain ? std::string_view{} : spelled.substr(0, spelled.size() - rest.size()));
  found.push_back({text.span, scheme.append(host), fallback, false});
}

// The app's own `openRedisConnection("redis")`.
void ClientHosts::connector(const Fact& fact, std::vector<ClientHost>& found) const {
  const Value& first = argument(fact.args(), {}, 0);
  if (!first.is(ValueKind::String) || fact.arg_count > 3 || !addresses_.keyed_host(first.text)) return;
  std::vector<std::string> words = words_of(last_name(fact.name));
  static constexpr std::string_view verbs[] = {"connect", "open", "dial"};
  bool verb = std::ranges::any_of(
      words, [&](const std::string& word) { return std::ranges::find(verbs, word) != std::end(verbs); });
  if (verb && addresses_.names_service(words)) found.push_back({first.span, std::string(first.text), false, true});
}

}  // namespace tfcheck
