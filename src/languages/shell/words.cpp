#include "languages/shell/words.h"

#include <utility>

#include "base/text.h"

namespace tfcheck::shell {

namespace {

constexpr int deepest_word = 60;
constexpr size_t longest_fold = 256;  // a variable worth more than this is not folded into the words that use it
constexpr size_t longest_word = 1 << 16;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_template(std::string_view text) {
  size_t at = text.find("{{");
  return at != std::string_view::npos && text.find("}}", at) != std::string_view::npos;
}

char ansi_escape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'e':
    case 'E':
      return '\x1b';
    default:
      return c;
  }
}

std::string unescape_ansi(std::string_view raw) {
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size()) {
      out += ansi_escape(raw[++i]);
    } else {
      out += raw[i];
    }
  }
  return out;
}

// Pieces between blanks that stand outside ${…}.
std::vector<std::string_view> split_template(std::string_view text) {
  std::vector<std::string_view> pieces;
  size_t begin = 0, depth = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    bool blank = i == text.size() || (depth == 0 && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n'));
    if (blank) {
      if (i > begin) pieces.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    } else if (text[i] == '{' && i > 0 && text[i - 1] == '$') {
      ++depth;
    } else if (text[i] == '}' && depth > 0) {
      --depth;
    }
  }
  return pieces;
}

}  // namespace

std::string unescape_bare(std::string_view raw) {
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out += raw[i];
    } else if (raw[++i] != '\n') {
      out += raw[i];
    }
  }
  return out;
}

std::string unescape_double(std::string_view raw) {
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    bool escape =
        raw[i] == '\\' && i + 1 < raw.size() && std::string_view("\"\\$`\n").find(raw[i + 1]) != std::string_view::npos;
    if (!escape) {
      out += raw[i];
    } else if (raw[++i] != '\n') {
      out += raw[i];
    }
  }
  return out;
}

Value WordReader::read(Node node, const Context& context) {
  context_ = context;
  Built built;
  part(node, built, 0);
  return finish(std::move(built), node);
}

std::vector<Word> WordReader::read_split(Node node, const Context& context) {
  Value value = read(node, context);
  Kind what = kind(node);
  bool bare = what == Kind::SimpleExpansion || what == Kind::Expansion;
  bool text = value.is(ValueKind::String) || value.is(ValueKind::Template);
  if (!bare || !text) return {{value, node}};
  std::vector<Word> words;
  for (std::string_view piece : split_template(value.text)) {
    ValueKind piece_kind = piece.find("${") == std::string_view::npos ? ValueKind::String : ValueKind::Template;
    words.push_back({facts_.value(piece_kind, piece, value.span), {}});
  }
  return words;
}

void WordReader::scan(Node node, const Context& context) {
  context_ = context;
  std::vector<Node> open{node};
  while (!open.empty()) {
    Node next = open.back();
    open.pop_back();
    switch (kind(next)) {
      case Kind::SimpleExpansion:
      case Kind::Expansion: {
        Built ignored;
        part(next, ignored, 0);
        break;
      }
      case Kind::CommandSubstitution:
      case Kind::ProcessSubstitution:
        substitutions_.push_back(next);
        break;
      default: {
        std::vector<Child> below = children(next);
        for (size_t i = below.size(); i-- > 0;) open.push_back(below[i].node);
      }
    }
  }
}

