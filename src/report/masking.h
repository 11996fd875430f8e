// The one place where text of the audited tree loses its secrets on its way out: frames, messages, notes, names of
// files, reasons, listings. It knows what rules and patterns recognised, in which file and in the project, and what is
// a secret by its place alone (masking/sensitive_text.h, masking/sensitive_facts.h). A file's share is worked out when
// something of the file is shown, and once.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/finding.h"
#include "masking/sensitive_facts.h"
#include "report/frame.h"
#include "report/open_files.h"
#include "report/report.h"
#include "report/secrets.h"
#include "report/sources.h"

namespace tfcheck {

class Masker {
 public:
  // Learns every secret of the project first: the rule that found one is not the only one that may show it. `sources`
  // and `files` must outlive this.
  Masker(const Sources& sources, OpenFiles& files, std::span<const Finding> findings);

  // Words as they may be shown, printable; about a file, or about none.
  std::string words(std::string_view text, uint32_t file);
  std::string words(std::string_view text);
  // The name of a file: its bytes, only what is recognised in it masked.
  std::string path(std::string_view path);
  // The line where a span of a file begins, for a finding in `about`.
  FrameLine frame(uint32_t file, Span span, uint32_t about);
  // What rules and patterns recognised in a file: ascending, disjoint.
  const std::vector<Span>& recognised(uint32_t file) const;
  // What is a secret by the facts of a file that has some.
  const SensitiveFile& by_facts(uint32_t file) { return look_at(file).by_facts; }
  // Everything of a report that findings do not hold: notices, names, reasons.
  void clean(Report& report);

 private:
  struct File {
    std::vector<Span> recognised;
    std::vector<Span> hidden;  // and what is a secret by the facts; once `looked_at`
    SensitiveFile by_facts;
    SecretTexts texts;
    std::map<uint32_t, std::vector<Span>> lines;  // what is a secret by its line alone, of lines that were shown
    bool looked_at = false;

    File();
  };

  void learn(uint32_t index, std::vector<Span> spans);
  void learn_evaluated(const File& file, const std::vector<SensitiveText>& texts);
  File& look_at(uint32_t index);
  const std::vector<Span>& line(File& file, uint32_t index, uint32_t number);
  std::vector<Span> spans_in(std::string_view text);

  const Sources& sources_;
  OpenFiles& open_;
  std::map<uint32_t, File> files_;
  SecretTexts common_;
  const std::vector<Span> no_spans_;
  std::string last_path_, last_masked_;  // findings come in order of files
};

}  // namespace tfcheck
