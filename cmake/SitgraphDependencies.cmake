# Every library that sitgraph links, all from Debian 12; docs/dependencies.md says why each is here.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(RocksDB CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
pkg_check_modules(SERD REQUIRED IMPORTED_TARGET serd-0)
pkg_check_modules(RAPTOR REQUIRED IMPORTED_TARGET raptor2)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
find_path(RAPIDJSON_INCLUDE_DIR rapidjson/document.h REQUIRED)
find_path(BOOST_GRAPH_INCLUDE_DIR boost/graph/page_rank.hpp REQUIRED)
find_path(TL_EXPECTED_INCLUDE_DIR tl/expected.hpp REQUIRED)
if(BUILD_TESTING)
  find_package(Catch2 2 REQUIRED)
  include(Catch)
endif()

# What every room compiles with.
add_library(sitgraph_options INTERFACE)
target_include_directories(sitgraph_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(sitgraph_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${SITGRAPH_WERROR}>:-Werror>
  # gcc 12 sees overlaps and uninitialised values in std::string and std::variant that are not there (GCC bugs 105329, 105562).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-maybe-uninitialized>)
target_link_libraries(sitgraph_options INTERFACE fmt::fmt Threads::Threads)

# Headers that most files include, compiled once. The dev and tidy presets go without them, so that no file comes to rely
# on what it does not include itself.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/headers.cc" CONTENT "// Owns the precompiled headers.\n")
add_library(sitgraph_headers STATIC "${PROJECT_BINARY_DIR}/generated/headers.cc")
target_link_libraries(sitgraph_headers PUBLIC sitgraph_options)
target_include_directories(sitgraph_headers SYSTEM PUBLIC "${TL_EXPECTED_INCLUDE_DIR}")
target_precompile_headers(sitgraph_headers PRIVATE
  <algorithm> <cstdint> <functional> <map> <memory> <optional> <set> <string> <string_view> <unordered_map> <utility>
  <variant> <vector> <fmt/format.h> <tl/expected.hpp>)
