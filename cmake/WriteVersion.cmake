# Run at each build: writes OUTPUT with the version and the commit of SOURCE_DIR, only where they changed.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND git describe --always --dirty --abbrev=12 WORKING_DIRECTORY "${SOURCE_DIR}"
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR commit STREQUAL "")
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT
"// Written by cmake/WriteVersion.cmake.
#pragma once
#define SITGRAPH_VERSION \"@VERSION@\"
#define SITGRAPH_COMMIT \"@commit@\"
" @ONLY)
