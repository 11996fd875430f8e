#!/usr/bin/env bash
# validate_sarif.sh FILE…: checks SARIF files with Microsoft's multitool as GitHub's code scanning would. Works offline.
# TFCHECK_NODE_MODULES names the folder of npm's packages; the default is node_modules at the project's root.
# Exit code 0: all valid; 1: findings, printed; 2: the tool is missing or did not run.
set -u
modules=${TFCHECK_NODE_MODULES:-$(dirname "$0")/../../node_modules}
tool=$modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
[ -f "$tool" ] || { echo "no SARIF multitool at $tool: run npm ci --ignore-scripts" >&2; exit 2; }
[ $# -gt 0 ] || { echo "usage: validate_sarif.sh FILE…" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
# npm leaves the binary without its executable bit when install scripts are off; the package is not ours to change.
if [ ! -x "$tool" ]; then
  cp "$tool" "$work/Sarif.Multitool" && cp "$(dirname "$tool")"/*.{json,xml,config} "$work/" 2>/dev/null
  tool=$work/Sarif.Multitool
  chmod +x "$tool" || exit 2
fi
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR=$work/extract

log=$work/log.sarif
# Files over 10 MB are skipped silently unless the limit is raised; what is no file at all is, too.
"$tool" validate "$@" --rule-kind 'Sarif;Ghas' --level 'Error;Warning' --max-file-size-in-kb 102400 \
  --output "$log" --log ForceOverwrite --quiet >"$work/stdout" 2>&1
# The exit code is 0 even for a broken file: only the log tells.
if [ ! -s "$log" ] || ! grep -qE "^Done\. $# files? scanned" "$work/stdout"; then
  cat "$work/stdout" >&2
  echo "the multitool did not look at all of $# files" >&2
  exit 2
fi
findings=$(node - "$log" <<'JS'
const run = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8").replace(/^\uFEFF/, "")).runs[0];
for (const invocation of run.invocations || []) {
  for (const kind of ["toolExecutionNotifications", "toolConfigurationNotifications"]) {
    for (const notice of invocation[kind] || []) {
      if ((notice.level || "warning") === "error") console.log("tool:", notice.message.text || JSON.stringify(notice));
    }
  }
}
const rules = Object.fromEntries((run.tool.driver.rules || []).map((rule) => [rule.id, rule]));
for (const result of run.results || []) {
  const strings = (rules[result.ruleId.split("/")[0]] || {}).messageStrings || {};
  const named = (strings[result.message.id] || {}).text || "";
  const place = ((result.locations || [])[0] || {}).physicalLocation || {};
  const file = (place.artifactLocation || {}).uri || "?";
  console.log(`${file}: ${result.ruleId} ${result.message.text || named + " " + (result.message.arguments || "")}`);
}
JS
) || exit 2
[ -z "$findings" ] && exit 0
printf '%s\n' "$findings"
exit 1
