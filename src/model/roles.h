// What a file is for where its path alone does not say: as its neighbours show, and as what stands in it shows.
#pragma once

#include "model/project.h"

namespace tfcheck {

// By names alone, before anything is read: the developers' one of two files, tests of TAP, the example that is the only
// deploy.
void mark_by_neighbours(Listing& listing);

// Folders of projects that were put away, as their names and what lies in them show; before anything is read …
void mark_retired_projects(Listing& listing);
// … and those that their README calls retired (scope::Retired of it).
void mark_told_retired(Listing& listing);

// By facts, before the model joins them: source that imports what only tests import, folders of browser tests, images
// that only developers build.
void mark_by_facts(Listing& listing);

// Stacks of Terraform that nothing but a validation takes up, in a library of modules.
void mark_validated_stacks(Listing& listing);

// Images that only pack the app for a system: what they start does that and ends.
void mark_packaging_images(Listing& listing);

// Images that a folder of CI holds the build of, and that a job publishes for something to be served from them: the
// app's, whatever the folder is called.
void mark_released_images(Listing& listing);

// By what compose files say: those that start nothing but databases for developers, and what only such mount.
void mark_by_deploys(Listing& listing);

// By what the READMEs of folders say of what lies there.
void mark_by_texts(Listing& listing);

// By who names a file in any text: keys and settings that only tests name, what nobody names. The roles of those who do
// must be known.
void mark_by_names(Listing& listing);

}  // namespace tfcheck
