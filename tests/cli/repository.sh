#!/usr/bin/env bash
# What a repository may hold to make a run hang, read elsewhere or look at nothing: each ends at once and says so.
. "$(dirname "$0")/lib.sh"
cd "$work" || exit 2

tree() { # a fresh repository with one file that has a finding
  rm -rf "$work/t" && mkdir "$work/t" && printf 'import logging\nlogging.FileHandler("app.log")\n' >"$work/t/app.py"
  commit_all t
}

# Ten folders in each of ten, thirteen times: 10^13 folders of 13 objects.
tower() {
  local t=$1
  for _ in $(seq 13); do
    t=$(for j in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\t%s\n' "$t" $j; done | git -C t mktree)
  done
  git -C t update-ref HEAD "$(printf '040000 tree %s\tz\n100644 blob %s\tapp.py\n' "$t" "$(git -C t rev-parse HEAD:app.py)" |
    git -C t mktree | xargs git -C t commit-tree -m tower)"
}
tree && tower "$(git -C t mktree </dev/null)" && check "empty folders without end" 1 "folders that repeat others" t --rev HEAD -v

deep=$(printf 'a/%.0s' $(seq 100))
for folder in '**/a/' '**/*/' '**/?*/'; do
  tree && { for _ in $(seq 30); do printf '%s' "$folder"; done; echo b; } >t/.gitignore && mkdir -p "t/$deep" && touch "t/${deep}c" &&
    check "thirty times $folder in an ignore file" 1 "logs/log-file" t
done
tree && echo 'app.py' >rules && ln -s ../rules t/.gitignore && check "a linked ignore file" 1 "symbolic link" t

for part in config HEAD index packed-refs; do
  tree && rm -f t/.git/$part && mkfifo t/.git/$part && check "a FIFO as $part" 1 "is not a regular file" t
  check "a FIFO as $part, staged" 2 "is not a regular file" t --staged
done
tree && rm t/.git/refs/heads/main && mkfifo t/.git/refs/heads/main && check "a FIFO as a branch" 2 "is not a regular file" t --rev HEAD
tree && mkfifo p && git -C t config core.excludesFile "$work/p" && check "a FIFO as the user's ignore file" 1 "is not a regular file" t
tree && git -C t config include.path "$work/p" && check "a FIFO as an included configuration" 1 "is not a regular file" t
tree && mkfifo t/.git/objects/info/alternates && check "a FIFO as alternates" 1 "logs/log-file" t --staged
tree && truncate -s 3G t/.git/index && check "a huge index" 2 "larger than 512 MB" t --staged

tree && git -C t update-index --split-index && printf 'x = 1\nimport logging\nlogging.FileHandler("b.log")\n' >t/new.py && git -C t add new.py &&
  check "a split index" 1 "new.py:3" t --staged && check "a split index's base" 1 "app.py:2" t --staged
tree && mkdir -p t/d t/e && cp t/app.py t/d/deep.py && cp t/app.py t/e/e.py && git -C t add . && git -C t commit -qm 2 &&
  git -C t sparse-checkout init --cone --sparse-index && git -C t sparse-checkout set e && check "a sparse index" 1 "d/deep.py" t --staged

# An object that is a delta of itself, in a pack of 65 bytes.
circle() {
  local pack=t/.git/objects/pack/pack-circle id
  id=$(printf '\\x11%.0s' $(seq 20))
  { printf 'PACK\0\0\0\2\0\0\0\1\x74'"$id"'\x78\x01\x01\x04\x00\xfb\xff\x0a\x0a\x90\x0a\x01\xce\x00\xaf' && head -c 20 /dev/zero; } >$pack.pack
  { printf '\377tOc\0\0\0\2'
    for byte in $(seq 0 255); do [ "$byte" -ge 17 ] && printf '\0\0\0\1' || printf '\0\0\0\0'; done
    printf "$id"'\0\0\0\0\0\0\0\14' && head -c 40 /dev/zero; } >$pack.idx
  git -C t update-index --add --cacheinfo 100644,1111111111111111111111111111111111111111,b.py
}
tree && circle && check "an object that is a delta of itself" 2 "b.py: not read" t --staged
tree && git -C t gc -q && cp t/.git/objects/pack/*.pack t/.git/objects/pack/pack-x.pack && mkfifo t/.git/objects/pack/pack-x.idx && check "a FIFO as a pack's index" 1 "logs/log-file" t --staged

tree && git -C t gc -q && pack=$(ls t/.git/objects/pack/*.pack) && chmod u+w "$pack" && truncate -s 40 "$pack" &&
  check "a cut pack" 2 "'HEAD' cannot be read" t --rev HEAD
finish
