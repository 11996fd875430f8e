// Images in which the app is packed for a system, not run: nobody deploys them.
#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "model/roles.h"
#include "model/scope.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class PackagingImages {
 public:
  explicit PackagingImages(const Listing& listing)
      : listing_(listing),
        programs_(listing.words().vocabulary.set("packaging-program")),
        packages_(listing.words().vocabulary.set("packaging-package")) {}

  // The last stage installs what packs, or a script beside the file that it starts does so.
  bool holds(const ProjectFile& file) const {
    for (const Fact& fact : file.facts->facts()) {
      if (fact.kind != FactKind::Command || !fact.context.has(context::FinalStage)) continue;
      if (fact.context.scope == "RUN" && installs(fact)) return true;
      bool starts = fact.context.scope == "CMD" || fact.context.scope == "ENTRYPOINT";
      if (starts && (programs_.contains(fact.name) || starts_packing(file, fact))) return true;
    }
    return false;
  }

 private:
  bool installs(const Fact& command) const {
    auto args = command.args();
    auto is = [&](std::string_view word) {
      return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return arg.value.text == word; });
    };
    if (!is("install") && !is("add")) return false;
    return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return packages_.contains(arg.value.text); });
  }

  bool starts_packing(const ProjectFile& file, const Fact& command) const {
    if (packs(file, command.name)) return true;
    auto args = command.args();
    return std::any_of(args.begin(), args.end(), [&](const Arg& arg) { return packs(file, arg.value.text); });
  }

  bool packs(const ProjectFile& image, std::string_view path) const {
    uint32_t script = listing_.find_file(join_path(dir_name(image.path), base_name(path)));
    if (path.empty() || script == no_index || !listing_.files[script].facts) return false;
    std::span<const Fact> facts = listing_.files[script].facts->facts();
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact.kind == FactKind::Command && programs_.contains(fact.name);
    });
  }

  const Listing& listing_;
  const WordSet &programs_, &packages_;
};

}  // namespace

void mark_packaging_images(Listing& listing) {
  PackagingImages images(listing);
  for (ProjectFile& file : listing.files) {
    if (file.facts && file.format() == "dockerfile" && images.holds(file)) file.scope |= scope::Packing;
  }
}

}  // namespace tfcheck
