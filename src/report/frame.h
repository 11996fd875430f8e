// The one line of source that a finding shows: masked, tabs expanded, safe to print, cut to a window round the mark.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/span.h"
#include "report/report.h"
#include "report/secrets.h"

namespace tfcheck {

// Wider lines are cut to a window round the mark.
inline constexpr uint32_t frame_width = 100;

// What must not be seen in a frame.
struct FrameSecrets {
  std::span<const Span> ranges = {};             // of the file: ascending, disjoint
  std::span<const Span> line = {};               // more of them, of this line
  std::array<const SecretTexts*, 3> texts = {};  // wherever they stand; null: none
};

// The line where `span` begins, with the part of the span that lies on it marked.
FrameLine make_frame(std::string_view text, const LineIndex& index, Span span, const FrameSecrets& secrets);

// Cuts a frame to `width` columns so that the mark, or at least its beginning, stays in view; cut ends show "…".
FrameLine fit_frame(FrameLine frame, uint32_t width);

}  // namespace tfcheck
