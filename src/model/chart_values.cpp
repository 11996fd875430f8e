#include "model/chart_values.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/lines.h"
#include "base/text.h"
#include "model/scope.h"

namespace tfcheck {

namespace {

constexpr std::string_view any_chart = "*";
constexpr size_t longest_path = 300;
constexpr size_t most_lines = 500;  // of a block of values

bool is_computed(std::string_view text) {
  return text.find("${") != std::string_view::npos || text.find("{{") != std::string_view::npos;
}

// "image.tag=1,replicas=2" → the keys.
template <typename Keys>
void note_assignments(std::string_view text, Keys& into) {
  for (std::string_view one : split(text, ',')) {
    size_t sign = one.find('=');
    if (sign != std::string_view::npos && sign > 0) into.emplace(trim(one.substr(0, sign)));
  }
}

// What stands behind a root: "image.tag" of "HelmRelease.spec.values.image.tag".
std::string_view behind(std::string_view name, std::string_view root) {
  size_t at = name.find(root);
  return at == std::string_view::npos ? std::string_view{} : name.substr(at + root.size());
}

}  // namespace

ChartValues::ChartValues(const ProjectView& view) : view_(view) {
  view.for_each(FactKind::Command, [&](FactRef, const Fact& fact) {
    if (fact.name == "helm") read_command(fact);
  });
  for (const ProjectFile& file : view.project.files) {
    bool counts = file.facts && (file.format() == "kubernetes" || file.format() == "helm") &&
                  !(file.scope & (scope::Outside | scope::Development));
    if (counts) read_documents(file);
  }
}

bool ChartValues::gives(uint32_t values, std::string_view key) const {
  for (std::string_view chart : {dir_name(view_.project.files[values].path), any_chart}) {
    auto found = given_.find(chart);
    if (found == given_.end()) continue;
    if (found->second.contains(key)) return true;
    bool like = std::any_of(found->second.begin(), found->second.end(), [&](const std::string& one) {
      return one.find('*') != std::string::npos && glob_match(one, key, '.');
    });
    if (like) return true;
  }
  return false;
}

// The folder of a chart of this repository; any of them for a path that is computed, "" for another's.
std::string ChartValues::chart_at(std::string_view folder, std::string_view path) const {
  if (is_computed(path)) return std::string(any_chart);
  if (path.empty() || path.size() > longest_path || path.find("://") != std::string_view::npos) return {};
  for (std::string_view base : {folder, std::string_view{}}) {
    std::string place = join_path(base, path);
    if (view_.project.find_file(join_path(place, "Chart.yaml")) != no_index) return place;
  }
  return {};
}

// helm upgrade shop ./charts/shop --set image.tag=$TAG -f deploy/production.yaml
void ChartValues::read_command(const Fact& command) {
  Keys keys;
  std::string chart;
  std::string_view option;
  for (const Arg& arg : command.args()) {
    std::string_view word = arg.value.text;
    if (!arg.name.empty()) continue;
    std::string_view given = std::exchange(option, {});
    if (given.empty() && word.starts_with('-')) {
      option = before_first(word, '=');
      if (option.size() == word.size()) continue;
      given = std::exchange(option, {});
      word.remove_prefix(given.size() + 1);
    }
    if (given == "--set" || given == "--set-string" || given == "--set-file")
      note_assignments(word, keys);
    else if (given == "-f" || given == "--values")
      read_file(word, keys);
    else if (chart.empty())
      chart = chart_at({}, word);
  }
  if (!chart.empty() && !keys.empty()) given_[chart].merge(keys);
}

void ChartValues::read_file(std::string_view path, Keys& into) const {
  if (path.size() > longest_path || is_computed(path)) return;
  uint32_t file = view_.project.find_file(join_path({}, path));
  if (file == no_index || base_name(path) == "values.yaml") return;
  for (const Fact& fact : view_.facts(view_.project.files[file])) {
    if (fact.kind == FactKind::Entry && !fact.value.is(ValueKind::Map)) into.emplace(fact.name);
  }
}

void ChartValues::read_documents(const ProjectFile& file) {
  struct Document {
    std::string chart;
    Keys keys;
  };
  std::map<uint32_t, Document> documents;
  std::string_view folder = dir_name(file.path);
  for (const Fact& fact : view_.facts(file)) {
    bool release = fact.name.starts_with("HelmRelease.spec."), application = fact.name.starts_with("Application.spec.");
    if (fact.kind != FactKind::Entry || (!release && !application)) continue;
    Document& document = documents[fact.context.index];
    bool chart =
        fact.name == "HelmRelease.spec.chart.spec.chart" || (application && fact.name.ends_with("source.path"));
    if (chart) document.chart = chart_at(folder, fact.value.text);
    for (std::string_view root : {".helm.valuesObject.", "HelmRelease.spec.values."}) {
      std::string_view key = behind(fact.name, root);
      if (!key.empty() && !fact.value.is(ValueKind::Map)) document.keys.emplace(key);
    }
    if (fact.name.find(".helm.parameters.") != std::string_view::npos && fact.name.ends_with(".name"))
      document.keys.emplace(fact.value.text);
    if (fact.name.ends_with(".helm.values")) read_block(fact.value.text, document.keys);
  }
  for (auto& [index, document] : documents) {
    if (!document.chart.empty()) given_[document.chart].merge(document.keys);
  }
}

// Keys of YAML by their indentation; what only a template knows may be any.
void ChartValues::read_block(std::string_view text, Keys& into) const {
  std::vector<std::pair<size_t, std::string>> above;
  size_t count = 0;
  for (Lines lines(text); !lines.done() && count < most_lines; ++count) {
    std::string_view line = lines.take().text, plain = trim(line);
    size_t sign = plain.find(": "), end = plain.ends_with(':') ? plain.size() - 1 : sign;
    if (plain.empty() || plain.front() == '#' || plain.front() == '-' || end == std::string_view::npos) continue;
    std::string_view key = plain.substr(0, end);
    if (!is_computed(key) && key.find(' ') != std::string_view::npos) continue;
    auto indent = static_cast<size_t>(plain.data() - line.data());
    while (!above.empty() && above.back().first >= indent) above.pop_back();
    std::string path = above.empty() ? std::string() : above.back().second + ".";
    path += is_computed(key) ? any_chart : key;
    if (path.size() > longest_path) continue;
    if (end + 1 < plain.size()) into.insert(path);
    above.emplace_back(indent, std::move(path));
  }
}

}  // namespace tfcheck
