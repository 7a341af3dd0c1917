// FindCodebookFolder: where an installed or freshly built program finds its codebook.
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "src/codebook/codebook.h"

namespace sitgraph::codebook {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLevels = 6;  // from build/<preset>/tests/<room>/ up to the source tree

bool IsCodebook(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "event_types.csv", ignored);
}

tl::unexpected<base::Error> NotFound(std::string message, const fs::path& folder) {
  return base::Fail(base::ErrorCode::kNotFound, std::move(message), {folder.string(), 0, 0},
                    "a codebook is a folder with event_types.csv, places.csv and the other tables");
}

}  // namespace

base::Result<std::string> FindCodebookFolder(const std::string& option) {
  if (!option.empty()) {
    if (IsCodebook(option)) return option;
    return NotFound("no codebook there", option);
  }
  if (const char* variable = std::getenv("SITGRAPH_CODEBOOK"); variable != nullptr && *variable != '\0') {
    if (IsCodebook(variable)) return std::string(variable);
    return NotFound("no codebook where SITGRAPH_CODEBOOK points", variable);
  }
  std::vector<fs::path> places;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  if (!program.empty()) {
    places.push_back((program.parent_path() / "../share/sitgraph/codebook").lexically_normal());
    fs::path above = program.parent_path();
    for (int level = 0; level < kMaxLevels && above.has_relative_path(); ++level) {
      above = above.parent_path();
      places.push_back(above / "codebook");
    }
  }
  std::string tried;
  for (const fs::path& place : places) {
    if (IsCodebook(place)) return place.string();
    if (!tried.empty()) tried += ", ";
    tried += place.string();
  }
  return base::Fail(base::ErrorCode::kNotFound, "no codebook found; tried " + (tried.empty() ? "nothing" : tried), {},
                    "give its folder, or set SITGRAPH_CODEBOOK");
}

}  // namespace sitgraph::codebook
