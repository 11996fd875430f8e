// The values of texts: literals with what they interpolate, joined texts, formats and paths.
#include "base/quoted.h"
#include "base/text.h"
#include "languages/walker_parts.h"

namespace tfcheck {

namespace {

void append_escape(std::string& out, std::string_view escape) {
  if (escape.size() != 2 || escape[0] != '\\') {
    out += escape;
    return;
  }
  switch (escape[1]) {
    case 'n':
      out += '\n';
      break;
    case 't':
      out += '\t';
      break;
    case 'r':
      out += '\r';
      break;
    case '0':
      break;
    default:
      out += escape[1];
  }
}

}  // namespace

std::string_view strip_quotes(std::string_view text) {
  size_t quote = text.find_first_of("\"'`");
  if (quote == std::string_view::npos) return text;
  char mark = text[quote];
  std::string_view body = text.substr(quote);
  size_t width = body.size() >= 6 && body[1] == mark && body[2] == mark ? 3 : 1;
  if (body.size() < 2 * width) return {};
  return body.substr(width, body.size() - 2 * width);
}

// A value as a part of a text.
std::string CodeWalker::part_of(const Value& value) const {
  if (value.text.size() > longest_folded) return "${?}";
  if (value.is_literal() || value.is(ValueKind::Template)) return std::string(value.text);
  if (value.is(ValueKind::Env) || value.is(ValueKind::Name)) return "${" + std::string(value.text) + "}";
  if (value.is(ValueKind::Call) && value.item_count == 0 && !is_operator(value.text))
    return "${" + std::string(value.text) + "}";
  return "${?}";
}

Value CodeWalker::eval_string(Node node) {
  std::string content;
  bool pieces = false, open = false;
  auto add = [&](Node expression) {
    Value value = eval(expression);
    bool fits = content.size() + value.text.size() <= longest_folded;
    std::string piece = fits && !value.is(ValueKind::Call) ? part_of(value) : "${?}";
    if (piece == "${?}") {
      std::string written =
          expression && role(expression) == Role::Name ? spelled(expression) : std::string(text(expression));
      piece = "${" + written.substr(0, 60) + "}";
    }
    pieces = true;
    open |= !fits || !value.is_literal() || value.is(ValueKind::Null);
    content += piece;
  };
  auto take = [&](Node child, auto&& self) -> void {
    const Row& row = compiled_.row(child.symbol());
    if (row.role == Role::Interpolation) {
      add(inner_of(child, row.a));
    } else if (row.role == Role::Escape) {
      pieces = true;
      append_escape(content, text(child));
    } else if (row.role == Role::StringPart) {
      pieces = true;
      size_t at = child.span().begin;  // escapes may be nested in the part
      for_each_child(child, [&](Node inner) {
        if (this->role(inner) != Role::Escape) return;
        content += source_.substr(at, inner.span().begin - at);
        self(inner, self);
        at = inner.span().end;
      });
      content += source_.substr(at, child.span().end - at);
    } else if (row.role == Role::String) {
      Value inner = eval(child);
      pieces = true;
      open |= !inner.is(ValueKind::String);
      content += inner.text;
    } else if (child.named() && row.role != Role::Skip && row.role != Role::None) {
      add(child);
    }
  };
  for_each_child(node, [&](Node child) { take(child, take); });
  if (!pieces) content = strip_quotes(text(node));
  Span span = node.span();
  span.begin += static_cast<uint32_t>(only_line(text(node)));
  return facts_.value(open ? ValueKind::Template : ValueKind::String, content, span);
}

Value CodeWalker::concat(const Value& left, const Value& right, Span span) {
  bool whole = left.is(ValueKind::String) && (right.is(ValueKind::String) || right.is(ValueKind::Number));
  bool texty = left.is(ValueKind::String) || left.is(ValueKind::Template) || right.is(ValueKind::String) ||
               right.is(ValueKind::Template);
  texty = texty && left.text.size() <= longest_folded && right.text.size() <= longest_folded;
  if (!texty) return facts_.value(ValueKind::Unknown, {}, span);
  return facts_.value(whole ? ValueKind::String : ValueKind::Template, part_of(left) + part_of(right), span);
}

// "%s:%d" and "{0}:{1}" with their arguments put in, a placeholder where one is not known.
Value CodeWalker::format(std::span<const Arg> args, Span span) {
  std::string_view pattern = args[0].value.text;
  std::string out;
  size_t next = 1;
  auto put = [&] {
    const Value* value = next < args.size() ? &args[next].value : nullptr;
    ++next;
    bool fits = value && value->text.size() <= longest_name && out.size() <= longest_folded;
    out += fits ? part_of(*value) : "${?}";
  };
  for (size_t i = 0; i < pattern.size(); ++i) {
    bool more = i + 1 < pattern.size();
    size_t close = pattern[i] == '{' ? pattern.substr(0, i + 4).find('}', i) : std::string_view::npos;
    if (pattern[i] == '%' && more && pattern[i + 1] == '%') {
      out += pattern[i++];
    } else if (pattern[i] == '%' && more) {
      size_t verb = pattern.find_first_not_of("+-# 0123456789.$l", i + 1);
      put();
      i = verb == std::string_view::npos ? pattern.size() : verb;
    } else if (close != std::string_view::npos && is_digits(pattern.substr(i + 1, close - i - 1))) {
      put();
      i = close;
    } else {
      out += pattern[i];
    }
  }
  return facts_.value(ValueKind::Template, out, span);
}

// File.join("a", "b") and Path.join are "a/b", Rails.root.join("b") "${Rails.root}/b", storage_path("b")
// "${storage_path}/b".
Value CodeWalker::join_path(std::string_view name, std::span<const Arg> args, Span span) {
  std::string path;
  bool open = name != "File.join" && name != "Path.join";
  if (open) path = "${" + std::string(name.ends_with(".join") ? name.substr(0, name.size() - 5) : name) + "}";
  for (const Arg& arg : args) {
    bool fits = path.size() + arg.value.text.size() <= longest_folded;
    open |= !arg.value.is(ValueKind::String) || !fits;
    std::string piece = fits ? part_of(arg.value) : "${?}";
    if (!path.empty() && !path.ends_with('/') && !piece.starts_with('/')) path += '/';
    path += piece;
  }
  return facts_.value(open ? ValueKind::Template : ValueKind::String, path, span);
}

// Texts that all stand in the file, as one; Absent where one of them does not.
Value CodeWalker::joined(std::span<const Arg> texts, std::string_view separator, Span span) {
  std::string out;
  for (const Arg& text : texts) {
    bool fits = text.value.is(ValueKind::String) && out.size() + text.value.text.size() <= longest_folded;
    if (!fits) return {};
    if (&text != texts.data()) out += separator;
    out += text.value.text;
  }
  return texts.empty() ? Value{} : facts_.value(ValueKind::String, out, span);
}

// ["a", "b"].join(""), "".join(["a", "b"])
Value CodeWalker::join_elements(std::string_view name, const Value& receiver, std::span<const Arg> args, Span span) {
  if (last_word(name) != "join" || args.size() > 1) return {};
  if (receiver.is(ValueKind::List)) {
    bool known = args.empty() || args[0].value.is(ValueKind::String);
    std::string_view usual = language_.name == "ruby" ? "" : ",";
    return known ? joined(receiver.items(), args.empty() ? usual : args[0].value.text, span) : Value{};
  }
  bool separator = receiver.is(ValueKind::String) && args.size() == 1 && args[0].value.is(ValueKind::List);
  return separator ? joined(args[0].value.items(), receiver.text, span) : Value{};
}

// String.join("", "a", "b"), implode("", ["a", "b"]), strings.Join([]string{"a", "b"}, ""), string.Concat("a", "b")
Value CodeWalker::join_texts(std::string_view name, std::span<const Arg> args, Span span) {
  static constexpr std::string_view joins[] = {"String.join", "string.Join", "String.Join", "implode", "strings.Join"};
  bool concat = name == "string.Concat" || name == "String.Concat";
  if (args.size() < 2 || (!concat && !contains(joins, name))) return {};
  if (concat) return joined(args, {}, span);
  bool last = args[0].value.is(ValueKind::List) && args[1].value.is(ValueKind::String);
  if (last) return joined(args[0].value.items(), args[1].value.text, span);
  if (!args[0].value.is(ValueKind::String)) return {};
  bool list = args.size() == 2 && args[1].value.is(ValueKind::List);
  return joined(list ? args[1].value.items() : args.subspan(1), args[0].value.text, span);
}

}  // namespace tfcheck
