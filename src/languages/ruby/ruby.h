// Ruby: command calls, blocks, symbols, Rails' configuration, ENV and its fetch. Names are written with dots
// (`Lib::Mod` is "Lib.Mod"), variables without their @; a call without arguments is a call only where it stands as a
// statement, is made on a constant (`Foo.bar`) or makes or starts something (`.new`, `.start`, `…!`), else a name.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& ruby_adapter();

}  // namespace tfcheck
