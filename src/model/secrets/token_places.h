// What stands round a token or a key of a file and says that it is no secret.
#pragma once

#include <string_view>

#include "model/project_view.h"
#include "model/secrets/stage_names.h"

namespace tfcheck {

class TokenPlaces {
 public:
  explicit TokenPlaces(const ProjectView& view)
      : view_(view),
        shown_(view.set("showing-word")),
        replacing_(view.set("release-settings")),
        samples_(view.set("example-word")),
        stages_(view) {}
  // The file that is asked about from now on.
  void set_file(const ProjectFile& file) { file_ = &file, looked_ = 0; }

  // The whole literal that a part stands in: a pattern ends before a long one does. The part itself where there is
  // none.
  Span literal_round(Span part) const;
  // It is held by EXAMPLE_OF_A_DEVICE: what documentation shows.
  bool is_shown(Span part) const;
  // Its name calls it an example, or it stands in the description of an API, which configures nothing.
  bool is_example(Span part) const;
  // It stands in a section for tests.
  bool is_of_test(Span part) const;
  // The settings of the file are those of development: others beside it replace them when a release starts.
  bool is_replaced_at_start() const;
  // The file is what Google configures mobile and web clients by, or the settings that Firebase has its users put into
  // their pages stand beside the key.
  bool is_client_key(Span key) const;
  // Of those the latter.
  bool is_web_client(Span key) const;

 private:
  const Fact* fact_round(Span part) const;
  bool may_look() const { return ++looked_ <= most_asked; }

  static constexpr size_t most_asked = 40;  // parts of one file whose neighbours are looked at
  const ProjectView& view_;
  const WordSet &shown_, &replacing_, &samples_;
  StageNames stages_;
  const ProjectFile* file_ = nullptr;
  mutable size_t looked_ = 0;  // of the file
};

}  // namespace tfcheck
