// Ruby: calls without arguments, symbols and heredocs, rescues, blocks that run forever.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "languages/code_adapter.h"
#include "languages/code_walker.h"

extern "C" const TSLanguage* tree_sitter_ruby();

namespace tfcheck {

namespace {

using namespace std::string_view_literals;

constexpr NameList types("constant", "scope_resolution", "identifier", "rescue", "ensure", "else", "program",
                         "body_statement", "block_body", "then", "do", "begin", "if_modifier", "unless_modifier",
                         "parenthesized_statements");
constexpr NameList fields("receiver", "method", "arguments", "block", "left", "right", "operator", "name");

// "@x" and "@@x" → "x", "A::B" → "A.B"; `$stdout` keeps its dollar, as everybody writes it.
std::string spelling(std::string_view name) {
  while (name.starts_with('@')) name.remove_prefix(1);
  std::string out(name);
  for (size_t at = out.find("::"); at != std::string::npos; at = out.find("::", at)) out.replace(at, 2, at ? "." : "");
  return out;
}

// `user.name` reads; `Process.daemon`, `server.start`, `Foo.new`, `run!` do something, wherever they stand.
bool reads_member(const CodeWalker& walker, Node call) {
  static constexpr std::array doers = {"new"sv, "fork"sv, "daemon"sv, "setsid"sv, "start"sv, "run"sv, "call"sv};
  Node receiver = walker.field(call, fields["receiver"]);
  Node method = walker.field(call, fields["method"]);
  if (!receiver || !method || walker.field(call, fields["arguments"]) || walker.field(call, fields["block"]))
    return false;
  std::string_view name = walker.text(method);
  if (name.ends_with('!') || contains(doers, name)) return false;
  bool constant = walker.is(receiver, types["constant"]) || walker.is(receiver, types["scope_resolution"]);
  return !constant || walker.text(receiver) == "Rails" || name == "config";
}

// `cleanup` alone on its line, `cleanup if done`.
bool is_bare_call(const CodeWalker& walker, Node name) {
  static constexpr std::array statements = {types["program"],
                                            types["body_statement"],
                                            types["block_body"],
                                            types["then"],
                                            types["else"],
                                            types["do"],
                                            types["begin"],
                                            types["ensure"],
                                            types["if_modifier"],
                                            types["unless_modifier"],
                                            types["parenthesized_statements"]};
  if (!walker.is(name, types["identifier"])) return false;
  Node parent = name.parent();
  return std::any_of(statements.begin(), statements.end(),
                     [&](NameId statement) { return walker.is(parent, statement); });
}

// The body of a heredoc lies behind the line that begins it; `begins` is the node `<<~SQL`.
std::string_view heredoc_text(std::string_view source, Node begins) {
  std::string_view tag = begins.text(source);
  tag.remove_prefix(std::min(tag.find_first_not_of("<~-"), tag.size()));
  if (tag.size() >= 2 && (tag.front() == '\'' || tag.front() == '"' || tag.front() == '`'))
    tag = tag.substr(1, tag.size() - 2);
  size_t line_end = source.find('\n', begins.span().end);
  if (line_end == std::string_view::npos || tag.empty()) return {};
  size_t body = line_end + 1;
  for (size_t line = body; line < source.size();) {
    size_t end = std::min(source.find('\n', line), source.size());
    if (trim(source.substr(line, end - line)) == tag) return source.substr(body, line - body);
    line = end + 1;
  }
  return {};
}

Value heredoc(CodeWalker& walker, Node node) {
  std::string content(heredoc_text(walker.source(), node));
  bool raw = walker.text(node).find('\'') != std::string_view::npos;
  bool open = !raw && content.find("#{") != std::string::npos;
  for (size_t at = 0; open && (at = content.find("#{", at)) != std::string::npos;) content[at] = '$';
  Span span = node.span();
  std::string_view line = trim(content);
  if (!line.empty() && line.find('\n') == std::string_view::npos) {  // it stands where its only line does
    std::string_view body = trim(heredoc_text(walker.source(), node));
    span.begin = static_cast<uint32_t>(body.data() - walker.source().data());
    span.end = span.begin + static_cast<uint32_t>(body.size());
  }
  return walker.facts().value(open ? ValueKind::Template : ValueKind::String, content, span);
}

// `x ||= d` is an assignment of d, and for a variable of the environment a read with a default; `x += d` is neither.
Value operator_assignment(CodeWalker& walker, Node node) {
  Node target = walker.field(node, fields["left"]);
  Value value = walker.eval(walker.field(node, fields["right"]));
  std::string name = walker.target_name(target);
  bool fallback = walker.text(walker.field(node, fields["operator"])) == "||=";
  Value unknown = walker.facts().value(ValueKind::Unknown, {}, node.span());
  if (fallback && name.starts_with("ENV."))
    return walker.environment_read(std::string_view(name).substr(4), value, node.span());
  if (!target) return unknown;
  walker.assign(target, fallback ? value : unknown, node.span());
  return fallback ? value : unknown;
}

Value symbol(CodeWalker& walker, Node node) {
  return walker.facts().string(walker.text(node).substr(1), node.span());
}

Value subshell(CodeWalker& walker, Node node) {
  Arg command{{}, walker.eval_string(node)};
  return walker.finish_call(node, "`", {&command, 1});
}

// Parameters hide variables of the same name around them.
bool bind_parameters(CodeWalker& walker, Node parameters) {
  for (uint32_t i = 0; i < parameters.named_count(); ++i) {
    Node child = parameters.named_child(i);
    Node name = walker.is(child, types["identifier"]) ? child : walker.field(child, fields["name"]);
    if (name) walker.bind(walker.text(name), walker.facts().value(ValueKind::Unknown, {}, name.span()));
    if (name && !(name.id() == child.id())) walker.walk(child);
  }
  return true;
}

// A method's or block's body with a rescue of its own; `begin` likewise.
bool rescues(const CodeWalker& walker, Node body) {
  for (uint32_t i = body.named_count(); i-- > 0;) {
    if (walker.is(body.named_child(i), types["rescue"])) return true;
    if (!walker.is(body.named_child(i), types["ensure"]) && !walker.is(body.named_child(i), types["else"]))
      return false;
  }
  return false;
}

bool rescued(CodeWalker& walker, Node node) {
  if (!rescues(walker, node)) return false;
  walker.within(context::InTry, {}, [&] { walker.walk_children(node); });
  return true;
}

// `require_relative "y"` is "./y".
std::string import_name(std::string_view keyword, std::string_view name) {
  bool relative = keyword == "require_relative" && !name.starts_with('.') && !name.starts_with('/');
  return (relative ? "./" : "") + std::string(name);
}

// `loop do … end`: the block runs forever.
Value forever(CodeWalker& walker, Node node) {
  Value truth = walker.facts().value(ValueKind::Bool, "true", node.span());
  walker.facts().add(FactKind::Branch, "while", node.span(), truth, {}, walker.context());
  walker.within_endless_loop([&] { walker.walk_children(walker.field(node, fields["block"])); });
  return walker.facts().value(ValueKind::Unknown, {}, node.span());
}

Value call(CodeWalker& walker, Node node, std::string_view name, std::span<const Arg> args) {
  if ((name == "require" || name == "require_relative") && args.size() == 1 && args[0].value.is(ValueKind::String)) {
    walker.add_import(import_name(name, args[0].value.text), node.span());
    return walker.facts().value(ValueKind::Unknown, {}, node.span());
  }
  if ((name == "loop" || name == "Kernel.loop") && walker.field(node, fields["block"])) return forever(walker, node);
  if (name == "ENV.values_at" || name == "ENV.slice") {
    for (const Arg& arg : args) {
      if (arg.value.is(ValueKind::String)) walker.environment_read(arg.value.text, {}, arg.value.span);
    }
    return walker.facts().value(ValueKind::Unknown, {}, node.span());
  }
  return {};
}

// `fork` as a value or condition is an identifier for the parser; the process forks all the same.
void add_forks(FileFacts& facts, const Value& value, const Context& context, int depth = 0) {
  if (depth > 4) return;
  if (value.is(ValueKind::Name) && value.text == "fork") facts.add(FactKind::Call, "fork", value.span, {}, {}, context);
  bool operation = value.text == "!" || value.text == "&&" || value.text == "||" || value.text == "==";
  if (!value.is(ValueKind::Call) || !operation) return;
  for (const Arg& item : value.items()) add_forks(facts, item.value, context, depth + 1);
}

void find_forks(FileFacts& facts) {
  size_t count = facts.facts().size();
  for (size_t i = 0; i < count; ++i) {
    Fact fact = facts.facts()[i];
    if (fact.kind == FactKind::Branch || fact.kind == FactKind::Assign) add_forks(facts, fact.value, fact.context);
  }
}

// The text between the quotes behind a `require`.
std::string_view quoted_word(std::string_view rest) {
  rest = trim(rest);
  if (rest.starts_with('(')) rest = trim(rest.substr(1));
  if (rest.size() < 2 || (rest[0] != '"' && rest[0] != '\'')) return {};
  size_t end = rest.find(rest[0], 1);
  std::string_view word = end == std::string_view::npos ? std::string_view{} : rest.substr(1, end - 1);
  return word.find("#{") == std::string_view::npos ? word : std::string_view{};
}

constexpr Words branches = {"begin", "rescue", "ensure", "if ", "unless ", "elsif ", "else", "case ", "when "};

void scan_imports(const SourceFile& file, FileFacts& facts) {
  IndentedBlocks blocks(branches);
  bool comment = false;
  for_each_line(file.text, [&](const SourceLine& line) {
    if (line.raw.starts_with("__END__")) return false;
    if (line.raw.starts_with("=begin")) comment = true;
    if (line.raw.starts_with("=end")) comment = false;
    if (comment || line.text.starts_with('#')) return true;
    Context context = blocks.take(line);
    if (!line.text.starts_with("require")) return true;
    std::string_view keyword = line.text.substr(0, line.text.find_first_of(" ('\""));
    if (keyword != "require" && keyword != "require_relative") return true;
    std::string_view name = quoted_word(line.text.substr(keyword.size()));
    if (!name.empty()) facts.add(FactKind::Import, import_name(keyword, name), line.span, {}, {}, context);
    return true;
  });
}

constexpr Shape shapes[] = {
    {"comment", Role::Skip},
    {"uninterpreted", Role::Skip},
    {"heredoc_end", Role::Skip},
    {"heredoc_content", Role::Skip},
    {"parenthesized_statements", Role::Through},
    {"rescue_modifier", Role::Through, "body"},
    {"string", Role::String},
    {"chained_string", Role::String},
    {"bare_string", Role::String},
    {"bare_symbol", Role::String},
    {"delimited_symbol", Role::String},
    {"string_content", Role::StringPart},
    {"escape_sequence", Role::Escape},
    {"interpolation", Role::Interpolation},
    {"simple_symbol", symbol},
    {"heredoc_beginning", heredoc},
    {"subshell", subshell},
    {"operator_assignment", operator_assignment},
    {"integer", Role::Number},
    {"float", Role::Number},
    {"true", Role::True},
    {"false", Role::False},
    {"nil", Role::Null},
    {"identifier", Role::Name},
    {"constant", Role::Name},
    {"instance_variable", Role::Name},
    {"class_variable", Role::Name},
    {"global_variable", Role::Name},
    {"self", Role::Name},
    {"scope_resolution", Role::Member, "scope", "name"},
    {"element_reference", Role::Subscript, "object"},
    {"call", Role::Call, "receiver", "method", "arguments"},
    {"block", Role::Block, "", "body", "parameters"},
    {"do_block", Role::Block, "", "body", "parameters"},
    {"lambda", Role::Lambda, "", "body", "parameters"},
    {"assignment", Role::Assign, "left", "right"},
    {"right_assignment_list", Role::List},
    {"optional_parameter", Role::Parameter, "", "name", "value"},
    {"keyword_parameter", Role::Parameter, "", "name", "value"},
    {"pair", Role::Pair, "key", "value"},
    {"hash", Role::Map},
    {"array", Role::List},
    {"string_array", Role::List},
    {"symbol_array", Role::List},
    {"binary", Role::Binary, "left", "right", "operator"},
    {"unary", Role::Not, "operand"},
    {"conditional", Role::Conditional, "condition", "consequence", "alternative"},
    {"method", Role::Function, "name", "body", "parameters"},
    {"singleton_method", Role::Function, "name", "body", "parameters"},
    {"class", Role::Class, "name", "body", "superclass"},
    {"module", Role::Class, "name", "body"},
    {"if", Role::If, "condition", "consequence", "alternative"},
    {"elsif", Role::If, "condition", "consequence", "alternative"},
    {"if_modifier", Role::If, "condition", "body"},
    {"unless", Role::Unless, "condition", "consequence", "alternative"},
    {"unless_modifier", Role::Unless, "condition", "body"},
    {"while", Role::While, "condition", "body"},
    {"while_modifier", Role::While, "condition", "body"},
    {"until", Role::Until, "condition", "body"},
    {"until_modifier", Role::Until, "condition", "body"},
    {"for", Role::For, "", "body"},
    {"break", leaves_loop},
    {"return", leaves_function},
    {"rescue", handles_failure},
    {"body_statement", rescued},
    {"begin", rescued},
    {"method_parameters", bind_parameters},
    {"block_parameters", bind_parameters},
    {"lambda_parameters", bind_parameters},
};

constexpr Language ruby = {
    .name = "ruby",
    .grammar = guarded<tree_sitter_ruby>,
    .files = {"*.rb", "*.rake", "*.ru", "*.cap", "*.god", "Rakefile", "Capfile", "Guardfile", "Vagrantfile"},
    .interpreters = {"ruby", "jruby"},
    .test_files = {"*_spec.rb", "*_test.rb", "spec_helper.rb"},
    .example = "app.rb",
    .shapes = shapes,
    .types = types.names,
    .fields = fields.names,
    .environment = {.calls = {"ENV.fetch", "ENV.key?", "ENV.has_key?", "ENV.include?", "ENV.member?", "ENV.delete",
                              "ENV.dig"},
                    .maps = {"ENV"},
                    .failing = {"ENV.fetch"},
                    .words = {"ENV[", "ENV."}},
    .shell = {.calls = {"system", "Kernel.system", "exec", "Kernel.exec", "spawn", "Process.spawn", "sh", "`",
                        "IO.popen", "Open3.capture2", "Open3.capture2e", "Open3.capture3", "Open3.popen3"}},
    .exits = {"exit", "exit!", "Kernel.exit"},
    .fallback_operators = {"||", "or"},
    .concat_operators = {"+"},
    .self_names = {"self"},
    .field_prefix = "@",
    .constructor = "new",
    .transparent_methods = {"freeze", "to_s", "to_sym", "to_str", "to_i", "to_f", "to_h", "strip", "chomp", "squish",
                            "dup", "presence", "b", "html_safe", "strip_heredoc", "symbolize_keys", "stringify_keys",
                            "with_indifferent_access", "deep_symbolize_keys"},
    .path_calls = {"File.join", "Rails.root.join"},
    .imports = {.scan = scan_imports},
    .call = call,
    .spelling = spelling,
    .reads_member = reads_member,
    .is_bare_call = is_bare_call,
    .finish = find_forks};

}  // namespace

const Adapter& ruby_adapter() {
  return code_adapter<ruby>();
}

}  // namespace tfcheck
