"""The local preview: livereload around the build, with watchfiles to tell what was saved."""
