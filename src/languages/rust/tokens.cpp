#include "languages/rust/nodes.h"

#include <algorithm>

#include "base/text.h"

namespace tfcheck {

namespace {

constexpr int deepest_tokens = 60;
constexpr size_t longest_path = 200;

// A tree of tokens as it is read: what stands between two commas is one argument.
class Tokens {
 public:
  Tokens(CodeWalker& walker, int depth) : walker_(walker), depth_(depth) {}

  std::vector<Arg> read(Node tree) {
    size_t at = tree.span().begin + 1;
    for_each_child(tree, [&](Node child) {
      if (!child.named()) return;
      std::string_view gap = trim(walker_.source().substr(at, child.span().begin - at));
      at = child.span().end;
      if (walker_.role(child) != Role::Skip) take(child, gap);
    });
    end();
    return std::move(args_);
  }

 private:
  void take(Node child, std::string_view gap) {
    if (gap.find_first_of(",;") != std::string_view::npos) end();
    if ((gap == "=" || gap == ":") && pieces_ == 1 && !path_.empty()) {
      now_ = {walker_.facts().keep(path_), {}};
      path_.clear();
      pieces_ = 0;
    }
    bool joined = !path_.empty() && (gap.ends_with("::") || gap.ends_with('.'));
    bool called = !path_.empty() && (gap.empty() || gap == "!") && walker_.text(child).starts_with('(');
    if (!joined && !called) ++pieces_;
    if (!called) object_ = joined ? now_.value : Value{};
    now_.value = called ? call(child, gap == "!") : value(child, joined);
  }

  // `f(…)`, `tell!(…)`. A literal stays what it is, whatever it becomes; of what is called of a read of the environment
  // only the fallback matters.
  Value call(Node tree, bool macro) {
    std::vector<Arg> args = rust_tokens(walker_, tree, depth_ + 1);
    if (object_.is_literal()) return object_;
    if (object_.is(ValueKind::Env)) {
      bool falls_back = path_.ends_with(".unwrap_or") && args.size() == 1 && object_.item_count == 0;
      return falls_back ? walker_.with_default(object_, args[0].value) : object_;
    }
    std::string name = walker_.qualify(path_);
    if (!macro) return walker_.finish_call(tree, name, args);
    walker_.add_call(name + "!", args, tree.span());
    return walker_.facts().value(ValueKind::Unknown, {}, tree.span());
  }

  Value value(Node child, bool joined) {
    std::string_view text = walker_.text(child);
    Role role = walker_.role(child);
    if (role == Role::Name) {
      if (path_.size() > longest_path) joined = false;
      path_ = joined ? path_ + "." + colon_name(text) : colon_name(text);
      return joined ? walker_.facts().value(ValueKind::Name, walker_.qualify(path_), child.span())
                    : walker_.eval(child);
    }
    if (text.find_first_of("([{") == 0) {
      path_.clear();
      std::vector<Arg> items = rust_tokens(walker_, child, depth_ + 1);
      bool map = std::any_of(items.begin(), items.end(), [](const Arg& item) { return !item.name.empty(); });
      return walker_.facts().with_items(map ? ValueKind::Map : ValueKind::List, {}, items, child.span());
    }
    Value literal = walker_.eval(child);
    path_ = literal.is(ValueKind::String) && literal.text.size() < 60 ? literal.text : "";
    return literal;
  }

  void end() {
    if (pieces_ > 1) now_.value = walker_.facts().value(ValueKind::Unknown, {}, now_.value.span);
    if (pieces_ > 0) args_.push_back(now_);
    now_ = {};
    pieces_ = 0;
    path_.clear();
  }

  CodeWalker& walker_;
  int depth_;
  std::vector<Arg> args_;
  Arg now_;
  Value object_;  // what a method is called of
  size_t pieces_ = 0;
  std::string path_;  // the name, or the literal that may be a key, before what comes
};

std::string piece(const Value* value, std::string_view name) {
  bool known = value && (value->is_literal() || value->is(ValueKind::Template)) && value->text.size() <= 1000;
  if (known) return std::string(value->text);
  bool named = value && (value->is(ValueKind::Env) || value->is(ValueKind::Name)) && !value->text.empty();
  return "${" + std::string(named ? value->text : name.empty() ? "?" : name) + "}";
}

}  // namespace

std::vector<Arg> rust_tokens(CodeWalker& walker, Node tree, int depth) {
  if (!tree || depth > deepest_tokens) return {};
  return Tokens(walker, depth).read(tree);
}

Value rust_format(CodeWalker& walker, std::span<const Arg> args, Span span) {
  constexpr size_t longest = 4000;
  std::string_view pattern = args[0].value.text;
  std::string out;
  int next = 1;
  for (size_t i = 0; i < pattern.size() && out.size() < longest; ++i) {
    size_t close = pattern[i] == '{' ? pattern.substr(0, i + 100).find('}', i) : std::string_view::npos;
    bool doubled = i + 1 < pattern.size() && pattern[i + 1] == pattern[i] && (pattern[i] == '{' || pattern[i] == '}');
    if (close == std::string_view::npos || doubled) {
      out += pattern[i];
      i += doubled ? 1 : 0;
      continue;
    }
    std::string_view name = before_first(pattern.substr(i + 1, close - i - 1), ':');
    const Value& given = is_digits(name) ? argument(args, {}, name[0] - '0' + 1)
                         : name.empty()  ? argument(args, {}, next++)
                                         : argument(args, name);
    out += piece(given ? &given : walker.lookup(name), name);
    i = close;
  }
  return walker.facts().value(ValueKind::Template, out, span);
}

}  // namespace tfcheck
