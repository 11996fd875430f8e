#include "repo/inflate.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tfcheck {

namespace {

// Most objects are small; larger ones are read in larger pieces.
constexpr size_t first_piece = 4096;
constexpr size_t next_piece = 64 << 10;

}  // namespace

InflateStream::InflateStream(int fd, uint64_t offset)
    : fd_(fd), offset_(offset), usable_(inflateInit(&stream_) == Z_OK) {}

InflateStream::~InflateStream() {
  inflateEnd(&stream_);
}

bool InflateStream::refill() {
  input_.resize(input_.empty() ? first_piece : next_piece);
  ssize_t got;
  do {
    got = ::pread(fd_, input_.data(), input_.size(), static_cast<off_t>(offset_));
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return false;
  offset_ += static_cast<uint64_t>(got);
  stream_.next_in = input_.data();
  stream_.avail_in = static_cast<uInt>(got);
  return true;
}

size_t InflateStream::fill(char* out, size_t size) {
  size_t done = 0;
  while (usable_ && !finished_ && done < size) {
    if (stream_.avail_in == 0 && !refill()) break;
    uInt room = static_cast<uInt>(std::min<size_t>(size - done, 1u << 30));
    stream_.next_out = reinterpret_cast<Bytef*>(out + done);
    stream_.avail_out = room;
    int code = inflate(&stream_, Z_NO_FLUSH);
    done += room - stream_.avail_out;
    finished_ = code == Z_STREAM_END;
    if (code != Z_OK && code != Z_BUF_ERROR && !finished_) usable_ = false;
  }
  return done;
}

bool InflateStream::ended() {
  char excess;
  return fill(&excess, 1) == 0 && finished_;
}

}  // namespace tfcheck
