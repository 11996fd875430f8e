#include "facts/embedded_code.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace tfcheck {

namespace {

// Moves spans, those of shared arrays once.
class SpanMover {
 public:
  explicit SpanMover(const std::vector<CodePiece>& pieces) : pieces_(pieces) {}

  void move(Fact& fact) {
    fact.span = moved(fact.span);
    move(fact.value);
    take(fact.arg_data, fact.arg_count);
    // Arrays wait in a list: values nest as deep as the code does.
    while (!waiting_.empty()) {
      auto [data, count] = waiting_.back();
      waiting_.pop_back();
      for (Arg* arg = data; arg != data + count; ++arg) move(arg->value);
    }
  }

 private:
  void move(Value& value) {
    value.span = moved(value.span);
    take(value.item_data, value.item_count);
  }

  // What a fact points to lies in the memory of its FileFacts, which are not sealed yet.
  void take(const Arg* data, uint32_t count) {
    if (count > 0 && seen_.insert(data).second) waiting_.emplace_back(const_cast<Arg*>(data), count);
  }

  Span moved(Span span) const {
    uint32_t begin = place(span.begin).begin;
    return {begin, span.end > span.begin ? std::max(begin, place(span.end - 1).end) : begin};
  }

  // Where a byte of the code stands; one between two pieces stands where the first of them ends.
  Span place(uint32_t at) const {
    auto behind = std::upper_bound(pieces_.begin(), pieces_.end(), at,
                                   [](uint32_t wanted, const CodePiece& piece) { return wanted < piece.at; });
    if (behind == pieces_.begin()) return {};
    const CodePiece& piece = *std::prev(behind);
    if (at >= piece.at + piece.length) return {piece.span.end, piece.span.end};
    if (piece.span.end - piece.span.begin != piece.length) return piece.span;
    uint32_t begin = piece.span.begin + (at - piece.at);
    return {begin, begin + 1};
  }

  const std::vector<CodePiece>& pieces_;
  std::unordered_set<const Arg*> seen_;
  std::vector<std::pair<Arg*, uint32_t>> waiting_;
};

}  // namespace

void move_spans(FileFacts& facts, const EmbeddedCode& code) {
  if (code.pieces.empty()) return;
  SpanMover mover(code.pieces);
  for (Fact& fact : facts.facts()) mover.move(fact);
}

}  // namespace tfcheck
