// Dockerfiles. Facts, with Context.index the number of the build stage for all but commands:
//   Image    one per FROM (scope "FROM"; args "as", "platform"), per COPY --from=image and RUN --mount=…,from=image
//            (scope "COPY", "RUN") that is not an earlier stage
//   Entry    "FROM" (value: the earlier stage it builds on), "ENV.NAME", "ARG.NAME", "EXPOSE.0", "VOLUME.0", "WORKDIR",
//            "USER", "STOPSIGNAL", "SHELL", "COPY" and "ADD" (value: "src… dest"; args: their flags), "HEALTHCHECK",
//            "CMD" and "ENTRYPOINT" (value: the raw text)
//   Command  of RUN, CMD, ENTRYPOINT and HEALTHCHECK as scope, with a named arg "stage"; Context.index counts lists
// FinalStage marks what ends up in the image: the last stage and the stages it is built FROM, a CMD or ENTRYPOINT that
// a later one of them replaces excepted. Of several CMDs in one stage only the last has facts.
#pragma once

#include "facts/adapter.h"

namespace tfcheck {

const Adapter& dockerfile_adapter();

}  // namespace tfcheck
