#include "report/practices.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "report/assess.h"
#include "report/open_files.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

size_t factor_index(std::string_view factor) {
  return static_cast<size_t>(std::find(factor_ids.begin(), factor_ids.end(), factor) - factor_ids.begin());
}

class PracticePlaces {
 public:
  PracticePlaces(const AuditResult& audit, const RuleSet& rules, const FileSet& files, Masker& masker)
      : project_(audit.project), rules_(rules), masker_(masker), open_(sources_) {
    // Not those that a report keeps: a place needs its line, and nothing is shown of the text.
    sources_.text = [this, &files](uint32_t file) { return text_of(files, project_, file); };
  }

  std::vector<ReportPractice> run(const std::vector<SeenPractice>& seen) {
    for (const SeenPractice& one : seen) add(one);
    std::vector<ReportPractice> all;
    for (auto& [order, practice] : by_order_) all.push_back(std::move(practice));
    return all;
  }

 private:
  using Order = std::tuple<size_t, uint32_t, uint32_t>;  // factor, rule, practice

  void add(const SeenPractice& seen) {
    const Rule& rule = rules_.rules()[seen.rule];
    const Practice& practice = rule.practices[seen.practice];
    auto [place, fresh] = by_order_.try_emplace({factor_index(rule.factor), seen.rule, seen.practice});
    ReportPractice& made = place->second;
    if (fresh) made = {rule.factor, practice.name, rule.id, practice.message, 0, {}};
    ++made.count;
    std::vector<uint32_t> components = components_of(project_, seen.file);
    bool is_wanted = components.empty() && made.places.size() < component_places;
    for (uint32_t component : components) {
      size_t& kept = kept_[{seen.rule, seen.practice, component}];
      is_wanted = is_wanted || kept < component_places;
      ++kept;
    }
    if (!is_wanted || ++places_ > report_places) return;
    made.places.push_back(place_of(seen, components));
  }

  PracticePlace place_of(const SeenPractice& seen, const std::vector<uint32_t>& components) {
    PracticePlace place;
    place.region.path = masker_.path(project_.files[seen.file].path);
    place.whole_file = !seen.span;
    place.region.end.column = 2;
    if (seen.span) {
      OpenFile& file = open_.open(seen.file);
      Span span = file.clip(*seen.span);
      place.region.start = file.place(span.begin);
      place.region.end = file.end_place(span.end);
      if (span.begin == span.end) place.region.end.column = place.region.start.column + 1;
    }
    for (uint32_t component : components) {
      const std::string& root = project_.components[component].root;
      place.components.push_back(root.empty() ? "." : masker_.path(root));
    }
    return place;
  }

  const Project& project_;
  const RuleSet& rules_;
  Masker& masker_;
  Sources sources_;
  OpenFiles open_;
  std::map<Order, ReportPractice> by_order_;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, size_t> kept_;  // places, by rule, practice and component
  size_t places_ = 0;
};

// "Procfile:1, docker-compose.yml:12 and 3 more files"
std::string places_text(const ReportPractice& practice, const TextPen& pen) {
  constexpr size_t most_shown = 3;
  size_t shown = std::min(practice.places.size(), most_shown);
  std::string text;
  for (size_t i = 0; i < shown; ++i) {
    const PracticePlace& place = practice.places[i];
    text += (i == 0 ? "" : ", ") + pen.show(place.region.path);
    if (!place.whole_file) text += fmt::format(":{}", place.region.start.line);
  }
  if (practice.count > shown)
    text += fmt::format("{}{}", shown == 0 ? "" : " and ", counted(practice.count - shown, "more file"));
  return text;
}

}  // namespace

std::vector<ReportPractice> report_practices(const AuditResult& audit, const RuleSet& rules, const FileSet& files,
                                             Masker& masker) {
  return PracticePlaces(audit, rules, files, masker).run(audit.judgement.practices);
}

std::string practice_text(const std::vector<ReportPractice>& practices, const TextPen& pen, std::string_view only) {
  std::string out, factor;
  for (const ReportPractice& practice : practices) {
    if (!only.empty() && practice.factor != only) continue;
    if (factor != practice.factor) out += fmt::format("  {}\n", pen.show(factor = practice.factor));
    std::string text = fmt::format("{}: {}", pen.show(practice.message), places_text(practice, pen));
    std::string indent = "    ";
    uint32_t width = pen.style().width;
    for (const std::string& line : wrap(text, width > 26 ? width - 6 : width)) {
      out.append(indent).append(line).append(1, '\n');
      indent = "      ";
    }
  }
  return out;
}

}  // namespace tfcheck
