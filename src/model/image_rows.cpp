// `image`: what a build or a deploy names, joined with what builds it, replaces it or rolls it out.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "model/backing_compose.h"
#include "model/chart_values.h"
#include "model/derive.h"
#include "model/derived_row.h"
#include "model/images.h"
#include "model/rewritten_images.h"
#include "model/rollout_commands.h"
#include "model/scope.h"
#include "model/task_releases.h"
#include "model/words.h"
#include "model/workflow_jobs.h"

namespace tfcheck {

namespace {

using Names = std::set<std::string, std::less<>>;

constexpr size_t shortest_digest = 40;  // characters; "" and "sha256:" are none

bool is_built(const Fact& image) {
  return argument(image.args(), "build").is(ValueKind::Bool);
}

class ImageRows {
 public:
  ImageRows(const WholeProject& view, ModelFacts& facts)
      : view_(view),
        project_(view.project),
        facts_(facts),
        census_(view),
        rollouts_(view),
        backing_(backing_compose_files(view.project)),
        deploy_folders_(view.set("deploy-folder")),
        inspecting_(view.set("admin-ui-image")),
        digest_keys_(view.set("digest-key")),
        rewritten_(view),
        chart_values_(view),
        tasks_(view) {}

  void run() {
    for (uint32_t file = 0; file < project_.files.size(); ++file) read(file);
    for (uint32_t file = 0; file < project_.files.size(); ++file) read_commands(file), read_template(file);
  }

 private:
  // What a file says of its images beside their names.
  struct Around {
    std::set<std::string_view> built;  // by a service of this file
    // Containers that take what lies on the machine, by path and document.
    std::set<std::pair<std::string_view, uint32_t>> unpulled;
    std::set<std::string_view> digested;  // paths beside whose tag a digest stands
    // Variables in front of the first stage of an image's build, by their values.
    std::map<std::string_view, std::string_view> variables;
    bool triggered = false;  // OpenShift's image triggers put a digest in the place of the name
  };

  Around around(const ProjectFile& file) const {
    Around found;
    for (const Fact& fact : view_.facts(file)) {
      if (fact.kind == FactKind::Image && is_built(fact)) found.built.insert(fact.name);
      if (fact.kind != FactKind::Entry) continue;
      found.triggered |= fact.value.text == "ImageChange";
      bool kubernetes = fact.name.ends_with(".imagePullPolicy") && fact.value.text == "Never";
      bool compose = fact.name.ends_with(".pull_policy") && (fact.value.text == "never" || fact.value.text == "build");
      if (kubernetes || compose) found.unpulled.emplace(above(fact.name), fact.context.index);
      bool digest = fact.value.is(ValueKind::String) && fact.value.text.size() >= shortest_digest;
      if (digest && digest_keys_.contains(base_name_of(fact.name))) found.digested.insert(above(fact.name));
    }
    if (file.format() == "dockerfile") note_variables(file, found);
    return found;
  }

  void note_variables(const ProjectFile& file, Around& found) const {
    constexpr std::string_view argument = "ARG.";
    uint32_t first = UINT32_MAX;
    std::span<const Fact> facts = view_.facts(file);
    for (const Fact& fact : facts) {
      if (fact.kind == FactKind::Image && fact.context.scope == "FROM") first = std::min(first, fact.span.begin);
    }
    for (const Fact& fact : facts) {
      bool global = fact.kind == FactKind::Entry && fact.name.starts_with(argument) && fact.span.begin < first;
      if (global && fact.value.is(ValueKind::String))
        found.variables.emplace(fact.value.text, fact.name.substr(argument.size()));
    }
  }

  // What names the image's version: the variable that gives its tag, or part of it, speaks for all images that take it.
  static std::pair<std::string_view, std::string_view> version_key(const Around& beside, const Fact& image) {
    std::string_view tag = settled_tag(image.value).text;
    for (std::string_view part : split(tag, '-')) {
      auto variable = beside.variables.find(part);
      if (variable != beside.variables.end()) return {"", variable->second};
    }
    return {image.name, tag};
  }

  static std::string_view above(std::string_view path) {
    return path.substr(0, std::min(path.rfind('.'), path.size()));
  }

