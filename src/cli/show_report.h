// What becomes of a report: notices on standard error, the report on standard output and in files, and the exit code.
#pragma once

#include "cli/options.h"
#include "cli/output_files.h"
#include "report/emit.h"
#include "report/report.h"

namespace tfcheck {

// How a text is written to standard output, or to a file: what the terminal can show and what the options ask for.
TextStyle text_style(const Options& options, bool file);
// What was not looked at is told also when quiet.
void print_notices(const std::vector<Notice>& notices, const Options& options);
// What the machine or the repository refused is trouble, whatever the gate says.
Error refused_error(const Report& report);
// Prints and writes everything that the options ask for; the exit code by the gates, and of trouble when something
// could not be read or written.
int show_report(const Options& options, const Report& report, const OutputFiles& files);

}  // namespace tfcheck
