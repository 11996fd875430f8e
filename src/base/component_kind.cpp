#include "base/component_kind.h"

namespace tfcheck {

std::string_view to_string(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::App:
      return "app";
    case ComponentKind::Client:
      return "client";
    case ComponentKind::Library:
      return "library";
    case ComponentKind::Tool:
      return "tool";
    case ComponentKind::Infrastructure:
      return "infrastructure";
  }
  return "?";
}

}  // namespace tfcheck
