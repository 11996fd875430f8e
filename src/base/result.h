// Result<T>: a value or a user's mistake. Mistakes are what a person can put right (a flag, a configuration key, a rule
// page); they carry the place and a hint. Trouble in the audited tree is a Notice; bugs assert.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/unread.h"

namespace tfcheck {

struct Error {
  std::string message;  // one sentence, no trailing full stop needed
  std::string file;     // "" when no file is to blame
  uint32_t line = 0;    // 1-based; 0 when unknown
  std::string hint;     // "did you mean …", "" when there is none
};

// "file:line: message (hint)", the parts that are known.
std::string to_string(const Error& error);

template <typename T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::move(error)) {}  // NOLINT

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// Trouble in the audited tree: what could not be read or parsed. The run goes on without it.
struct Notice {
  std::string path;  // relative to the root of the audit; "" for the audit as a whole
  std::string message;
  uint32_t line = 0;             // 1-based; 0 when no line is meant
  Unread unread = Unread::None;  // set when it says that something was not looked at, and why

  friend bool operator==(const Notice&, const Notice&) = default;
  friend auto operator<=>(const Notice&, const Notice&) = default;
};

}  // namespace tfcheck
