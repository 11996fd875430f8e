#include "base/text.h"
#include "languages/rust/nodes.h"
#include "languages/shell/shell.h"

namespace tfcheck {

namespace {

constexpr auto& fields = rust_fields;

// Names that hand on what they are given: `Some("x")`, `String::from("x")`.
constexpr Words wrappers = {"Some",
                            "Ok",
                            "String.from",
                            "Box.new",
                            "Arc.new",
                            "Rc.new",
                            "PathBuf.from",
                            "Path.new",
                            "Cow.from",
                            "Url.parse",
                            "OsString.from",
                            "Cow.Borrowed",
                            "Secret.new",
                            "SecretString.from",
                            "SecretString.new",
                            "Uri.from_static",
                            "SocketAddr.from",
                            "IpAddr.V4",
                            "IpAddr.V6",
                            "IpAddr.from"};
constexpr Words maps = {"HashMap.from", "BTreeMap.from", "IndexMap.from"};
std::string_view last_two(std::string_view name) {
  size_t dot = name.rfind('.');
  size_t before = dot == std::string_view::npos || dot == 0 ? dot : name.rfind('.', dot - 1);
  return before == std::string_view::npos ? name : name.substr(before + 1);
}

// `Command::new("convert").arg("in.png").spawn()`: the words of the whole chain. They are literals or they are not
// known.
void run_command(CodeWalker& walker, Node node) {
  std::vector<std::vector<Arg>> words;
  for (Node link = node; walker.role(link) == Role::Call && words.size() < 40;) {
    std::vector<Arg>& given = words.emplace_back();
    for (Node part : walker.parts(walker.field(link, fields["arguments"]))) {
      while (walker.role(part) == Role::Through) part = walker.part_a(part) ? walker.part_a(part) : part.named_child(0);
      bool list = walker.role(part) == Role::List;
      for (Node word : list ? walker.parts(part) : std::vector<Node>{part})
        given.push_back({{},
                         walker.role(word) == Role::String
                             ? walker.eval_string(word)
                             : walker.facts().value(ValueKind::Unknown, {}, word.span())});
    }
    link = walker.field(walker.field(link, fields["function"]), fields["value"]);
  }
  std::vector<Arg> all;
  for (size_t i = words.size(); i-- > 0;) all.insert(all.end(), words[i].begin(), words[i].end());
  Context where = walker.context();
  if (!all.empty() && all[0].value.is(ValueKind::String))
    add_exec(walker.facts(), all, node.span(), where.scope, node.span().begin, where.flags);
}

// The text of a host: `[0, 0, 0, 0]`, "0.0.0.0", `Ipv4Addr::UNSPECIFIED`; "" for another value.
std::string host_of(const Value& value) {
  std::string host;
  if (value.is(ValueKind::Name) && value.text.ends_with("Addr.UNSPECIFIED")) return "0.0.0.0";
  if (value.is(ValueKind::Name) && value.text.ends_with("Addr.LOCALHOST")) return "127.0.0.1";
  if (value.is(ValueKind::String) && value.text.find_first_not_of("0123456789.:[]") == std::string_view::npos)
    return std::string(value.text);
  if (!value.is(ValueKind::List) || value.item_count != 4) return {};
  for (const Arg& item : value.items()) {
    if (!item.value.is(ValueKind::Number)) return {};
    host += (host.empty() ? "" : ".") + std::string(item.value.text);
  }
  return host;
}

// A host and a port as the address that they are, `([0, 0, 0, 0], 3000)`; Absent for others.
Value address(CodeWalker& walker, std::span<const Arg> parts, Span span) {
  if (parts.size() != 2 || !parts[1].value.is(ValueKind::Number)) return {};
  std::string host = host_of(parts[0].value);
  return host.empty() ? Value{} : walker.facts().string(host + ":" + std::string(parts[1].value.text), span);
}

}  // namespace

Value rust_tuple(CodeWalker& walker, Node node) {
  std::vector<Arg> parts = walker.eval_arguments(node);
  if (Value known = address(walker, parts, node.span())) return known;
  return walker.facts().with_items(ValueKind::List, {}, parts, node.span());
}

Value rust_call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  std::string_view made = last_two(name), method = last_word(name);
  bool known = args.size() == 1 && !args[0].value.is(ValueKind::Unknown) && !args[0].value.is(ValueKind::Name);
  if (known && wrappers.contains(made)) return args[0].value;
  if (maps.contains(made) && args.size() == 1) {
    std::vector<Arg> entries;
    for (const Arg& pair : args[0].value.items()) {
      std::span<const Arg> parts = pair.value.items();
      if (parts.size() == 2) entries.push_back({parts[0].value.text, parts[1].value});
    }
    return walker.facts().with_items(ValueKind::Map, {}, entries, node.span());
  }
  // `Ipv4Addr::LOCALHOST.into()`, `IpAddr::V4(Ipv4Addr::LOCALHOST)`.
  bool converted = args.empty() && method == "into" && name.size() > 5;
  if (converted || (args.size() == 1 && wrappers.contains(made))) {
    Value inner =
        converted ? walker.facts().value(ValueKind::Name, name.substr(0, name.size() - 5), node.span()) : args[0].value;
    if (inner.is(ValueKind::Name) && !host_of(inner).empty()) return inner;
  }
  if (made == "SocketAddr.new" || made == "SocketAddrV4.new") return address(walker, args, node.span());
  if (made == "Ipv4Addr.new") {
    std::string host = host_of(walker.facts().with_items(ValueKind::List, {}, args, node.span()));
    if (!host.empty()) return walker.facts().string(host, node.span());
  }
  bool runs = method == "spawn" || method == "output" || method == "status" || method == "exec";
  if (runs && name.find("process.Command.") != std::string_view::npos) run_command(walker, node);
  return {};
}

}  // namespace tfcheck
