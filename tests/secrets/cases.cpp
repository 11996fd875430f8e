#include "secrets/cases.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/token_samples.h"
#include "vocabulary/toml_reader.h"

namespace tfcheck {

namespace {

struct Syntax {
  std::string name, file, text;
};

struct Document {
  std::string file;
  toml::table table;
};

std::vector<Document> documents(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<Document> out;
  for (const std::string& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    Result<toml::table> read = parse_toml(file, text, 0);
    if (!read) throw std::runtime_error(to_string(read.error()));
    out.push_back({file, std::move(*read)});
  }
  return out;
}

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
  return text;
}

uint32_t line_of(std::string_view text, size_t at) {
  return static_cast<uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
}

// What stands for a secret is put in the place of its marks; the line of the first is the case's.
class Drawing {
 public:
  Drawing(const Vocabulary& vocabulary, uint64_t seed) : vocabulary_(vocabulary), source_(seed) {}

  std::string drawn(std::string_view what) {
    size_t colon = what.find(':');
    std::string_view kind = what.substr(0, colon), rest = colon == std::string_view::npos ? "" : what.substr(colon + 1);
    if (kind == "token") return token(rest);
    if (kind == "uuid") return uuid();
    size_t count = std::stoul(std::string(rest));
    std::string text;
    do text = source_.of(alphabet(kind), count);
    while (kind == "mixed" && count > 5 && !is_mixed(text));
    return text;
  }

  void put_in(SecretCase& one) {
    std::string& text = one.text;
    if (size_t open = text.find("[["); open != std::string::npos && text.find("]]", open) != std::string::npos) {
      one.line = line_of(text, open);
      text.erase(open, 2);
      text.erase(text.find("]]", open), 2);
    }
    for (size_t open = text.find("{{"); open != std::string::npos; open = text.find("{{", open)) {
      size_t close = text.find("}}", open);
      std::string what = text.substr(open + 2, close - open - 2);
      if (!is_drawn(what)) {
        open += 2;
        continue;
      }
      if (one.line == 0) one.line = line_of(text, open);
      text.replace(open, close + 2 - open, drawn(what));
    }
  }

 private:
  static bool is_drawn(std::string_view what) {
    for (std::string_view kind : {"mixed:", "lower:", "upper:", "letters:", "hex:", "digits:", "base64:", "token:"}) {
      if (what.starts_with(kind)) return true;
    }
    return what == "uuid";
  }

  static std::string_view alphabet(std::string_view kind) {
    if (kind == "lower") return "abcdefghijklmnopqrstuvwxyz";
    if (kind == "upper") return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (kind == "letters") return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (kind == "hex") return "0123456789abcdef";
    if (kind == "digits") return "0123456789";
    if (kind == "base64") return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  }

  static bool is_mixed(std::string_view text) {
    auto any = [&](char first, char last) {
      return std::any_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
    };
    return any('a', 'z') && any('A', 'Z') && any('0', '9');
  }

  std::string token(std::string_view id) {
    const TextPattern* pattern = vocabulary_.text_pattern(id);
    if (!pattern) throw std::runtime_error("there is no token '" + std::string(id) + "'");
    return sample_of(*pattern, vocabulary_, source_);
  }

  std::string uuid() {
    std::string text = source_.of("0123456789abcdef", 32);
    for (size_t at : {8u, 13u, 18u, 23u}) text.insert(at, "-");
    return text;
  }

  const Vocabulary& vocabulary_;
  SampleSource source_;
};

std::vector<Syntax> syntaxes_of(const std::vector<Document>& all) {
  std::vector<Syntax> out;
  for (const Document& document : all) {
    std::optional<Error> error;
    TomlReader top(document.table, document.file, 0, error);
    for (const toml::table* table : top.tables("syntax")) {
      TomlReader reader(*table, document.file, 0, error);
      out.push_back({reader.text("name"), reader.text("file"), reader.text("text")});
      reader.finish("a syntax");
    }
    if (error) throw std::runtime_error(to_string(*error));
  }
  return out;
}

class CaseReader {
 public:
  CaseReader(const Vocabulary& vocabulary, const std::vector<Syntax>& syntaxes)
      : vocabulary_(vocabulary), syntaxes_(syntaxes) {}

