#include "report/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/display.h"
#include "report/summary.h"

namespace tfcheck {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema_name = "tfcheck-baseline/1";
constexpr std::string_view any_schema = "tfcheck-baseline/";
constexpr size_t longest_value = 8'192;  // of a path; what is longer is none
constexpr size_t most_also = 100;

bool is_hash(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Takes a baseline apart as the parser reads it, so that no more is kept than its entries.
class BaselineReader : public nlohmann::json_sax<Json> {
 public:
  // Why it is none, "" while it is one.
  const std::string& wrong() const { return wrong_; }
  std::vector<BaselineEntry> take() { return std::move(entries_); }

  bool start_object(std::size_t) override {
    if (depth_ == 0 || (depth_ == 2 && in_findings_)) return enter();
    return refuse("an object stands where none belongs");
  }
  bool end_object() override {
    if (--depth_ > 0) return finish_entry();
    return schema_seen_ ? true : refuse("it names no \"schema\"");
  }
  bool start_array(std::size_t) override {
    if (depth_ == 0) return refuse("it is a list, not an object");
    if (depth_ == 3 && key_ == "also") return enter();
    if (depth_ != 1 || key_ != "findings") return refuse("a list stands where none belongs");
    if (findings_seen_) return refuse("\"findings\" stands there twice");
    in_findings_ = findings_seen_ = true;
    return enter();
  }
  bool end_array() override {
    if (--depth_ == 1) in_findings_ = false;
    return true;
  }
  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool string(string_t& value) override {
    if (value.size() > longest_value) return refuse("a value is too long");
    if (depth_ == 1 && key_ == "schema") return take_schema(value);
    if (depth_ == 3) return take_value(value);
    return depth_ == 4 ? take_also(value) : scalar();
  }
  // The last line's null lets every other one end with a comma.
  bool null() override { return depth_ == 2 ? true : scalar(); }
  bool boolean(bool) override { return scalar(); }
  bool number_integer(number_integer_t) override { return scalar(); }
  bool number_unsigned(number_unsigned_t number) override {
    if (depth_ != 3 || key_ != "places") return scalar();
    entry_.places = number;
    return true;
  }
  bool number_float(number_float_t, const string_t&) override { return scalar(); }
  bool binary(binary_t&) override { return refuse("it holds bytes"); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    broken_at_ = at;
    return refuse("it is no JSON");
  }
  // Where the parser stopped, in bytes.
  std::size_t broken_at() const { return broken_at_; }

 private:
  bool enter() {
    ++depth_;
    if (depth_ == 3) entry_ = {};
    return true;
  }

  bool refuse(std::string why) {
    if (wrong_.empty()) wrong_ = std::move(why);
    return false;
  }

  // A value that this version knows nothing of.
  bool scalar() {
    if (depth_ == 0) return refuse("it is no object");
    if (depth_ == 2) return refuse("\"findings\" holds what is no finding");
    if (depth_ == 4) return refuse("\"also\" holds what is no hash");
    bool is_known =
        depth_ == 1 ? key_ == "schema" || key_ == "findings" : field(key_) || key_ == "places" || key_ == "also";
    return is_known ? refuse(fmt::format("\"{}\" is of the wrong kind", key_)) : true;
  }

  bool take_schema(const std::string& value) {
    schema_seen_ = true;
    if (value == schema_name) return true;
    if (value.starts_with(any_schema))
      return refuse(
          fmt::format("its version is {}, and this program knows {}", printable(shorten(value, 60)), schema_name));
    return refuse(fmt::format("its schema is not {}", schema_name));
  }

  std::string* field(std::string_view name) {
    if (name == "fingerprint") return &entry_.fingerprint;
    if (name == "rule") return &entry_.rule;
    if (name == "path") return &entry_.path;
    if (name == "content") return &entry_.content;
    if (name == "place") return &entry_.place;
    return nullptr;
  }

  bool take_value(std::string& value) {
    std::string* place = field(key_);
    if (!place) return key_ == "places" || key_ == "also" ? scalar() : true;
    bool is_name = place == &entry_.rule || place == &entry_.path;
    bool may_be_empty = place == &entry_.content || place == &entry_.place;
    bool fits = is_name ? !value.empty() : is_hash(value) || (may_be_empty && value.empty());
    if (!fits)
      return refuse(fmt::format("\"{}\" of entry {} {}", key_, entries_.size() + 1,
                                is_name ? "is empty" : "is no hash of 16 hexadecimal digits"));
    *place = std::move(value);
    return true;
  }

  bool take_also(std::string& value) {
    if (!is_hash(value)) return refuse("\"also\" holds what is no hash");
    if (entry_.also.size() == most_also) return refuse(fmt::format("\"also\" has more than {} hashes", most_also));
    entry_.also.push_back(std::move(value));
    return true;
  }

  bool finish_entry() {
    for (const char* name : {"fingerprint", "rule", "path"}) {
      if (field(name)->empty()) return refuse(fmt::format("entry {} has no \"{}\"", entries_.size() + 1, name));
    }
    if (entries_.size() == most_baseline_entries)
      return refuse(fmt::format("it has more than {} entries", most_baseline_entries));
    entries_.push_back(std::move(entry_));
    return true;
  }

  int depth_ = 0;
  bool in_findings_ = false, findings_seen_ = false, schema_seen_ = false;
  std::string key_;
  BaselineEntry entry_;
  std::vector<BaselineEntry> entries_;
  std::string wrong_;
  std::size_t broken_at_ = 0;
};

uint32_t line_of(std::string_view text, size_t at) {
  text = text.substr(0, std::min(at > 0 ? at - 1 : 0, text.size()));
  return static_cast<uint32_t>(1 + std::count(text.begin(), text.end(), '\n'));
}

bool by_fingerprint(const BaselineEntry& a, const BaselineEntry& b) {
  return a.fingerprint < b.fingerprint;
}

// Both sides of a merge may bring the same entry.
void sort_entries(std::vector<BaselineEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), by_fingerprint);
  auto same = [](const BaselineEntry& a, const BaselineEntry& b) { return a.fingerprint == b.fingerprint; };
  entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
}

