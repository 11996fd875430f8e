// `service` of kind "peer": machines that code or its configuration finds by an address, or by a name that only an
// internal network knows, without a word of what they are.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "model/address_use.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/scope.h"
#include "model/service_address.h"

namespace tfcheck {

namespace {

constexpr size_t shortest_address = 7;  // "1.2.3.4"
constexpr size_t longest_address = 300;
constexpr int deepest = 3;  // values in values

struct Octets {
  uint32_t a = 0, b = 0, c = 0, d = 0;
};

// "10.0.0.5"; nothing for a version, an OID, or an octet over 255.
std::optional<Octets> read_octets(std::string_view text) {
  Octets octets;
  uint32_t* parts[] = {&octets.a, &octets.b, &octets.c, &octets.d};
  for (size_t i = 0; i < 4; ++i) {
    std::string_view part = text.substr(0, text.find('.'));
    bool last = i == 3;
    if (part.empty() || part.size() > 3 || !is_digits(part) || (part.size() > 1 && part[0] == '0')) return {};
    std::from_chars(part.data(), part.data() + part.size(), *parts[i]);
    if (*parts[i] > 255 || (last ? part.size() != text.size() : part.size() == text.size())) return {};
    if (!last) text.remove_prefix(part.size() + 1);
  }
  return octets;
}

// A machine somewhere else: neither this one nor all of them, no group, no mask, no range that documents use, and not
// the place where clouds tell a machine what it is.
bool is_machine(const Octets& o) {
  bool here = o.a == 0 || o.a == 127 || (o.a == 169 && o.b == 254);
  bool group = o.a >= 224;
  bool whole = o.d == 0 || o.d == 255;
  bool documents = (o.a == 192 && o.b == 0 && o.c == 2) || (o.a == 198 && o.b == 51 && o.c == 100) ||
                   (o.a == 203 && o.b == 0 && o.c == 113) || (o.a == 1 && o.b == 2 && o.c == 3);
  return !here && !group && !whole && !documents;
}

// A cheap look, before a name is cut into words: an address, a URL, or what may hold some.
bool may_hold(const Value& value) {
  if (value.is(ValueKind::List) || value.is(ValueKind::Map)) return value.item_count > 0;
  if (!value.is(ValueKind::String) && !value.is(ValueKind::Template)) return false;
  std::string_view text = value.text;
  return text.size() >= shortest_address && text.size() <= longest_address &&
         ((text[0] >= '1' && text[0] <= '9') || text.find("://") != std::string_view::npos);
}

class PeerRows {
 public:
  PeerRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        addresses_(view),
        use_(view),
        schemes_(view.set("peer-scheme")),
        endings_(view.set("internal-ending")),
        own_words_(view.set("own-address-word")),
        known_(view.set("public-resolver")),
        calls_(view.set("peer-call")),
        settings_servers_(view.set("settings-server-setting")) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) {
      const ProjectFile& owner = project_.files[file];
      const Component* component = project_.component_of(file);
      bool app = component && component->kind != ComponentKind::Infrastructure;
      bool looks = owner.facts && app && !(owner.scope & (scope::Outside | scope::Ci | scope::Development)) &&
                   !owner.tells(tells::Address) && !owner.tells(tells::Deploy);
      if (!looks) continue;
      std::span<const Fact> facts = view_.facts(owner);
      data_ = owner.adapter && owner.adapter->kind != AdapterKind::Code;
      if (data_ && use_.is_plain_data(file)) continue;
      for (uint32_t i = 0; i < facts.size(); ++i) look_at({file, i}, facts[i]);
    }
  }

