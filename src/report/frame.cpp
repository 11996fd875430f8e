#include "report/frame.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/display.h"

namespace tfcheck {

namespace {

constexpr size_t tab_width = 4;
constexpr std::string_view cut_sign = "…";
constexpr std::string_view hidden = "********";
constexpr size_t side = size_t{4} * frame_width;     // bytes on each side of a mark that can come into view
constexpr size_t longest_searched_secret = 1 << 16;  // keeps a frame's cost bounded whatever the line's length

// What one character or one masked secret became.
struct Cell {
  size_t begin;  // bytes of the line
  size_t end;
  uint32_t column;
  uint32_t width;
};

size_t character_begin(std::string_view text, size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

class FrameBuilder {
 public:
  FrameBuilder(std::string_view line, Span mark, size_t line_begin, const FrameSecrets& secrets)
      : line_(line), mark_(mark), line_begin_(line_begin), secrets_(secrets) {
    from_ = character_begin(line, mark.begin > side ? mark.begin - side : 0);
    to_ = character_begin(line, std::min<size_t>({line.size(), mark.end + side, mark.begin + 2 * side}));
  }

  FrameLine build() {
    std::vector<Span> masks = find_masks();
    auto mask_at = masks.begin();
    if (from_ > 0) put(cut_sign, from_, from_);
    for (size_t at = from_; at < to_;) {
      while (mask_at != masks.end() && mask_at->end <= at) ++mask_at;
      if (mask_at != masks.end() && mask_at->begin <= at) {
        put_mask(*mask_at);
        at = mask_at->end;
        continue;
      }
      size_t begin = at;
      read_code_point(line_, at);
      put_character(begin, at);
    }
    if (to_ < line_.size()) put(cut_sign, to_, to_);
    return finish();
  }

 private:
  // The ranges of this line to hide, as far as they can be seen. An occurrence that reaches into view from outside lies
  // wholly inside the searched part, since this is longer by the longest secret.
  std::vector<Span> find_masks() const {
    std::vector<Span> masks;
    for (std::span<const Span> ranges : {secrets_.ranges, secrets_.line}) {
      auto range = std::lower_bound(ranges.begin(), ranges.end(), line_begin_ + from_,
                                    [](Span span, size_t offset) { return span.end <= offset; });
      for (; range != ranges.end() && range->begin < line_begin_ + to_; ++range) {
        size_t begin = range->begin > line_begin_ ? range->begin - line_begin_ : 0;
        masks.push_back({static_cast<uint32_t>(begin),
                         static_cast<uint32_t>(std::min<size_t>(range->end - line_begin_, line_.size()))});
      }
    }
    for (const SecretTexts* texts : secrets_.texts) {
      if (texts == nullptr || texts->longest() == 0) continue;
      size_t reach = std::min(texts->longest(), longest_searched_secret);
      size_t begin = from_ > reach ? from_ - reach : 0;
      for (Span span : texts->find_in(line_.substr(begin, to_ + reach - begin))) {
        span = {static_cast<uint32_t>(span.begin + begin), static_cast<uint32_t>(span.end + begin)};
        if (span.end > from_ && span.begin < to_) masks.push_back(span);
      }
    }
    return merge_spans(std::move(masks));
  }

  void put_mask(Span range) {
    // Of a secret over several lines not even its ends are shown.
    auto whole = std::lower_bound(secrets_.ranges.begin(), secrets_.ranges.end(), line_begin_ + range.begin,
                                  [](Span span, size_t offset) { return span.end <= offset; });
    bool several_lines = whole != secrets_.ranges.end() && whole->begin < line_begin_ + range.end &&
                         (whole->begin < line_begin_ || whole->end > line_begin_ + line_.size());
    std::string_view secret = line_.substr(range.begin, range.end - range.begin);
    put(several_lines ? std::string(hidden) : mask(secret), range.begin, range.end);
  }

  void put_character(size_t begin, size_t end) {
    if (line_[begin] == '\t') {
      put(std::string(tab_width - column_ % tab_width, ' '), begin, end);
    } else {
      put(printable(line_.substr(begin, end - begin)), begin, end);
    }
  }

  void put(std::string_view text, size_t begin, size_t end) {
    uint32_t width = display_width(text);
    cells_.push_back({begin, end, column_, width});
    frame_.text += text;
    column_ += width;
  }

  FrameLine finish() {
    frame_.mark_begin = frame_.mark_end = column_;
    for (const Cell& cell : cells_) {
      if (cell.end <= mark_.begin || cell.begin >= mark_.end || cell.begin == cell.end) continue;
      frame_.mark_begin = std::min(frame_.mark_begin, cell.column);
      frame_.mark_end = cell.column + cell.width;
    }
    // A mark without extent still points somewhere.
    if (frame_.mark_end <= frame_.mark_begin)
      frame_.mark_begin = column_at(mark_.begin), frame_.mark_end = frame_.mark_begin + 1;
    return std::move(frame_);
  }

  uint32_t column_at(size_t offset) const {
    for (const Cell& cell : cells_) {
      if (cell.begin >= offset && cell.begin != cell.end) return cell.column;
    }
    return column_;
  }

  std::string_view line_;
  Span mark_;
  size_t line_begin_;
  const FrameSecrets& secrets_;
  size_t from_ = 0;
  size_t to_ = 0;
  FrameLine frame_;
  std::vector<Cell> cells_;
  uint32_t column_ = 0;
};

}  // namespace

FrameLine make_frame(std::string_view text, const LineIndex& index, Span span, const FrameSecrets& secrets) {
  auto size = static_cast<uint32_t>(text.size());
  span = {std::min(span.begin, size), std::min(std::max(span.begin, span.end), size)};
  uint32_t number = index.line(span.begin);
  std::string_view line = index.line_text(number);
  uint32_t line_begin = index.line_begin(number);
  auto length = static_cast<uint32_t>(line.size());
  Span mark = {std::min(span.begin - line_begin, length), std::min(span.end - line_begin, length)};
  FrameLine frame = FrameBuilder(line, mark, line_begin, secrets).build();
  frame.line = number;
  return fit_frame(std::move(frame), frame_width);
}

FrameLine fit_frame(FrameLine frame, uint32_t width) {
  uint32_t total = display_width(frame.text);
  if (total <= width || width < 4) return frame;
  uint32_t inner = width - 2;  // a cut sign on each side
  uint32_t mark = std::min(frame.mark_end - frame.mark_begin, inner);
  // A third of the window before the mark, unless its end or the line's end needs the room.
  uint32_t lead = std::min(inner / 3, inner - mark);
  uint32_t from = frame.mark_begin > lead ? frame.mark_begin - lead : 0;
  from = std::min(from, total - inner);
  if (from <= 1) from = 0;
  uint32_t to = from == 0 ? width - 1 : from + inner;
  if (to + 1 >= total) to = total;
  std::string text = from > 0 ? std::string(cut_sign) : "";
  text += slice_columns(frame.text, from, to);
  if (to < total) text += cut_sign;
  uint32_t shift = from > 0 ? 1 : 0;
  frame.text = std::move(text);
  frame.mark_begin = frame.mark_begin - from + shift;
  frame.mark_end = std::min(frame.mark_end, to) - from + shift;
  frame.mark_end = std::max(frame.mark_end, frame.mark_begin + 1);
  return frame;
}

}  // namespace tfcheck