void WordReader::part(Node node, Built& built, int depth) {
  std::string_view raw = node.text(source_.text());
  if (depth > deepest_word) return add_value(facts_.value(ValueKind::Unknown, {}, {}), "${}", built);
  switch (kind(node)) {
    case Kind::RawString:
      return literal(raw.substr(1, raw.size() >= 2 ? raw.size() - 2 : 0), Quote::Literal, built);
    case Kind::AnsiString: {
      std::string text = raw.size() >= 3 ? unescape_ansi(raw.substr(2, raw.size() - 3)) : std::string{};
      return literal(text, Quote::Literal, built);
    }
    case Kind::String:
      return quoted(node, built, depth);
    case Kind::TranslatedString:
    case Kind::CommandName:
    case Kind::Concatenation:
      for (const Child& child : children(node)) {
        if (child.node.named()) part(child.node, built, depth + 1);
      }
      return raw.ends_with('$') ? cut_off(node, built) : void();
    case Kind::SimpleExpansion: {
      std::string_view name = written(node);
      name.remove_prefix(name.empty() ? 0 : 1);
      return add_value(variable(name, node), "${" + std::string(name) + "}", built);
    }
    case Kind::Expansion:
      return add_value(expansion(node, depth), written(node), built);
    case Kind::CommandSubstitution:
    case Kind::ProcessSubstitution:
      substitutions_.push_back(node);
      return add_value(facts_.value(ValueKind::Unknown, {}, source_.span(node.span())), "${}", built);
    case Kind::Arithmetic: {
      Context context = context_;
      for (const Child& child : children(node)) scan(child.node, context);
      return add_value(facts_.value(ValueKind::Unknown, {}, source_.span(node.span())), "${}", built);
    }
    default:
      return literal(raw, Quote::None, built);
  }
}

// The grammar hides blanks and line ends between the parts of a string, so the text between the parts is what counts.
void WordReader::quoted(Node node, Built& built, int depth) {
  Span span = node.span();
  uint32_t at = span.begin + 1;
  uint32_t end = span.end > at ? span.end - 1 : at;
  bool any = false;
  auto gap = [&](uint32_t to) {
    if (to <= at) return;
    literal(source_.text().substr(at, to - at), Quote::Double, built);
    any = true;
  };
  for (const Child& child : children(node)) {
    Kind what = kind(child.node);
    bool dynamic = what == Kind::SimpleExpansion || what == Kind::Expansion || what == Kind::CommandSubstitution ||
                   what == Kind::Arithmetic;
    if (!dynamic) continue;
    gap(child.node.span().end - static_cast<uint32_t>(written(child.node).size()));
    part(child.node, built, depth + 1);
    at = child.node.span().end;
    any = true;
  }
  gap(end);
  if (!any) literal({}, Quote::Literal, built);
}

// `$dir/$name.pid`: the grammar ends the word behind the second `$` and takes what follows for another one.
void WordReader::cut_off(Node node, Built& built) {
  constexpr std::string_view ends = " \t\r\n;&|<>()\"'`{}";
  std::string_view rest = source_.text().substr(node.span().end);
  rest = rest.substr(0, std::min(rest.find_first_of(ends), longest_word));
  read_until_ = node.span().end + static_cast<uint32_t>(rest.size());
  while (!rest.empty()) {
    size_t length = 0;
    while (length < rest.size() && is_name_char(rest[length])) ++length;
    std::string_view name = rest.substr(0, length);
    if (name.empty())
      literal("$", Quote::None, built);
    else
      add_value(variable(name, node), "${" + std::string(name) + "}", built);
    size_t next = rest.find('$', length);
    std::string_view plain = rest.substr(length, next == std::string_view::npos ? next : next - length);
    if (!plain.empty()) literal(plain, Quote::None, built);
    rest.remove_prefix(next == std::string_view::npos ? rest.size() : next + 1);
  }
}

void WordReader::literal(std::string_view raw, Quote quote, Built& built) {
  ++built.parts;
  if (quote == Quote::None ? has_template(raw) : raw.find("{{") != std::string_view::npos && has_template(raw)) {
    built.open = built.open || quote != Quote::Literal || raw.find("${{") != std::string_view::npos;
  }
  if (built.text.size() > longest_word) return;
  switch (quote) {
    case Quote::None:
      built.text += unescape_bare(raw);
      break;
    case Quote::Double:
      built.text += unescape_double(raw);
      break;
    case Quote::Literal:
      built.text += raw;
      break;
  }
  built.single = {};
}

void WordReader::add_value(const Value& value, std::string_view written, Built& built) {
  ++built.parts;
  if (value.is(ValueKind::String) || value.is(ValueKind::Template)) {
    if (value.is(ValueKind::Template)) built.open = true;
    if (built.text.size() <= longest_word) built.text += value.text;
    built.single = built.parts == 1 ? value : Value{};
    return;
  }
  built.open = true;
  built.single = built.parts == 1 ? value : Value{};
  if (built.text.size() <= longest_word) built.text += written;
}

