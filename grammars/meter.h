// What one thread's parser has cost since its owner set this to zero. tree-sitter's own progress callback counts parse
// actions, but one action may cost a thousand times another (error recovery, ambiguous stacks, long tokens): the build
// makes the core add up the work of its inner loops here (metered_core.cmake), so that a limit on `work` bounds time.
#ifndef TFCHECK_GRAMMARS_METER_H_
#define TFCHECK_GRAMMARS_METER_H_

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct TfParseMeter {
  uint64_t work;          // units: about one table look-up, child or stack node each
  bool stopped;           // over the limit: lexers and scanners find nothing any more, so that the parse ends soon
  bool scanner_overflow;  // an external scanner's state did not fit
};

extern __thread struct TfParseMeter tf_parse_meter;

// Called where an assertion of the core or of a grammar fails; does not return.
__attribute__((noreturn, cold)) void tf_foreign_assert_failed(const char* what, const char* file, int line);

#ifdef __cplusplus
}
#endif

#endif
