// The arithmetic of a score in words and numbers, as `tfcheck explain --score` prints it.
#pragma once

#include <string>

#include "report/report.h"

namespace tfcheck {

// Per component and factor what was looked at, what each rule takes off and why a bar is missing; how the bars make the
// overall number; and the weights behind it with their reasons.
std::string score_text(const Score& score);

}  // namespace tfcheck
