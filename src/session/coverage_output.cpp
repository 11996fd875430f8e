#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/factors.h"
#include "base/text.h"
#include "session/coverage.h"

namespace tfcheck {

namespace {

std::string_view mark_of(const CoverageCell& cell) {
  if (cell.is_missing()) return "?";
  switch (cell.state) {
    case CoverageState::Both:
      return "●";
    case CoverageState::Wrong:
      return "◐";
    case CoverageState::Right:
      return "○";
    case CoverageState::Reason:
      return "–";
    case CoverageState::Empty:
      break;
  }
  return " ";
}

std::string_view word_of(const CoverageCell& cell) {
  switch (cell.state) {
    case CoverageState::Both:
      return "wrong-and-right";
    case CoverageState::Wrong:
      return "wrong";
    case CoverageState::Right:
      return "right";
    case CoverageState::Reason:
      return "reason";
    case CoverageState::Empty:
      break;
  }
  return "empty";
}

constexpr std::string_view legend =
    "● wrong and right examples, ◐ wrong ones only, ○ right ones only, – none, for a reason, ? neither example nor "
    "reason";

bool is_shown(const CoverageCell& cell) {
  return cell.state == CoverageState::Both || cell.state == CoverageState::Wrong;
}

// The reasons of a rule, each with the cells that it is about, in the order of the cells.
std::vector<std::pair<std::string, std::vector<std::string>>> reasons_of(const RuleCoverage& rule) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const auto* cells : {&rule.languages, &rule.formats}) {
    for (const CoverageCell& cell : *cells) {
      if (cell.reason.empty()) continue;
      auto known =
          std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == cell.reason; });
      if (known == reasons.end()) known = reasons.insert(known, {cell.reason, {}});
      known->second.push_back(cell.name);
    }
  }
  return reasons;
}

struct Totals {
  size_t claimed = 0, shown = 0, reasons = 0, missing = 0;

  void add(const RuleCoverage& rule) {
    for (const auto* cells : {&rule.languages, &rule.formats}) {
      for (const CoverageCell& cell : *cells) {
        claimed += cell.claimed;
        shown += cell.claimed && is_shown(cell);
        reasons += cell.claimed && !is_shown(cell) && !cell.reason.empty();
        missing += cell.is_missing();
      }
    }
  }
};

std::string formats_line(const RuleCoverage& rule) {
  std::string line;
  for (const CoverageCell& cell : rule.formats) line += fmt::format(" {} {}", mark_of(cell), cell.name);
  return line;
}

std::string_view last_name(const RuleCoverage& rule) {
  return base_name(rule.rule->id);
}

// The cells of several rules by their names; the rules that lack one have null.
std::map<std::string_view, std::vector<const CoverageCell*>> rows_of(const std::vector<const RuleCoverage*>& rules,
                                                                     std::vector<CoverageCell> RuleCoverage::*cells) {
  std::map<std::string_view, std::vector<const CoverageCell*>> rows;
  for (size_t i = 0; i < rules.size(); ++i) {
    for (const CoverageCell& cell : rules[i]->*cells) {
      std::vector<const CoverageCell*>& row = rows[cell.name];
      row.resize(rules.size());
      row[i] = &cell;
    }
  }
  return rows;
}

std::string matrix(const std::vector<const RuleCoverage*>& rules) {
  std::string text = "| |", line = "| --- |";
  for (const RuleCoverage* rule : rules) {
    text += fmt::format(" {} |", last_name(*rule));
    line += " :-: |";
  }
  text += "\n" + line + "\n";
  for (auto cells : {&RuleCoverage::languages, &RuleCoverage::formats}) {
    bool is_language = cells == &RuleCoverage::languages;
    for (const auto& [name, row] : rows_of(rules, cells)) {
      text += is_language ? fmt::format("| **{}** |", name) : fmt::format("| {} |", name);
      for (const CoverageCell* cell : row) text += fmt::format(" {} |", cell ? mark_of(*cell) : " ");
      text += "\n";
    }
  }
  return text;
}

