// build-release-run/mutable-release: deploy files that name the app's own image without saying which release.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "engine/message.h"
#include "engine/native.h"
#include "model/images.h"
#include "model/words.h"

namespace tfcheck {

namespace {

class MutableReleases {
 public:
  explicit MutableReleases(NativeContext& context) : context_(context), project_(context.project), census_(context) {
    note_rewritten();
  }

  void run() {
    for (uint32_t i = 0; i < project_.files.size(); ++i) {
      const ProjectFile& file = project_.files[i];
      if (!file.facts || !context_.looks_at(i)) continue;
      built_.reset();
      triggered_.reset();
      for (const Fact& fact : context_.facts(file)) {
        if (fact.kind == FactKind::Image) image(i, fact);
        if (fact.kind == FactKind::Command) deploy_command(i, fact);
      }
    }
  }

 private:
  // Names that Kustomize or Skaffold put a release in the place of.
  void note_rewritten() {
    for (const ProjectFile& file : project_.files) {
      std::string_view name = base_name(file.path);
      bool kustomize = name.starts_with("kustomization"), skaffold = name.starts_with("skaffold");
      if (!file.facts || (!kustomize && !skaffold)) continue;
      for (const Fact& fact : context_.facts(file)) {
        if (fact.kind != FactKind::Entry || !fact.value.is(ValueKind::String)) continue;
        bool named = kustomize ? fact.name.find("images.") != std::string_view::npos && fact.name.ends_with(".name")
                               : fact.name.find("artifacts.") != std::string_view::npos;
        if (named) rewritten_.emplace(fact.value.text);
      }
    }
  }

  bool is_deploy_file(const ProjectFile& file) const { return file.tells(tells::Release) && !(file.scope & scope::Ci); }

  void image(uint32_t index, const Fact& fact) {
    const ProjectFile& file = project_.files[index];
    if (!is_deploy_file(file) || fact.context.has(context::Development)) return;
    if (argument(fact.args(), "build").is(ValueKind::Bool) || rewritten_.contains(fact.name)) return;
    if (file.format() == "helm-values" && fact.value.text.empty()) return;  // the chart's version stands in
    if (!census_.floats(fact.name, fact.value) || !census_.is_own(fact.name)) return;
    if (is_built_beside(file, fact.name) || is_triggered(file, fact)) return;
    context_.report(index, fact.span,
                    fmt::format("The deploy runs {} {}: the release can change under it.", display(fact.name),
                                floating_words(fact.value)));
  }

  // Another service of the same compose file builds it.
  bool is_built_beside(const ProjectFile& file, std::string_view image) {
    if (!built_) {
      built_.emplace();
      for (const Fact& fact : context_.facts(file)) {
        if (fact.kind == FactKind::Image && argument(fact.args(), "build").is(ValueKind::Bool))
          built_->insert(fact.name);
      }
    }
    return built_->contains(image);
  }

  // OpenShift's image triggers put a digest in the place of the name.
  bool is_triggered(const ProjectFile& file, const Fact& image) {
    if (!image.context.scope.starts_with("DeploymentConfig.")) return false;
    if (!triggered_) {
      std::span<const Fact> facts = context_.facts(file);
      triggered_ = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
        return fact.kind == FactKind::Entry && fact.value.text == "ImageChange";
      });
    }
    return *triggered_;
  }

  // `kubectl set image deployment/web web=acme/web:latest`
  void deploy_command(uint32_t index, const Fact& fact) {
    if (fact.name != "kubectl" && fact.name != "oc") return;
    bool set = false;
    for (const Arg& arg : fact.args()) {
      std::string_view word = arg.value.text;
      if (arg.name.empty() && word == "set") set = true;
      if (!set || !arg.name.empty() || !arg.value.is(ValueKind::String) || !word.ends_with(":latest")) continue;
      context_.report(index, fact.span,
                      fmt::format("The deploy step rolls out {}: the release can change under it.", display(word)));
      return;
    }
  }

  NativeContext& context_;
  const Project& project_;
  ImageCensus census_;
  std::set<std::string, std::less<>> rewritten_;
  // Of the present file, once asked for.
  std::optional<std::set<std::string_view>> built_;
  std::optional<bool> triggered_;
};

}  // namespace

void rule_build_release_run_mutable_release(NativeContext& context) {
  MutableReleases(context).run();
}

}  // namespace tfcheck
