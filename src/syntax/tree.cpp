#include "syntax/tree.h"

#include <meter.h>

#include <algorithm>
#include <new>
#include <unordered_map>

namespace tfcheck {

namespace {

struct ParserDelete {
  void operator()(TSParser* parser) const noexcept {
    try {
      ts_parser_delete(parser);
    } catch (const std::bad_alloc&) {  // as of a tree
    }
  }
};
using Parser = std::unique_ptr<TSParser, ParserDelete>;

// A parser keeps its stacks between files, so each thread keeps one for each grammar it has met.
Parser& thread_parser(Grammar grammar) {
  thread_local std::unordered_map<Grammar, Parser> parsers;
  Parser& parser = parsers[grammar];
  if (!parser) {
    const TSLanguage* tables = grammar();  // the first one sets the allocator, too
    parser.reset(ts_parser_new());
    ts_parser_set_language(parser.get(), tables);
  }
  return parser;
}

// The lexer asks for its text in pieces and goes back for a piece that it has left: each costs a few units.
constexpr size_t piece = 512;
constexpr uint64_t units_per_piece = 4;

struct Input {
  std::string_view text;
  uint64_t limit;
};

const char* read_input(void* payload, uint32_t offset, TSPoint, uint32_t* length) {
  std::string_view text = static_cast<Input*>(payload)->text;
  tf_parse_meter.work += units_per_piece;
  if (offset >= text.size()) return *length = 0, "";
  *length = static_cast<uint32_t>(std::min(text.size() - offset, piece));
  return text.data() + offset;
}

// Asked before every action of the parser.
bool is_over_budget(TSParseState* state) {
  if (++tf_parse_meter.work > static_cast<Input*>(state->payload)->limit) tf_parse_meter.stopped = true;
  return tf_parse_meter.stopped;
}

TSTree* parse(Parser& parser, Input& input) {
  tf_parse_meter = {};
  TSParseOptions options{&input, is_over_budget};
  try {
    return ts_parser_parse_with_options(parser.get(), nullptr, {&input, read_input, TSInputEncodingUTF8, nullptr},
                                        options);
  } catch (...) {
    // Left in the middle of its work it can be neither used nor freed.
    static_cast<void>(parser.release());
    throw;
  }
}

}  // namespace

void Tree::Delete::operator()(TSTree* tree) const noexcept {
  try {
    ts_tree_delete(tree);
  } catch (const std::bad_alloc&) {
    // Whoever asks for memory next is told.
  }
}

Tree::Tree(Grammar grammar, std::string_view text, ParseWork& work) {
  Input input{text, work.left()};
  Parser& parser = thread_parser(grammar);
  try {
    tree_.reset(parse(parser, input));
  } catch (const ForeignAssertion&) {
    unread_ = Unread::ParserFailed;
  }
  work.spent += std::min(tf_parse_meter.work, input.limit);
  if (tf_parse_meter.scanner_overflow) {
    unread_ = Unread::ScannerState;
  } else if (!tree_ && unread_ == Unread::None) {
    unread_ = Unread::OverBudget;
  }
  if (unread_ == Unread::None) return;
  tree_.reset();
  if (parser) ts_parser_reset(parser.get());
}

}  // namespace tfcheck
