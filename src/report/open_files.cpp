#include "report/open_files.h"

#include <algorithm>

#include "report/fingerprint.h"

namespace tfcheck {

namespace {

constexpr size_t most_open = 8;

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

const LineIndex& OpenFile::index() const {
  if (!index_) index_.emplace(text_);
  return *index_;
}

Span OpenFile::clip(Span span) const {
  auto size = static_cast<uint32_t>(text_.size());
  Span clipped = {std::min(span.begin, size), std::min(std::max(span.begin, span.end), size)};
  while (clipped.end > clipped.begin + 1 && is_line_end(text_[clipped.end - 1])) --clipped.end;
  return clipped;
}

Place OpenFile::place(uint32_t offset) {
  uint32_t line = index().line(offset);
  if (line != known_.line || offset < known_offset_) {
    known_ = {line, 1};
    known_offset_ = index().line_begin(line);
  }
  known_ = advance(known_, known_offset_, offset);
  known_offset_ = offset;
  return known_;
}

Place OpenFile::end_place(uint32_t offset) const {
  return index().line(offset) == known_.line ? advance(known_, known_offset_, offset) : index().place(offset);
}

const std::string& OpenFile::line_hash(uint32_t line) {
  if (hashes_.empty()) hashes_ = github_line_hashes(text_);
  return hashes_[std::min<size_t>(line, hashes_.size()) - 1];
}

Place OpenFile::advance(Place place, uint32_t from, uint32_t to) const {
  for (uint32_t i = from; i < to; ++i) {
    auto byte = static_cast<unsigned char>(text_[i]);
    if ((byte & 0xC0) != 0x80) place.column += byte >= 0xF0 ? 2 : 1;
  }
  return place;
}

OpenFile& OpenFiles::open(uint32_t index) {
  auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file->id() == index; });
  if (found == files_.end()) {
    files_.push_front(std::make_unique<OpenFile>(index, sources_.text(index)));
    if (files_.size() > most_open) files_.pop_back();
  } else if (found != files_.begin()) {
    files_.splice(files_.begin(), files_, found);
  }
  return *files_.front();
}

}  // namespace tfcheck