// The line of a sign that git leaves where branches did not merge, 0 for none.
uint32_t conflict_line(std::string_view text) {
  for (std::string_view sign : {"<<<<<<< ", "=======\n", ">>>>>>> "}) {
    size_t at = text.find(std::string("\n") + std::string(sign));
    if (at != std::string_view::npos) return line_of(text, at + 2);
  }
  return 0;
}

}  // namespace

Result<Baseline> read_baseline(const std::string& file, std::string_view text) {
  auto wrong = [&](std::string why, uint32_t line, std::string hint) {
    return Error{std::move(why), file, line, std::move(hint)};
  };
  if (text.size() > most_baseline_bytes)
    return wrong(fmt::format("a baseline has at most {} MB", most_baseline_bytes >> 20), 0, "");
  if (uint32_t line = conflict_line(text))
    return wrong("the baseline holds an unresolved merge", line,
                 "keep the lines of both sides, then run tfcheck baseline update");
  BaselineReader reader;
  if (!Json::sax_parse(text, &reader) || !reader.wrong().empty())
    return wrong("this is no baseline of tfcheck: " + reader.wrong(),
                 reader.broken_at() > 0 ? line_of(text, reader.broken_at()) : 0, "tfcheck baseline create writes them");
  Baseline baseline{file, reader.take(), ""};
  sort_entries(baseline.entries);
  return baseline;
}

std::string write_baseline(std::vector<BaselineEntry> entries) {
  sort_entries(entries);
  std::string out = fmt::format("{{\"schema\": \"{}\", \"findings\": [\n", schema_name);
  for (const BaselineEntry& entry : entries) {
    Json json = {{"fingerprint", entry.fingerprint},
                 {"rule", entry.rule},
                 {"path", entry.path},
                 {"content", entry.content},
                 {"place", entry.place}};
    if (entry.places > 1) json["places"] = entry.places;
    if (!entry.also.empty()) json["also"] = entry.also;
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + ",\n";
  }
  return out + "null]}\n";
}

BaselineEntry baseline_entry(const ReportFinding& finding) {
  const std::string& path = finding.primary.region.path;
  BaselineEntry entry{finding.fingerprint,  finding.rule,       is_utf8(path) ? path : path_uri(path),
                      finding.content_hash, finding.place_hash, finding.places,
                      finding.joined_hashes};
  std::erase(entry.also, "");
  std::sort(entry.also.begin(), entry.also.end());
  return entry;
}

}  // namespace tfcheck
