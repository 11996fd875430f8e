// libgit2 1.5 leaks in two of its own functions; what this layer leaks must still fail the tests, hence whole stacks
// and suppressions by function.
extern "C" {
const char* __asan_default_options();       // NOLINT: the sanitizers' names
const char* __lsan_default_suppressions();  // NOLINT
const char* __asan_default_options() {
  return "fast_unwind_on_malloc=0";
}
const char* __lsan_default_suppressions() {
  return "leak:git_config_foreach_match\nleak:git_revparse_ext\n";
}
}
