// The fuzz harnesses: each takes any bytes to one part of the program. libFuzzer drives them (`./dev fuzz`), and
// `./dev test` replays what it once found.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tfcheck::fuzz {

struct Harness {
  std::string name;  // "yaml", "configuration"; a folder of that name in corpus/ holds what it found
  std::function<void(std::string_view bytes)> run;
};

// One for every adapter, and one for every other reader of what the audited tree says.
std::vector<Harness> all_harnesses();

// Their parts, each in a file of its name.
std::vector<Harness> adapter_harnesses();
std::vector<Harness> page_harnesses();
std::vector<Harness> report_harnesses();
std::vector<Harness> repository_harnesses();
std::vector<Harness> git_file_harnesses();
std::vector<Harness> audit_harnesses();

// Fails loudly, in every build: a harness checks what must hold of any input.
void expect(bool holds, const char* what);

// The first line of an input and what follows it: for harnesses that take two texts.
struct TwoTexts {
  std::string_view first, rest;
};
TwoTexts split_input(std::string_view bytes);

}  // namespace tfcheck::fuzz