 private:
  void look_at(FactRef ref, const Fact& fact) {
    if (fact.context.flags & (context::Development | context::DevGuard)) return;
    if (fact.kind == FactKind::Call) {
      bool connects = calls_.contains(fact.name);
      for (const Arg& arg : fact.args()) value(ref, arg.value, connects, 0);
    } else if (fact.kind == FactKind::Assign || fact.kind == FactKind::Entry) {
      if (!may_hold(fact.value)) return;
      if (data_ && settings_servers_.contains(fact.name)) return settings_server(ref, fact.value);
      std::vector<std::string> words = words_of(fact.name);
      bool own =
          std::any_of(words.begin(), words.end(), [&](const std::string& word) { return own_words_.contains(word); });
      if (!own && !addresses_.of_development(words)) value(ref, fact.value, addresses_.ends_with_place(words), 0);
    }
  }

  void value(FactRef ref, const Value& value, bool place, int depth) {
    if (value.is(ValueKind::String) || value.is(ValueKind::Template)) return text(ref, value, place);
    if (depth == deepest || !(value.is(ValueKind::List) || value.is(ValueKind::Map))) return;
    for (const Arg& item : value.items()) this->value(ref, item.value, place, depth + 1);
  }

  // A URL says by itself that it is a peer; a bare address only where one is asked for.
  void text(FactRef ref, const Value& value, bool place) {
    std::string_view text = value.text, shown = text;
    if (!may_hold(value) || text.find_first_of(" \n") != std::string_view::npos) return;
    size_t colon = text.find("://");
    std::string_view host = host_of(text);
    if (colon != std::string_view::npos) {
      // What data says below any key may be a record of something.
      if (!schemes_.contains(text.substr(0, colon)) || (data_ && !place)) return;
      host = host_of(text.substr(colon + 3));
      shown = authority_of(text);
    } else if (!place || value.is(ValueKind::Template) || text.find_first_of("/,") != std::string_view::npos) {
      return;
    }
    if (!is_peer(host, colon != std::string_view::npos)) return;
    if (use_.is_made_up(ref.file)) return;
    bool fallback = use_.is_named_default(project_.fact(ref));
    if (size_t at = shown.rfind('@'); at != std::string_view::npos) shown.remove_prefix(at + 1);
    DerivedRow(FactKind::Service, ref, shown)
        .at(value.span)
        .column("kind", "peer")
        .column("located", fallback ? "default" : "literal")
        .add_to(facts_, project_);
  }

  // "http://settings:8888", "optional:configserver:http://settings:8888"
  void settings_server(FactRef ref, const Value& value) {
    std::string_view text = value.text;
    size_t scheme = text.find("http://");
    if (scheme == std::string_view::npos) scheme = text.find("https://");
    if (!value.is(ValueKind::String) || scheme == std::string_view::npos) return;
    text = text.substr(scheme);
    if (is_local_url(text) || use_.is_made_up(ref.file)) return;
    std::string_view shown = authority_of(text);
    if (size_t at = shown.rfind('@'); at != std::string_view::npos) shown.remove_prefix(at + 1);
    DerivedRow(FactKind::Service, ref, shown)
        .at(value.span)
        .column("kind", "peer")
        .column("located", "literal")
        .add_to(facts_, project_);
  }

  bool is_peer(std::string_view host, bool url) const {
    if (std::optional<Octets> octets = read_octets(host)) return is_machine(*octets) && !known_.contains(host);
    // "mcp.internal" stands in for any host where only a URL's form is wanted.
    size_t dot = std::count(host.begin(), host.end(), '.') > 1 ? host.rfind('.') : std::string_view::npos;
    if (host.ends_with(".cluster.local")) return false;  // a service of the cluster, by its name
    return url && dot != std::string_view::npos && dot > 0 && endings_.contains(host.substr(dot + 1)) &&
           addresses_.good_host(host);
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ServiceAddresses addresses_;
  AddressUse use_;
  const WordSet &schemes_, &endings_, &own_words_, &known_, &calls_, &settings_servers_;
  bool data_ = false;  // the file that is looked at is no code
};

}  // namespace

void derive_peers(const WholeProject& view, ModelFacts& facts) {
  PeerRows(view, facts).run();
}

}  // namespace tfcheck
