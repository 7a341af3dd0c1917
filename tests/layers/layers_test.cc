// Holds the table of rooms in docs/architecture.md against every #include of the source.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Third-party headers that stay behind one adapter.
const std::map<std::string, std::set<std::string>> kAdapters = {
    {"rocksdb/",
     {"graph/rocksdb_backup.cc", "graph/rocksdb_engine.h", "graph/rocksdb_engine.cc", "graph/rocksdb_store.cc",
      "graph/rocksdb_bulk_load.cc", "graph/rocksdb_tables.h"}},
    {"boost/", {"graph/measures.cc"}},
    {"serd/", {"graph/rdf_reader.cc"}},
    {"gumbo.h", {"src/reports/html.cc"}},
};

// The words in backticks of one table cell.
std::vector<std::string> Quoted(const std::string& cell) {
  std::vector<std::string> out;
  for (size_t begin = cell.find('`'); begin != std::string::npos;) {
    const size_t end = cell.find('`', begin + 1);
    if (end == std::string::npos) break;
    out.push_back(cell.substr(begin + 1, end - begin - 1));
    begin = cell.find('`', end + 1);
  }
  return out;
}

// Folder ("graph/") to the folders it may include, itself among them.
std::map<std::string, std::set<std::string>> ReadRooms() {
  std::map<std::string, std::set<std::string>> rooms;
  std::ifstream document(SITGRAPH_SOURCE_DIR "/docs/architecture.md");
  for (std::string line; std::getline(document, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    if (cells.size() < 5 || cells[1].find_first_of("0123456789") == std::string::npos) continue;
    const std::vector<std::string> folders = Quoted(cells[2]);
    if (folders.size() != 1) continue;
    rooms[folders[0]].insert(folders[0]);
    for (const std::string& allowed : Quoted(cells[4])) rooms[folders[0]].insert(allowed);
  }
  return rooms;
}

std::string RoomOf(const std::string& path, const std::map<std::string, std::set<std::string>>& rooms) {
  for (const auto& [folder, allowed] : rooms) {
    if (path.compare(0, folder.size(), folder) == 0) return folder;
  }
  return {};
}

struct Include {
  std::string file;
  int line = 0;
  std::string target;
  bool quoted = false;  // "..." rather than <...>
};

std::vector<Include> ReadIncludes() {
  std::vector<Include> out;
  for (const char* folder : {"base", "graph", "src", "exporters", "queries", "app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SITGRAPH_SOURCE_DIR) / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cc") continue;
      std::ifstream source(entry.path());
      int number = 0;
      for (std::string line; std::getline(source, line);) {
        ++number;
        if (line.compare(0, 8, "#include") != 0) continue;
        const size_t begin = line.find_first_of("\"<");
        const size_t end = line.find_first_of("\">", begin + 1);
        if (begin == std::string::npos || end == std::string::npos) continue;
        out.push_back({fs::relative(entry.path(), SITGRAPH_SOURCE_DIR).string(), number,
                       line.substr(begin + 1, end - begin - 1), line[begin] == '"'});
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("rooms include only what docs/architecture.md allows them") {
  const auto rooms = ReadRooms();
  REQUIRE(rooms.size() >= 10);
  for (const Include& include : ReadIncludes()) {
    INFO(include.file << ":" << include.line << ": includes " << include.target);
    const std::string from = RoomOf(include.file, rooms);
    CHECK_FALSE(from.empty());  // a folder without a row in the table
    const std::string to = RoomOf(include.target, rooms);
    if (!to.empty() && !from.empty()) CHECK(rooms.at(from).count(to) == 1);
    // Our own headers are named from the repository's root.
    if (include.quoted) CHECK_FALSE(to.empty());
  }
}

TEST_CASE("wrapped libraries are included by their adapters only") {
  for (const Include& include : ReadIncludes()) {
    for (const auto& [library, adapters] : kAdapters) {
      if (include.target.compare(0, library.size(), library) != 0) continue;
      INFO(include.file << ":" << include.line << ": includes " << include.target);
      CHECK(adapters.count(include.file) == 1);
    }
  }
}

TEST_CASE("a source file includes its own header first") {
  std::set<std::string> seen;
  for (const Include& include : ReadIncludes()) {
    if (fs::path(include.file).extension() != ".cc" || !seen.insert(include.file).second) continue;
    const std::string header = fs::path(include.file).replace_extension(".h").string();
    if (!fs::exists(fs::path(SITGRAPH_SOURCE_DIR) / header)) continue;
    INFO(include.file << ":" << include.line);
    CHECK(include.target == header);
  }
}
