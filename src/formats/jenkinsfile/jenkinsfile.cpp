#include "formats/jenkinsfile/jenkinsfile.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/lines.h"
#include "base/quoted.h"
#include "formats/jenkinsfile/tokens.h"
#include "formats/shared/commands.h"
#include "formats/shared/scalar.h"

namespace tfcheck {

namespace {

using jenkinsfile::Token;

constexpr size_t deepest_block = 100;
constexpr size_t longest_label = 200;
constexpr Escapes groovy = {.letters = "ntr", .meanings = "\n\t\r", .hex = escape_hex::U, .joins = "\n"};

class PipelineReader {
 public:
  PipelineReader(std::string_view source, FileFacts& facts)
      : source_(source), facts_(facts), tokens_(jenkinsfile::tokens_of(source)) {}

  void read() {
    for (at_ = 0; at_ < tokens_.size() && !facts_.full(); ++at_) {
      const Token& token = tokens_[at_];
      if (token.kind == Token::Kind::Line) statement_ = at_ + 1;
      if (is_sign(at_, '{')) open();
      if (is_sign(at_, '}') && !blocks_.empty()) blocks_.pop_back(), statement_ = at_ + 1;
      if (is_sign(at_, ';')) statement_ = at_ + 1;
      if (token.kind == Token::Kind::Word) word(token.text);
    }
  }

 private:
  struct Block {
    std::string_view name, label;  // stage, "Build"
  };

  bool is_sign(size_t at, char sign) const {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::Sign && tokens_[at].text[0] == sign;
  }
  bool is_text(size_t at) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::Text; }
  bool is_word(size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::Word && tokens_[at].text == text;
  }
  bool is_in(std::string_view block) const { return !blocks_.empty() && blocks_.back().name == block; }

  // What begins the statement in front of a brace names its block; a text behind it is its label.
  void open() {
    Block block;
    if (statement_ < at_ && tokens_[statement_].kind == Token::Kind::Word) block.name = tokens_[statement_].text;
    for (size_t i = statement_ + 1; i < at_ && block.label.empty(); ++i) {
      if (is_text(i)) block.label = tokens_[i].text.substr(0, longest_label);
    }
    if (blocks_.size() < deepest_block) blocks_.push_back(block);
    statement_ = at_ + 1;
  }

  // The nearest stage, without the dots of its name.
  std::string stage() const {
    for (size_t i = blocks_.size(); i > 0; --i) {
      if (blocks_[i - 1].name != "stage") continue;
      std::string name(blocks_[i - 1].label);
      std::replace(name.begin(), name.end(), '.', '_');
      return name;
    }
    return "pipeline";
  }

  void word(std::string_view text) {
    if (text == "sh") return shell();
    if (text == "docker.image" && is_sign(at_ + 1, '(') && is_text(at_ + 2)) return image(tokens_[at_ + 2]);
    bool docker = (text == "docker" && is_in("agent")) || (text == "image" && is_in("docker"));
    if (docker && is_text(at_ + 1)) return image(tokens_[at_ + 1]);
    if (is_in("environment") && is_sign(at_ + 1, '=')) return setting(text, at_ + 2);
    if (is_in("tools") && is_text(at_ + 1)) setting(text, at_ + 1);
  }

  // sh 'make', sh(script: "…", returnStdout: true), sh label: 'x', script: '''…'''
  void shell() {
    size_t text = at_ + 1;
    if (is_sign(text, '(')) ++text;
    for (size_t i = text; i < tokens_.size() && !is_text(text) && i < text + 40; ++i) {
      if (tokens_[i].kind == Token::Kind::Line && !is_sign(at_ + 1, '(')) return;
      if (is_word(i, "script") && is_sign(i + 1, ':')) text = i + 2;
    }
    if (!is_text(text)) return;
    const Token& token = tokens_[text];
    bool escaped = token.text.find('\\') != std::string_view::npos;
    std::string plain = escaped ? unescape(token.text, groovy) : std::string();
    Span span = span_in(source_, token.text);
    std::string scope = stage() + ".sh";
    ShellText said{.text = token.text, .scope = scope, .index = index_, .offset = span.begin};
    if (escaped) said.text = plain, said.whole = span;
    index_ = add_commands(facts_, said, CommandRole::Ci);
  }

  void image(const Token& token) {
    std::string_view text = token.text;
    size_t colon = text.rfind(':'), slash = text.rfind('/');
    bool tagged = colon != std::string_view::npos && (slash == std::string_view::npos || slash < colon);
    std::string_view name = tagged ? text.substr(0, colon) : text;
    if (name.empty() || text.find('$') != std::string_view::npos || text.find('@') != std::string_view::npos) return;
    Value tag = tagged ? facts_.string(text.substr(colon + 1), span_in(source_, text.substr(colon + 1))) : Value{};
    std::string scope = stage() + ".agent";
    facts_.add(FactKind::Image, name, span_in(source_, text), tag, {}, {scope});
  }

  // NAME = 'x', "${OTHER}/x" or credentials('id'), which Jenkins knows; nodejs '18'.
  void setting(std::string_view name, size_t value) {
    std::string scope = stage() + "." + std::string(blocks_.back().name);
    std::string path = scope + "." + std::string(name);
    Span span = span_in(source_, is_text(value) ? tokens_[value].text : name);
    uint32_t syntax = references::tree | references::AnyCase | scalar::Text;
    Value read = !is_text(value)        ? facts_.value(ValueKind::Unknown, {}, span)
                 : tokens_[value].plain ? facts_.string(tokens_[value].text, span)
                                        : read_scalar(facts_, tokens_[value].text, span, syntax);
    add_entry(facts_, path, span, read, {scope});
  }

  std::string_view source_;
  FileFacts& facts_;
  std::vector<Token> tokens_;
  std::vector<Block> blocks_;
  size_t at_ = 0, statement_ = 0;
  uint32_t index_ = 0;
};

void extract(const SourceFile& file, FileFacts& facts) {
  facts.set_format("jenkinsfile");
  PipelineReader(file.text, facts).read();
}

}  // namespace

const Adapter& jenkinsfile_adapter() {
  static constexpr std::string_view patterns[] = {"Jenkinsfile", "Jenkinsfile.*", "Jenkinsfile-*", "*.Jenkinsfile",
                                                  "*.jenkinsfile"};
  static constexpr Format formats[] = {
      {.name = "jenkinsfile", .example = "Jenkinsfile", .tells = tells::Environment | tells::Address | tells::Ci}};
  static constexpr Adapter adapter{
      .name = "jenkinsfile", .kind = AdapterKind::Config, .patterns = patterns, .extract = extract, .formats = formats};
  return adapter;
}

}  // namespace tfcheck
