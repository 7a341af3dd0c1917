// Any bytes as the files of a codebook give content or errors; names that were read are found in any tokens.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "src/codebook/content.h"
#include "src/codebook/identity.h"

namespace {

using namespace sitgraph::codebook;  // NOLINT: one fuzzer, one room

constexpr std::array<std::string_view, 8> kFiles = {kEventTypesFile, kCountriesFile, kPlacesFile, kActorsFile,
                                                    kMaterielFile,   kNounsFile,     kTitlesFile, kUnitsFile};
constexpr std::array<std::string_view, 8> kHeaders = {
    "id,group,parent,label,definition,plover_event,plover_mode,cameo,acled_event,acled_sub_event\n",
    "iso,name,aliases,adjectives,people,government,latitude,longitude\n",
    "id,name,aliases,type,country,within,latitude,longitude\n",
    "id,kind,name,aliases,country,within,office\n",
    "id,name,aliases,class,country\n",
    "lemma,kind,unit,collective\n",
    "words,type\n",
    "word,forms,code\n"};

void CheckEntries(const Content& content, std::string_view text) {
  for (const Entry& entry : content.entries) {
    if (entry.id.empty() || !content.entry_of_id.contains(entry.id)) std::abort();
    if (!entry.within.empty() && !content.entry_of_id.contains(entry.within)) std::abort();
    // Walking up must end.
    size_t steps = 0;
    for (const Entry* at = &entry; !at->within.empty(); ++steps) {
      if (steps > content.entries.size()) std::abort();
      at = &content.entries[content.entry_of_id.find(at->within)->second];
    }
    if (EntityIri(entry.kind, entry.name).size() > 180) std::abort();
  }
  const std::vector<std::string_view> tokens = sitgraph::base::Split(text.substr(0, 200), ' ');
  for (bool any_case : {false, true}) {
    const auto match = content.names.Find(tokens, any_case);
    if (!match) continue;
    if (match->tokens == 0 || match->tokens > tokens.size() || match->values.empty()) std::abort();
    for (uint32_t value : match->values) {
      if (value >= content.entries.size()) std::abort();
    }
  }
}

}  // namespace

// The bytes are the files one after another, parted by NUL; a file's first byte below ' ' asks for its right header.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string_view> parts = sitgraph::base::Split(input, '\0');
  SourceFiles files;
  for (size_t i = 0; i < kFiles.size(); ++i) {
    std::string text(i < parts.size() ? parts[i] : std::string_view());
    if (text.empty() || text[0] < ' ') text = std::string(kHeaders[i]) + (text.empty() ? "" : text.substr(1));
    files.emplace(kFiles[i], SourceFile{std::string(kFiles[i]), std::move(text)});
  }
  ErrorList errors;
  const Content content = Parse(files, errors);
  CheckEntries(content, parts.back());
  std::vector<std::string_view> tokens = sitgraph::base::Split(parts[0].substr(0, 200), ' ');
  content.title_phrases.Find(tokens);
  content.unit_phrases.Find(tokens);
  return 0;
}
