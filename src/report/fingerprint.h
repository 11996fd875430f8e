// Names by which a finding is recognised in the next run: GitHub's hash of the lines that follow it, and tfcheck's own,
// which stays the same when lines move.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace tfcheck {

// GitHub's primaryLocationLineHash of every line: "<hex>:<how often this hash has come up in the file>". The upload
// action computes it again and warns when it differs, so the odd cases are kept. It covers the real text, secrets too,
// as GitHub's does: 64 bits of a rolling hash over 100 characters give no secret away that one could not guess.
std::vector<std::string> github_line_hashes(std::string_view text);

// The hash behind tfcheck/v1: 16 hex digits over rule, path, the marked text with blanks collapsed and secrets
// replaced by a constant, and the ordinal among findings where all of these are equal.
std::string stable_fingerprint(std::string_view rule, std::string_view path, std::string_view normal_text,
                               uint32_t ordinal);

// What a baseline knows a finding by once it has moved, both of them without the path (report/baseline.h): 16 hex
// digits,
// "" where there is nothing to tell it by.
//
// The marked text as no formatter changes it: blanks, quotes and commas at the end of a list are left out, secrets
// replaced by a constant.
std::string content_fingerprint(std::string_view text, Span span, std::span<const Span> secrets);
// Of a whole file: its lines, each up to the first '=' or ':', so that no value of a file of settings is in it.
std::string outline_fingerprint(std::string_view text, std::span<const Span> secrets);
// The place in its file: the function, class or key that it stands in, and what it is about ("call
// logging.FileHandler").
std::string place_fingerprint(std::string_view scope, std::string_view kind, std::string_view name);

// The text of `span` for stable_fingerprint: ranges of `secrets` (ascending, disjoint) replaced by a constant, runs of
// blanks by one blank.
std::string normal_text(std::string_view text, Span span, std::span<const Span> secrets);

}  // namespace tfcheck
