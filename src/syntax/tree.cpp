#include "syntax/tree.h"

#include <array>
#include <cassert>
#include <chrono>

extern "C" {
const TSLanguage* tree_sitter_bash();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_json();
const TSLanguage* tree_sitter_php();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_toml();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_typescript();
const TSLanguage* tree_sitter_xml();
const TSLanguage* tree_sitter_yaml();
}

namespace tfcheck {

namespace {

constexpr std::array<const TSLanguage* (*)(), static_cast<size_t>(Grammar::Count)> languages = {
    tree_sitter_bash, tree_sitter_c_sharp,    tree_sitter_go,     tree_sitter_java, tree_sitter_javascript,
    tree_sitter_json, tree_sitter_php,        tree_sitter_python, tree_sitter_ruby, tree_sitter_toml,
    tree_sitter_tsx,  tree_sitter_typescript, tree_sitter_xml,    tree_sitter_yaml};

struct ParserDelete {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

// A parser keeps its stacks between files, so each thread keeps one for each grammar it has met.
TSParser* thread_parser(Grammar grammar) {
  thread_local std::array<std::unique_ptr<TSParser, ParserDelete>, static_cast<size_t>(Grammar::Count)> parsers;
  auto& parser = parsers[static_cast<size_t>(grammar)];
  if (!parser) {
    parser.reset(ts_parser_new());
    [[maybe_unused]] bool set = ts_parser_set_language(parser.get(), grammar_language(grammar));
    assert(set);
  }
  return parser.get();
}

struct Input {
  std::string_view text;
  std::chrono::steady_clock::time_point deadline;
};

const char* read_input(void* payload, uint32_t offset, TSPoint, uint32_t* length) {
  std::string_view text = static_cast<Input*>(payload)->text;
  if (offset >= text.size()) return *length = 0, "";
  *length = static_cast<uint32_t>(text.size() - offset);
  return text.data() + offset;
}

bool out_of_time(TSParseState* state) {
  return std::chrono::steady_clock::now() > static_cast<Input*>(state->payload)->deadline;
}

}  // namespace

const TSLanguage* grammar_language(Grammar grammar) {
  return languages[static_cast<size_t>(grammar)]();
}

TSSymbol node_symbol(Grammar grammar, std::string_view name) {
  TSSymbol symbol =
      ts_language_symbol_for_name(grammar_language(grammar), name.data(), static_cast<uint32_t>(name.size()), true);
  assert(symbol != 0 && "the grammar has no such node");
  return symbol;
}

TSFieldId field_id(Grammar grammar, std::string_view name) {
  TSFieldId id =
      ts_language_field_id_for_name(grammar_language(grammar), name.data(), static_cast<uint32_t>(name.size()));
  assert(id != 0 && "the grammar has no such field");
  return id;
}

Tree::Tree(Grammar grammar, std::string_view text) {
  TSParser* parser = thread_parser(grammar);
  Input input{text, std::chrono::steady_clock::now() + std::chrono::seconds(1)};
  TSParseOptions options{&input, out_of_time};
  tree_.reset(
      ts_parser_parse_with_options(parser, nullptr, {&input, read_input, TSInputEncodingUTF8, nullptr}, options));
  if (!tree_) ts_parser_reset(parser);
}

}  // namespace tfcheck
