// `tfcheck history --secrets` as one call: every file that a reference of a repository ever reached is judged once by
// the rules about secrets.
#pragma once

#include "base/result.h"
#include "report/report.h"
#include "session/load.h"

namespace tfcheck {

// Configuration and packs are HEAD's, unless the setup names others; its revision and index do not count. Errors are
// the user's: no repository, none that git trusts, a configuration with a mistake.
Result<Report> audit_history(AuditSetup setup, unsigned threads, bool allow_unread);

}  // namespace tfcheck
