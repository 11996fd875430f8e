// Bundler's and RubyGems' manifests: Gemfile, gems.rb, *.gemspec.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

// Formats "gemfile" and "gemspec": Dependency facts, ecosystem "rubygems", args "group" ("development,test") and
// "source" (git URL, GitHub name or path); Entry "ruby" and "source"; Import (scope "eval_gemfile"). Gemfile.lock is
// "lock" and has no facts.
const Adapter& gemfile_adapter();

}  // namespace tfcheck
