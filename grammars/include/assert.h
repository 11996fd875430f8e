// Stands before the system's <assert.h> for tree-sitter and the grammars: their assertions hold in release builds too,
// and one that fails loses the file that is being parsed, not the run.
#undef assert
#ifndef TFCHECK_GRAMMARS_ASSERT_H_
#define TFCHECK_GRAMMARS_ASSERT_H_
__attribute__((noreturn, cold)) void tf_foreign_assert_failed(const char* what, const char* file, int line);
#ifndef static_assert
#define static_assert _Static_assert
#endif
#endif
#define assert(e) ((e) ? (void)0 : tf_foreign_assert_failed(#e, __FILE__, __LINE__))