  void read(const toml::table& table, const std::string& file) {
    std::optional<Error> error;
    TomlReader reader(table, file, 0, error);
    SecretCase one{reader.text("kind"), reader.text("file"), reader.text("text"),
                   reader.boolean("secret").value_or(true)};
    std::vector<std::string> names = reader.texts("name"), values = reader.texts("value"), in = reader.texts("syntax");
    reader.finish("a case");
    if (error) throw std::runtime_error(to_string(*error));
    if (in.empty()) return add(std::move(one), values);
    size_t next = 0;
    for (const std::string& value : values) {
      for (const std::string& name : in) {
        one.file = syntax(name).file;
        one.text = replaced(syntax(name).text, "{name}", names[next++ % names.size()]);
        add(one, {value});
      }
    }
  }

  std::vector<SecretCase> take() { return std::move(all_); }

 private:
  const Syntax& syntax(const std::string& name) const {
    auto found = std::find_if(syntaxes_.begin(), syntaxes_.end(), [&](const Syntax& one) { return one.name == name; });
    if (found == syntaxes_.end()) throw std::runtime_error("there is no syntax '" + name + "'");
    return *found;
  }

  void add(SecretCase one, const std::vector<std::string>& values) {
    if (values.empty()) return add_drawn(std::move(one));
    for (const std::string& value : values) {
      SecretCase with = one;
      bool marked = value.find("{{") == std::string::npos;
      with.text = replaced(one.text, "{value}", marked ? "[[" + value + "]]" : value);
      add_drawn(std::move(with));
    }
  }

  void add_drawn(SecretCase one) {
    Drawing(vocabulary_, all_.size() + 1).put_in(one);
    all_.push_back(std::move(one));
  }

  const Vocabulary& vocabulary_;
  const std::vector<Syntax>& syntaxes_;
  std::vector<SecretCase> all_;
};

}  // namespace

std::vector<SecretCase> read_cases(const std::string& folder, const Vocabulary& vocabulary) {
  std::vector<Document> all = documents(folder);
  std::vector<Syntax> syntaxes = syntaxes_of(all);
  CaseReader cases(vocabulary, syntaxes);
  for (const Document& document : all) {
    std::optional<Error> error;
    TomlReader top(document.table, document.file, 0, error);
    for (const toml::table* table : top.tables("case")) cases.read(*table, document.file);
    if (error) throw std::runtime_error(to_string(*error));
  }
  return cases.take();
}

std::vector<SecretCase> token_cases(const std::string& folder, const Vocabulary& vocabulary) {
  std::vector<Syntax> syntaxes = syntaxes_of(documents(folder));
  std::vector<SecretCase> out;
  size_t next = 0;
  for (const TextPattern& pattern : vocabulary.text_patterns()) {
    if (pattern.shape.empty()) continue;
    SampleSource source(next + 1);
    std::string value = sample_of(pattern, vocabulary, source);
    auto add = [&](const std::string& text, bool secret, std::string_view holder) {
      // That a file of the environment is tracked is told whatever it holds.
      if (!secret && syntaxes[next % syntaxes.size()].name == "dotenv") ++next;
      const Syntax& syntax = syntaxes[next++ % syntaxes.size()];
      SecretCase one{secret ? "tokens" : "what looks like a token", syntax.file, syntax.text, secret};
      one.text = replaced(replaced(one.text, "{name}", holder), "{value}", text);
      one.line = line_of(one.text, one.text.find(text));
      out.push_back(std::move(one));
    };
    if (pattern.is_public) {
      add(value, false, "api_key");
      continue;
    }
    for (int i = 0; i < 2; ++i) add(value, true, holder_of(pattern, vocabulary, "setting"));
    std::vector<LookAlike> others = look_alikes_of(pattern, value, source);
    add(others[next % others.size()].text, false, "setting");
    if (pattern.named) add(value, false, "checksum");
  }
  return out;
}

}  // namespace tfcheck
