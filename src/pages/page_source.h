// The text of a page: its own, or one of the built-in ones, which are unpacked when somebody reads one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tfcheck {

struct EmbeddedRules;

class PageSource {
 public:
  PageSource() = default;
  PageSource(std::string text) : text_(std::move(text)) {}
  PageSource(std::string_view text) : text_(text) {}
  // `embedded` is kept.
  PageSource(const EmbeddedRules& embedded, size_t number) : embedded_(&embedded), number_(number) {}

  // Lives as long as this does.
  std::string_view text() const;
  operator std::string_view() const { return text(); }

 private:
  std::string text_;
  const EmbeddedRules* embedded_ = nullptr;
  size_t number_ = 0;
};

}  // namespace tfcheck
