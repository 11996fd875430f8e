// crontabs: five fields or @daily, a user name in files below cron.d and wherever one stands before the command,
// environment lines. Facts: Entry "schedule.N" (the schedule), Entry "cron.N" (the command text; args: "user",
// "schedule"), Entry "ENV.NAME", and the commands with scope "cron". Text behind an unescaped % is the command's input.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& crontab_adapter();

}  // namespace tfcheck
