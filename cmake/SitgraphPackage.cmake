# `cpack -G DEB` from a build folder makes sitgraph_VERSION_ARCH.deb; shared-library dependencies are found by
# dpkg-shlibdeps.
set(CPACK_PACKAGE_NAME sitgraph)
set(CPACK_PACKAGE_VENDOR "sitgraph")
set(CPACK_PACKAGE_CONTACT "sitgraph developers <developers@sitgraph.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_STRIP_FILES ON)
include(CPack)
