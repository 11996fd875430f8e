#include "languages/colon_names.h"

namespace tfcheck {

std::string colon_name(std::string_view text) {
  std::string name;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    bool arrow = i > 0 && (text[i - 1] == '-' || text[i - 1] == '=');
    if (text[i] == '<') ++depth;
    if (text[i] == '>' && !arrow && depth > 0) --depth;
    bool nothing = depth > 0 || text[i] == '>' || text[i] == ' ' || text[i] == '\n' || text.substr(i).starts_with("r#");
    if (text.substr(i).starts_with("r#") && depth == 0) ++i;
    if (nothing) continue;
    if (text[i] != ':')
      name += text[i];
    else if (!name.empty() && name.back() != '.')
      name += '.';
  }
  if (name.ends_with('.')) name.pop_back();
  return name;
}

}  // namespace tfcheck
