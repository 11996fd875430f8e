// What to do about a finding, in the words of its match or page and in the notation of the place at hand.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/finding.h"
#include "pages/rule.h"

namespace tfcheck {

// One sentence without its full stop: the match's, else the page's first, and behind a colon the example for the format
// or the language of the finding's file, or for the language of the command that it is about, where match or page has
// one.
// {placeholders} are those of messages, and the page's stand-in gives way to the variable that the fact at the
// finding's place is about.
std::string fix_of(const Rule& rule, const Finding& finding, const Project& project, std::optional<FactRef> fact);
// The languages of the command that a finding is about: Python of `pip install`. None where it is about no command.
std::span<const std::string> command_languages(const Finding& finding, const Project& project);

}  // namespace tfcheck
