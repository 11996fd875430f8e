#include <algorithm>

#include "base/text.h"
#include "languages/shell/walker.h"

namespace tfcheck::shell {

namespace {

constexpr size_t longest_heredoc = 4096;

bool is_shell(std::string_view name) {
  return name == "sh" || name == "bash" || name == "dash" || name == "ash" || name == "ksh" || name == "zsh";
}

bool is_descriptor(std::string_view word) {
  return is_digits(word) || word == "-" || (word.ends_with("-") && is_digits(word.substr(0, word.size() - 1)));
}

// The name of a redirect's argument: stdout's own number, and the operator that only overrides noclobber, say nothing.
std::string redirect_name(std::string_view descriptor, std::string_view op, std::string_view target) {
  if (op == ">|") op = ">";
  if (op == ">&" && !is_descriptor(target))
    return descriptor.empty() || descriptor == "1" ? "&>" : std::string(descriptor) + ">";
  if (op == ">&" || op == "<&") return std::string(descriptor) + std::string(op) + std::string(target);
  if (descriptor == "1" && op.starts_with(">")) descriptor = {};
  if (descriptor == "0" && op.starts_with("<")) descriptor = {};
  return std::string(descriptor) + std::string(op);
}

}  // namespace

uint32_t add_command(FileFacts& facts, const Unwrapped& command, std::span<const Arg> named, Span where,
                     Context context) {
  std::vector<Arg> args(command.named.begin(), command.named.end());
  for (const Word& word : command.words) args.push_back({{}, word.value});
  args.insert(args.end(), named.begin(), named.end());
  context.flags |= command.flags;
  bool sources = command.name == "." || command.name == "source";
  if (sources) context.flags |= context::Sourced;
  facts.add(FactKind::Command, sources ? "source" : command.name, where, {}, args, context);
  if (sources && !command.words.empty() && !command.words[0].value.text.empty()) {
    facts.add(FactKind::Import, command.words[0].value.text, where, {}, {}, context);
  }
  return context.flags;
}

// `file=$dir/$name.pid`, of which the grammar makes an assignment in front of a command.
bool Walker::is_cut_assignment(const Item& item) const {
  if (item.parts.size() != 2 || kind(item.parts[0].node) != Kind::Assignment) return false;
  Node value = item.parts[0].node;
  return text(value).ends_with('$') && value.span().end == item.parts[1].node.span().begin;
}

void Walker::command(const Item& item, const Frame& frame) {
  if (is_cut_assignment(item)) return assignment(item.parts[0].node, frame, {});
  std::vector<Word> words;
  std::vector<Arg> named;
  for (const Child& child : item.parts) add_word(child, frame, words, named);
  Span where{item.parts.front().node.span().begin, item.parts.back().node.span().end};
  for (Node node : item.redirects) {
    redirect(node, frame, words, named);
    if (kind(node) != Kind::HeredocRedirect) where.end = std::max(where.end, node.span().end);
  }
  named.insert(named.end(), frame.redirects.begin(), frame.redirects.end());
  substitutions(frame);
  if (words.empty()) return;
  Unwrapped unwrapped = unwrap(facts_, words);
  if (unwrapped.name.empty()) return;
  uint32_t flags = add_command(facts_, unwrapped, named, source_.span(where), frame.context());
  std::vector<Word> scripts = script_words(unwrapped);
  for (const Word& script : scripts) nested(script, frame, flags);
  if (!scripts.empty()) return;
  if (is_shell(unwrapped.name)) heredoc_script(item, frame, flags);
}

void Walker::add_word(const Child& child, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named) {
  if (child.node.span().begin < reader_.read_until()) return;
  Context context = frame.context();
  switch (kind(child.node)) {
    case Kind::Assignment: {
      Node name = child.node.field("name");
      Node value = child.node.field("value");
      if (!name) return;
      Value worth = value ? reader_.read(value, context) : reader_.string({}, child.node);
      named.push_back({facts_.keep(std::string(text(name)) + "="), worth});
      return;
    }
    case Kind::FileRedirect:
    case Kind::HeredocRedirect:
    case Kind::HereString:
      return redirect(child.node, frame, words, named);
    case Kind::CommandName:
    case Kind::Error:
      for (const Child& part : children(child.node)) {
        if (!part.node.named()) continue;
        for (const Word& word : reader_.read_split(part.node, context)) words.push_back(word);
      }
      return;
    case Kind::Subshell:
      return sequence(children(child.node), frame.with(0));
    default:
      for (const Word& word : child.node.named()
                                  ? reader_.read_split(child.node, context)
                                  : std::vector<Word>{{reader_.string(text(child.node), child.node), child.node}}) {
        words.push_back(word);
      }
  }
}

void Walker::redirect(Node node, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named) {
  Kind what = kind(node);
  if (what == Kind::HeredocRedirect) return heredoc(node, frame, words, named);
  std::string_view descriptor, op;
  Value target;
  std::vector<Child> parts = children(node);
  parts.resize(first_line(parts, source_.text()));
  for (const Child& part : parts) {
    if (kind(part.node) == Kind::Descriptor) {
      descriptor = text(part.node);
    } else if (!part.node.named()) {
      op = text(part.node);
    } else if (part.node.span().begin < reader_.read_until()) {
      continue;
    } else if (!target) {
      target = reader_.read(part.node, frame.context());
    } else {
      // The grammar takes the words behind a redirect for further targets.
      for (const Word& word : reader_.read_split(part.node, frame.context())) words.push_back(word);
    }
  }
  std::string name = redirect_name(descriptor, op, target.text);
  if ((op == ">&" || op == "<&") && is_descriptor(target.text))
    target = facts_.string("&" + std::string(target.text), target.span);
  named.push_back({facts_.keep(name), target});
}

void Walker::heredoc(Node node, const Frame& frame, std::vector<Word>& words, std::vector<Arg>& named) {
  Value body = reader_.string({}, node);
  bool raw = false;
  for (const Child& part : children(node)) {
    Kind what = kind(part.node);
    if (what == Kind::HeredocStart) raw = text(part.node).find_first_of("'\"\\") != std::string_view::npos;
    if (part.field == Field::Argument) words.push_back({reader_.read(part.node, frame.context()), part.node});
    if (what != Kind::HeredocBody) continue;
    std::string_view content = text(part.node).substr(0, longest_heredoc);
    bool open = !raw && content.find('$') != std::string_view::npos;
    body = facts_.value(open ? ValueKind::Template : ValueKind::String, content, span(part.node));
    if (!raw) reader_.scan(part.node, frame.context());
  }
  named.push_back({"<<", body});
}

void Walker::heredoc_script(const Item& item, const Frame& frame, uint32_t flags) {
  for (Node redirect_node : item.redirects) {
    for (const Child& part : children(redirect_node)) {
      if (kind(part.node) != Kind::HeredocBody) continue;
      Span where = span(part.node);
      ShellText shell{text(part.node), frame.scope, next_index_, flags & inherited, where.begin};
      if (!source_.verbatim()) shell.whole = where;
      run_nested(shell);
    }
  }
}

void Walker::nested(const Word& script, const Frame& frame, uint32_t flags) {
  Kind what = script.node ? kind(script.node) : Kind::Other;
  Span where = script.value.span;
  std::string made;
  ShellText shell{script.value.text, frame.scope, next_index_, flags & inherited, 0, where};
  if (what == Kind::RawString || what == Kind::String) {
    std::string_view raw = text(script.node);
    if (raw.size() < 2) return;
    raw = raw.substr(1, raw.size() - 2);
    bool escaped = what == Kind::String && raw.find('\\') != std::string_view::npos;
    if (escaped) made = unescape_double(raw);
    shell.text = escaped ? std::string_view(made) : raw;
    if (!escaped && source_.verbatim()) shell.whole.reset(), shell.offset = where.begin + 1;
  } else if (!script.value.is(ValueKind::String) && !script.value.is(ValueKind::Template)) {
    return;
  }
  run_nested(shell);
}

void Walker::run_nested(const ShellText& shell) {
  if (depth_.texts + 1 > deepest_text) return lose_deep();
  next_index_ = walk_text(facts_, shell, {depth_.texts + 1, false}).next_index;
}

}  // namespace tfcheck::shell