  void read(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    if (!file.facts) return;
    std::span<const Fact> facts = view_.facts(file);
    Around beside = around(file);
    std::set<std::pair<std::string_view, std::string_view>> named;
    bool deploys = file.tells(tells::Release) && !(file.scope & scope::Ci);
    std::optional<WorkflowJobs> jobs;
    if (file.scope & scope::Ci) jobs.emplace(view_, file);
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind == FactKind::Entry && file.format() == "compose") read_variable({index, i}, fact);
      // "docker.io/library/${system}" of an argument that is empty until the build is given one names nothing.
      if (fact.kind != FactKind::Image || fact.name.ends_with('/')) continue;
      bool replaced = rewritten_.contains(index, fact.name) ||
                      (beside.triggered && fact.context.scope.starts_with("DeploymentConfig."));
      bool local = beside.unpulled.contains({above(fact.context.scope), fact.context.index});
      bool digested = beside.digested.contains(fact.context.scope);
      bool own = census_.is_own(fact.name), floats = !local && !digested && census_.floats(fact.name, fact.value);
      if (own && floats && deploys) deployed_.emplace(fact.name);
      row({index, i}, fact)
          .column("role", file.format() == "dockerfile" ? "base" : "runs")
          .column("other-release", own ? tasks_.other_release(file, fact) : "")
          .flag("own", own)
          .flag("release", census_.is_release(fact.name))
          .flag("floats", floats)
          .flag("again", floats && !named.emplace(version_key(beside, fact)).second)
          .flag("built", beside.built.contains(fact.name))
          .flag("rewritten", replaced)
          // A chart's own value that is empty, or that deploys of the repository replace.
          .flag("default", (is_chart_value(file, fact) && fact.value.text.empty()) ||
                               (file.format() == "helm-values" &&
                                chart_values_.gives(index, std::string(fact.context.scope) + ".tag")))
          .flag("deploys", deploys)
          .flag("backing", is_beside_the_deploy(index) || inspecting_.contains(base_name(fact.name)))
          .flag("checks", jobs && (is_service_of_job(fact) || !jobs->is_deploy_job(jobs->job_of(fact.context.scope))))
          .add_to(facts_, project_);
    }
  }

  // What values leave out the chart says.
  static bool is_chart_value(const ProjectFile& file, const Fact& image) {
    std::string_view scope = image.context.scope;
    return file.format() == "helm-values" || scope.starts_with("HelmRelease.spec.values.") ||
           scope.find(".helm.valuesObject.") != std::string_view::npos;
  }

  // What a job has beside it while it runs, "jobs.release.services.db.image": test data, whatever the job is for. Its
  // own Docker is a tool of it.
  static bool is_service_of_job(const Fact& image) {
    std::string_view scope = image.context.scope;
    bool service = scope.find(".services.") != std::string_view::npos || scope.ends_with(".services") ||
                   scope.starts_with("services.");
    return service && parse_image_name(image.name).base != "docker";
  }

  // Services that no app is started with, in a folder that is neither a component's own nor kept for deploys.
  bool is_beside_the_deploy(uint32_t index) const {
    if (!backing_.contains(index)) return false;
    std::string_view folder = dir_name(project_.files[index].path);
    bool own = std::any_of(project_.components.begin(), project_.components.end(),
                           [&](const Component& component) { return component.root == folder; });
    return !own && !deploy_folders_.contains(base_name(folder));
  }

  // `image: $WEB_IMAGE`, which the file of variables beside the compose file fills in.
  void read_variable(FactRef at, const Fact& entry) {
    if (!entry.value.is(ValueKind::Env) || entry.value.item_count || !entry.name.ends_with(".image")) return;
    uint32_t variables = project_.find_file(join_path(dir_name(project_.files[at.file].path), ".env"));
    if (variables == no_index || !project_.files[variables].facts) return;
    std::optional<uint32_t> found = value_of(variables, entry.value.text);
    if (!found) return;
    const Value& written = project_.fact({variables, *found}).value;
    std::optional<ImageReference> image = split_reference(written);
    if (!image) return;
    FactRef made = add_composed(at, *image);
    facts_.add_related(made, {{variables, *found}, "the variable says so here"});
  }

  // What a deploy runs by a reference that stands elsewhere, or in parts.
  FactRef add_composed(FactRef at, const ImageReference& image) {
    return running(at, image).flag("deploys").add_to(facts_, project_);
  }

  DerivedRow running(FactRef at, const ImageReference& image) const {
    DerivedRow made(FactKind::ImageUse, at, image.name);
    made.value(image.tag.text)
        .column("tagged", floating_words(image.tag))
        .column("role", "runs")
        .flag("own", census_.is_own(image.name))
        .flag("floats", census_.floats(image.name, image.tag));
    return made;
  }

  static DerivedRow row(FactRef at, const Fact& image) {
    DerivedRow made(FactKind::ImageUse, at, image.name);
    made.value(settled_tag(image.value).text).column("tagged", floating_words(image.value));
    return made;
  }

  // --- what a chart's template puts together of its values ---

  // `image: "{{ .Values.web.image.name }}:{{ .Values.web.image.release }}"`: the value in the end is the tag.
  void read_template(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    size_t folder = file.path.rfind("/templates/");
    if (!file.facts || file.format() != "helm" || folder == std::string::npos) return;
    uint32_t values = project_.find_file(file.path.substr(0, folder) + "/values.yaml");
    if (values == no_index || !project_.files[values].facts) return;
    for (const Fact& fact : view_.facts(file)) {
      bool image = fact.kind == FactKind::Entry && fact.name.ends_with(".image") && fact.value.is(ValueKind::Template);
      if (image) put_together(values, fact.value.text);
    }
  }

