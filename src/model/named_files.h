// Names of files in texts that are neither source nor configuration: READMEs and other documents, Makefiles,
// descriptions of developers' machines. The
// section around a name says what the file is good for. What deploys and what only developers run is told by who names
// it (model/mentions.h).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/vocabulary.h"

namespace tfcheck {

// What a text says of a file that it names, by the words of the section, target or script around it.
enum class Tone : uint8_t {
  Plain,       // nothing
  Chore,       // a task that somebody runs by hand
  Developing,  // it is for developers or tests
  Deploying,   // it is for a deploy
};

struct NamedFile {
  // As written, behind the `cd` before it. "docker/" is the compose file of a folder, which `docker compose up` takes
  // when it is given none.
  std::string name;
  Tone tone = Tone::Plain;

  friend auto operator<=>(const NamedFile&, const NamedFile&) = default;
};

class NamingTexts {
 public:
  // Throws std::logic_error when a set is missing. The vocabulary must outlive it.
  explicit NamingTexts(const Vocabulary& vocabulary);

  // The names in a text, each once for a tone, sorted, at most five hundred; of ignore files their rules for locks;
  // none in another text that is neither a document nor a Makefile.
  std::vector<NamedFile> of(std::string_view path, std::string_view text) const;
  static bool is_key_file(std::string_view path);
  // What words say; `otherwise` where they say nothing.
  Tone tone_of(std::string_view words, Tone otherwise) const;
  // The names in one line, which runs in a folder: what `cd` says in it holds for the next one.
  void read_line(std::string_view line, Tone tone, std::string& folder, std::vector<NamedFile>& into) const;

 private:
  std::vector<NamedFile> of_document(std::string_view path, std::string_view text) const;
  std::vector<NamedFile> of_makefile(std::string_view text) const;
  std::vector<NamedFile> of_tasks(std::string_view text) const;
  std::vector<NamedFile> of_machine(std::string_view text) const;
  static std::vector<NamedFile> of_ignore_file(std::string_view text);

  const WordSet &documents_, &makefiles_, &developing_, &own_machine_, &deploying_, &endings_, &verbs_, &machines_;
};

}  // namespace tfcheck