Value WordReader::finish(Built built, Node node) {
  Span span = source_.span(node.span());
  if (built.parts == 1 && built.single) {
    built.single.span = span;
    return built.single;
  }
  return facts_.value(built.open ? ValueKind::Template : ValueKind::String, built.text, span);
}

std::string_view WordReader::written(Node node) const {
  std::string_view raw = node.text(source_.text());
  return raw.substr(std::min(raw.find_first_not_of(" \t\n"), raw.size()));
}

Span WordReader::place(Node node) const {
  uint32_t end = node.span().end;
  return source_.span({end - static_cast<uint32_t>(written(node).size()), end});
}

void WordReader::env_read(std::string_view name, const Value& fallback, Node node) {
  facts_.add(FactKind::EnvRead, name, place(node), fallback, {}, context_);
}

Value WordReader::variable(std::string_view name, Node node) {
  Span span = place(node);
  switch (variables_.read(name)) {
    case Variables::Origin::Known: {
      Value known = variables_.value(name);
      if (known.text.size() > longest_fold) return facts_.value(ValueKind::Name, name, span);
      known.span = span;
      return known;
    }
    case Variables::Origin::Local:
      return facts_.value(ValueKind::Name, name, span);
    case Variables::Origin::Environment:
      break;
  }
  env_read(name, {}, node);
  return facts_.value(ValueKind::Env, name, span);
}

Value WordReader::default_of(const std::vector<Child>& parts, size_t first, Node node, int depth) {
  Built built;
  for (size_t i = first; i < parts.size(); ++i) {
    if (parts[i].node.named()) part(parts[i].node, built, depth + 1);
  }
  return finish(std::move(built), parts.size() > first && parts[first].node.named() ? parts[first].node : node);
}

Value WordReader::expansion(Node node, int depth) {
  std::string_view raw = written(node);
  Span span = place(node);
  std::string_view body = raw.size() >= 3 ? raw.substr(2, raw.size() - 3) : std::string_view{};
  size_t length = 0;
  while (length < body.size() && is_name_char(body[length])) ++length;
  std::string_view name = body.substr(0, length), rest = body.substr(length);
  if (!name.empty() && rest.empty()) return variable(name, node);

  std::vector<Child> parts = children(node);
  size_t after = 0;  // index of the first part behind the operator
  while (after < parts.size() && parts[after].field != Field::Operator) ++after;
  after = std::min(after + 1, parts.size());
  bool fallback = rest.starts_with(":-") || rest.starts_with("-") || rest.starts_with(":=") || rest.starts_with("=");
  if (name.empty() || rest.starts_with("[") || !fallback) {
    Context context = context_;
    for (size_t i = after; i < parts.size(); ++i) scan(parts[i].node, context);
    if (name.empty() || rest.starts_with("[")) return facts_.value(ValueKind::Name, body, span);
    Value plain = variable(name, node);
    bool demanded = plain.is(ValueKind::Env) && (rest.starts_with(":?") || rest.starts_with("?"));
    bool is_last = demanded && !facts_.facts().empty() && facts_.facts().back().kind == FactKind::EnvRead;
    if (is_last && facts_.facts().back().name == name) {
      Arg required{"required", facts_.value(ValueKind::Bool, "true", span)};
      facts_.set_args(facts_.facts().back(), {&required, 1});
    }
    if (demanded) return plain;
    return facts_.value(ValueKind::Template, raw, span);
  }
  Value value = default_of(parts, after, node, depth);
  Variables::Origin origin = variables_.read(name);
  if (origin == Variables::Origin::Known) return variable(name, node);
  if (origin == Variables::Origin::Local) return facts_.value(ValueKind::Name, name, span);
  env_read(name, value, node);
  Arg item{{}, value};
  Value env = facts_.with_items(ValueKind::Env, name, {&item, 1}, span);
  if (rest.starts_with(":=") || rest.starts_with("=")) variables_.assign(name, env, 0);
  return env;
}

}  // namespace tfcheck::shell
