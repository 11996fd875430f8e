// Who names a file: documents and Makefiles by the section around the name, scripts of packages, jobs of CI, and the
// compose files, images and shell scripts of the repository. It tells a deploy from what only developers run, where
// neither a path nor the file itself does.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/project.h"

namespace tfcheck {

class FilesByName;

// How often a file is named, by what is said of it.
struct Uses {
  uint32_t plain = 0, chores = 0, developing = 0, deploying = 0;

  // Developers run it, as nearly all say who name it, and nobody says that it is deployed.
  bool only_developing() const { return developing > 0 && developing >= 3 * plain && deploying == 0; }
  // Whoever names it at all runs it by hand.
  bool only_by_hand() const { return plain == 0 && deploying == 0; }
};

class Mentions {
 public:
  // By documents, packages and CI. The listing, whose files carry their facts, must outlive it. Linear in its facts and
  // names.
  explicit Mentions(const Listing& listing);
  ~Mentions();
  // … and by what deploys and by scripts, once the roles of compose files are known.
  void read_deploys();
  // What scripts and images name that only developers use is for developers as well; `is_theirs` says so of a script or
  // an image. Each is followed once.
  void follow(const std::function<bool(uint32_t)>& is_theirs);

  Uses of(uint32_t file) const;
  // A job of CI deploys or publishes something.
  bool has_deploy_job() const { return deploy_job_; }

 private:
  void read_package(uint32_t index);
  void read_jobs(uint32_t index);
  void read_deploy(uint32_t index, Tone tone);
  void read_build(uint32_t from, const Fact& fact, Tone tone);
  void read_line(uint32_t from, std::string_view line, Tone tone, std::string& folder);
  void note(uint32_t from, std::string_view folder, std::string_view name, Tone tone);

  const Listing& listing_;
  const NamingTexts& texts_;
  std::unique_ptr<FilesByName> names_;
  struct Said {
    uint32_t file;
    Tone tone;
  };
  std::map<uint32_t, Uses> uses_;               // by file
  std::map<uint32_t, std::vector<Said>> said_;  // by script or image whose use is not known yet
  std::vector<Said>* said_now_ = nullptr;       // of the one that is read
  bool deploy_job_ = false;
};

}  // namespace tfcheck