std::string factor_section(std::string_view factor, const std::vector<const RuleCoverage*>& rules) {
  std::string text = fmt::format("\n## {}\n\n| rule | severity | what it finds |\n| --- | --- | --- |\n", factor);
  for (const RuleCoverage* rule : rules)
    text += fmt::format("| [{}](../rules/{}.md) | {} | {} |\n", last_name(*rule), rule->rule->id,
                        to_string(rule->rule->severity), rule->rule->title);
  text += "\n" + matrix(rules);
  std::string reasons;
  for (const RuleCoverage* rule : rules) {
    for (const auto& [reason, names] : reasons_of(*rule))
      reasons += fmt::format("- {}, {}: {}\n", last_name(*rule), fmt::join(names, ", "), reason);
  }
  return reasons.empty() ? text : text + "\nWhy not:\n\n" + reasons;
}

}  // namespace

std::string coverage_text(const std::vector<RuleCoverage>& rules, bool reasons) {
  size_t widest = 0;
  for (const RuleCoverage& rule : rules) widest = std::max(widest, rule.rule->id.size());
  std::string text = fmt::format("{}\n\n{:{}}", legend, "", widest);
  if (!rules.empty()) {
    for (const CoverageCell& cell : rules[0].languages) text += "  " + cell.name;
  }
  Totals totals;
  for (const RuleCoverage& rule : rules) {
    totals.add(rule);
    text += fmt::format("\n{:{}}", rule.rule->id, widest);
    for (const CoverageCell& cell : rule.languages) text += fmt::format("  {:<{}}", mark_of(cell), cell.name.size());
    while (text.ends_with(' ')) text.pop_back();
  }
  text += "\n\n";
  for (const RuleCoverage& rule : rules) {
    text += fmt::format("{:{}} {}\n", rule.rule->id, widest, formats_line(rule));
    if (!reasons) continue;
    for (const auto& [reason, names] : reasons_of(rule))
      text += fmt::format("  {}: {}\n", fmt::join(names, ", "), reason);
  }
  return text + fmt::format("\n{} rules, {} cells claimed: {} with examples, {} with a reason, {} with neither\n",
                            rules.size(), totals.claimed, totals.shown, totals.reasons, totals.missing);
}

std::string coverage_json(const std::vector<RuleCoverage>& rules) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (const RuleCoverage& rule : rules) {
    Json one = {{"rule", rule.rule->id}, {"severity", to_string(rule.rule->severity)}, {"title", rule.rule->title}};
    auto add = [&](const char* key, const std::vector<CoverageCell>& cells) {
      Json& list = one[key] = Json::object();
      for (const CoverageCell& cell : cells) {
        Json& entry = list[cell.name] = {{"examples", word_of(cell)}, {"claimed", cell.claimed}};
        if (!cell.reason.empty()) entry["reason"] = cell.reason;
      }
    };
    add("languages", rule.languages);
    add("formats", rule.formats);
    all.push_back(std::move(one));
  }
  return Json{{"rules", std::move(all)}}.dump(2) + "\n";
}

std::string coverage_markdown(const std::vector<RuleCoverage>& rules) {
  std::string text = fmt::format(
      "# Rules\n\nMade by `tfcheck rules coverage -f markdown > docs/rules.md` from the pages, whose examples are run "
      "for it.\nThe tables say in which languages (bold), formats and dialects a rule's page has examples: {}.\n",
      legend);
  for (std::string_view factor : factor_ids) {
    std::vector<const RuleCoverage*> own;
    for (const RuleCoverage& rule : rules) {
      if (rule.rule->factor == factor) own.push_back(&rule);
    }
    if (!own.empty()) text += factor_section(factor, own);
  }
  return text;
}

}  // namespace tfcheck
