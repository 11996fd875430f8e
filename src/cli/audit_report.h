// The audit that a command asks for, from its files to its report.
#pragma once

#include "base/result.h"
#include "cli/options.h"
#include "cli/output_files.h"
#include "report/baseline.h"
#include "report/report.h"

namespace tfcheck {

// Nothing that `outputs` writes is audited. `baseline` may be null; what `--since` asks for
// stands in its place. An Error too when there was nothing to look at.
Result<Report> audit_report(const Options& options, LoadedSetup loaded, const OutputFiles& outputs,
                            const Baseline* baseline);
// A stage of the run that came before those of the audit.
void put_stage(Report& report, const char* name, double seconds);

}  // namespace tfcheck