  void put_together(uint32_t values, std::string_view written) {
    constexpr std::string_view opens = "${.Values.";
    std::string text;
    std::optional<uint32_t> last;
    for (size_t at = 0; at < written.size();) {
      if (!written.substr(at).starts_with(opens)) {
        text += written[at++];
        continue;
      }
      size_t end = std::min(written.find('}', at), written.size());
      std::string_view key = trim(written.substr(at + opens.size(), end - at - opens.size()));
      last = value_of(values, key);
      // A value that is called tag is read with its image already.
      if (!last || base_name_of(key) == "tag" || base_name_of(key) == "imageTag") return;
      text += project_.fact({values, *last}).value.text;
      at = end + 1;
    }
    Value whole;
    whole.kind = ValueKind::String;
    whole.text = text;
    std::optional<ImageReference> image = split_reference(whole);
    if (!last || !image || !composed_.emplace(values, *last).second) return;
    if (!chart_values_.gives(values, project_.fact({values, *last}).name)) add_composed({values, *last}, *image);
  }

  static std::string_view base_name_of(std::string_view key) { return key.substr(key.rfind('.') + 1); }

  std::optional<uint32_t> value_of(uint32_t file, std::string_view key) {
    auto [place, fresh] = values_.try_emplace(file);
    std::span<const Fact> facts = fresh ? view_.facts(project_.files[file]) : std::span<const Fact>{};
    for (uint32_t i = 0; i < facts.size(); ++i) {
      bool literal = facts[i].value.is(ValueKind::String) || facts[i].value.is(ValueKind::Number);
      if (facts[i].kind == FactKind::Entry && literal) place->second.emplace(facts[i].name, i);
    }
    auto found = place->second.find(key);
    return found == place->second.end() ? std::nullopt : std::optional(found->second);
  }

  // --- what a deploy's commands roll out ---

  void read_commands(uint32_t index) {
    const ProjectFile& file = project_.files[index];
    if (!file.facts) return;
    std::span<const Fact> facts = view_.facts(file);
    std::optional<ImageReference> pushed;  // by a command above, under a tag that moves
    for (uint32_t i = 0; i < facts.size(); ++i) {
      const Fact& fact = facts[i];
      if (fact.kind != FactKind::Command) continue;
      if (fact.name == "helm") read_chart({index, i}, fact);
      if (std::optional<ImageReference> found = moving_push(fact)) pushed = found;
      std::optional<RolloutCommands::Found> rollout = rollouts_.read(fact);
      if (!rollout) continue;
      for (const Value& image : rollout->images) {
        std::optional<ImageReference> reference = split_reference(image);
        if (!reference || (rollout->own_only && !census_.is_own(reference->name))) continue;
        add_rollout({index, i}, *reference, false);
        if (rollout->own_only) break;
      }
      if (rollout->restarts && pushed && !deployed_.contains(pushed->name)) add_rollout({index, i}, *pushed, true);
    }
  }

  // helm upgrade shop acme/shop --set image.repository=acme/web --set image.tag=latest
  void read_chart(FactRef at, const Fact& command) {
    for (const ChartImage& image : images_given_to_chart(command)) {
      Value tag;
      tag.kind = ValueKind::String;
      tag.text = image.tag;
      bool first = given_to_charts_.emplace(at.file, image.name + ":" + image.tag).second;
      if (first && census_.is_own(image.name)) add_composed(at, {image.name, tag});
    }
  }

  std::optional<ImageReference> moving_push(const Fact& command) const {
    if (command.name != "docker" && command.name != "podman" && command.name != "buildah") return std::nullopt;
    std::span<const Arg> args = command.args();
    bool pushes = std::any_of(args.begin(), args.end(), [](const Arg& arg) { return arg.value.text == "push"; });
    if (!pushes) return std::nullopt;
    for (const Arg& arg : args) {
      std::optional<ImageReference> found = split_reference(arg.value);
      if (arg.name.empty() && found && census_.floats(found->name, found->tag)) return found;
    }
    return std::nullopt;
  }

  void add_rollout(FactRef at, const ImageReference& image, bool restart) {
    running(at, image).flag("rollout").flag("restart", restart).add_to(facts_, project_);
  }

  const WholeProject& view_;
  const Project& project_;
  ModelFacts& facts_;
  ImageCensus census_;
  RolloutCommands rollouts_;
  const std::unordered_set<uint32_t> backing_;  // compose files that start no app
  const WordSet &deploy_folders_, &inspecting_, &digest_keys_;
  const RewrittenImages rewritten_;
  const ChartValues chart_values_;
  const TaskReleases tasks_;
  std::map<uint32_t, std::map<std::string_view, uint32_t>> values_;  // of charts: file → path → fact
  std::set<std::pair<uint32_t, uint32_t>> composed_;  // values that a template has put into an image, by file and fact
  std::set<std::pair<uint32_t, std::string>> given_to_charts_;  // by the commands of a file
  Names deployed_;                                              // own images that a deploy file takes by a moving tag
};

}  // namespace

void derive_images(const WholeProject& view, ModelFacts& facts) {
  ImageRows(view, facts).run();
}

}  // namespace tfcheck
