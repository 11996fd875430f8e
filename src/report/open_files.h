// The texts that a report shows parts of: the few files used last stay open, since findings come in order of files.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "report/sources.h"

namespace tfcheck {

// A file's text with what places in it need. Findings come in order, so the last place is remembered: columns on one
// very long line would otherwise be counted from its beginning each time.
class OpenFile {
 public:
  OpenFile(uint32_t id, std::string text) : id_(id), text_(std::move(text)) {}

  uint32_t id() const { return id_; }
  std::string_view text() const { return text_; }
  // Made when it is first asked for: of most files only the bytes are wanted.
  const LineIndex& index() const;

  // The span inside the text, without the line ends at its end.
  Span clip(Span span) const;
  Place place(uint32_t offset);
  // The end of a span whose beginning was asked for last.
  Place end_place(uint32_t offset) const;
  // GitHub's hash of a line; all of them are worked out at once.
  const std::string& line_hash(uint32_t line);

 private:
  Place advance(Place place, uint32_t from, uint32_t to) const;

  uint32_t id_;
  std::string text_;
  mutable std::optional<LineIndex> index_;
  Place known_;
  uint32_t known_offset_ = 0;
  std::vector<std::string> hashes_;
};

class OpenFiles {
 public:
  explicit OpenFiles(const Sources& sources) : sources_(sources) {}
  // The reference holds until another file is asked for.
  OpenFile& open(uint32_t index);

 private:
  const Sources& sources_;
  std::list<std::unique_ptr<OpenFile>> files_;
};

}  // namespace tfcheck
