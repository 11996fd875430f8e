// logrotate: which files of logs are turned over, and how. Its scripts are run by whatever turns them over and start
// nothing of the app.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& logrotate_adapter();

}  // namespace tfcheck
