// zlib over a part of a file, read in pieces: never more of it than what is asked for needs.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <vector>

namespace tfcheck {

class InflateStream {
 public:
  // From `offset` of an open file on.
  InflateStream(int fd, uint64_t offset);
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;
  ~InflateStream();

  // Fills up to `size` bytes and returns how many there were: fewer when the stream ends, is damaged or cut.
  size_t fill(char* out, size_t size);
  // Has the stream ended as it should, checksum and all, with nothing left over?
  bool ended();

 private:
  bool refill();

  int fd_;
  uint64_t offset_;
  std::vector<unsigned char> input_;
  z_stream stream_ = {};
  bool usable_ = false;
  bool finished_ = false;
};

}  // namespace tfcheck
