// Template languages inside YAML: `{{ … }}` of Helm and Jinja, `{% … %}`, `<% … %>` of ERB. Before the parse, lines
// that hold only such expressions become blank and expressions inside a line become neutral text of the same length,
// so that every offset stays right; the places are kept, so that a scalar's text can be taken from the file again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

struct MaskedText {
  std::string text;               // as long as the source; "" when the source has no expressions
  std::vector<Span> expressions;  // in order

  bool any() const { return !expressions.empty(); }
  // True when an expression lies inside or across the range.
  bool touches(Span range) const;
};

MaskedText mask_templates(std::string_view source);

}  // namespace tfcheck
