# sitgraph_room(NAME SOURCES file... [DEPENDS target...] [HEADERS header...]): one folder of the house as a static
# library `sitgraph_NAME`. Includes are written from the repository's root ("graph/store.h"). HEADERS are precompiled in
# place of the usual ones.
function(sitgraph_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS;HEADERS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(sitgraph_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(sitgraph_${name} PUBLIC sitgraph_options ${ROOM_DEPENDS}
                                           PRIVATE ${ROOM_PRIVATE_DEPENDS})
    if(ROOM_HEADERS)
      target_precompile_headers(sitgraph_${name} PRIVATE ${ROOM_HEADERS})
    else()
      target_precompile_headers(sitgraph_${name} REUSE_FROM sitgraph_headers)
    endif()
  else()
    add_library(sitgraph_${name} INTERFACE)
    target_link_libraries(sitgraph_${name} INTERFACE sitgraph_options ${ROOM_DEPENDS})
  endif()
endfunction()

# sitgraph_test(ROOM SOURCES file... [DEPENDS target...] [LABELS label...]): the Catch2 program `test_ROOM`,
# each of its cases a CTest test named "ROOM: case". Labels default to "fast".
function(sitgraph_test name)
  cmake_parse_arguments(T "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT T_LABELS)
    set(T_LABELS fast)
  endif()
  add_executable(test_${name} ${T_SOURCES})
  target_link_libraries(test_${name} PRIVATE sitgraph_catch_main ${T_DEPENDS})
  target_precompile_headers(test_${name} REUSE_FROM sitgraph_catch_header)
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: " PROPERTIES LABELS "${T_LABELS}" TIMEOUT 600)
endfunction()
