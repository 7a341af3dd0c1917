#include "src/codebook/codebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "src/codebook/content.h"
#include "src/codebook/gazetteer_entries.h"

namespace sitgraph::codebook {
namespace {

constexpr uint64_t kMaxFile = UINT64_C(64) << 20;  // bytes

constexpr std::array<std::string_view, 10> kFiles = {kEventTypesFile, kCountriesFile, kPlacesFile, kActorsFile,
                                                     kMaterielFile,   kNounsFile,     kTitlesFile, kUnitsFile,
                                                     "triggers.csv",  "cues.csv"};  // the last two are TriggerTable's

void Digest(std::string& all, std::string_view name, std::string_view content) {
  all += name;
  all += ' ';
  all += base::Sha256Hex(content);
  all += '\n';
}

std::string PathIn(const std::string& folder, std::string_view name) {
  return (std::filesystem::path(folder) / name).string();
}

}  // namespace

struct Codebook::Impl {
  Content content;
  TriggerTable triggers;
  std::string digest;
  std::unique_ptr<GazetteerEntries> gazetteer;
};

const SourceFile* FindFile(const SourceFiles& files, std::string_view name, ErrorList& errors) {
  const auto found = files.find(name);
  if (found != files.end()) return &found->second;
  errors.Add(
      {base::ErrorCode::kNotFound, "no " + std::string(name) + " in the codebook", {std::string(name), 0, 0}, {}});
  return nullptr;
}

Content Parse(const SourceFiles& files, ErrorList& errors) {
  Content content;
  if (const SourceFile* file = FindFile(files, kEventTypesFile, errors)) ParseEventTypes(*file, content, errors);
  ParseWords(files, content, errors);
  ParseEntries(files, content, errors);
  return content;
}

namespace {

// Reads the named files of the folder; those that cannot be read are reported and given as empty.
SourceFiles ReadFiles(const std::string& folder, std::span<const std::string_view> names, ErrorList& errors) {
  SourceFiles files;
  for (std::string_view name : names) {
    const std::string path = PathIn(folder, name);
    auto text = base::ReadFile(path, kMaxFile);
    if (!text) {
      errors.Add(std::move(text.error()));
      text = std::string();
    }
    files.emplace(name, SourceFile{path, std::move(*text)});
  }
  return files;
}

// A type that no trigger tells, and that is no type's parent, can never be found in a report.
void CheckReached(const Content& content, const TriggerTable& triggers, ErrorList& errors) {
  std::set<std::string_view> reached;
  for (const Trigger& trigger : triggers.triggers()) reached.insert(trigger.type);
  for (const EventType& type : content.event_types) reached.insert(type.parent);
  for (size_t i = 0; i < content.event_types.size(); ++i) {
    const std::string& id = content.event_types[i].id;
    if (reached.contains(id)) continue;
    errors.Add(content.event_type_places[i], "no trigger tells '" + id + "'", "add its words to triggers.csv");
  }
}

}  // namespace

tl::expected<Codebook, std::vector<base::Error>> Codebook::Load(const std::string& folder) {
  ErrorList errors;
  std::vector<std::string> order;
  for (std::string_view name : kFiles) order.push_back(PathIn(folder, name));
  const SourceFiles files = ReadFiles(folder, kFiles, errors);
  if (!errors.empty()) return tl::unexpected(errors.Take(order));

  auto impl = std::make_unique<Impl>();
  std::string digest;
  for (std::string_view name : kFiles) Digest(digest, name, files.find(name)->second.text);
  impl->digest = base::Sha256Hex(digest);
  impl->content = Parse(files, errors);

  std::vector<std::string> types;
  for (const EventType& type : impl->content.event_types) types.push_back(type.id);
  auto triggers = TriggerTable::Load(folder, types);
  if (triggers) {
    impl->triggers = std::move(*triggers);
    if (errors.empty()) CheckReached(impl->content, impl->triggers, errors);
  } else {
    for (base::Error& error : triggers.error()) errors.Add(std::move(error));
  }
  if (!errors.empty()) return tl::unexpected(errors.Take(order));
  return Codebook(std::move(impl));
}

Codebook::Codebook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Codebook::Codebook(Codebook&&) noexcept = default;
Codebook& Codebook::operator=(Codebook&&) noexcept = default;
Codebook::~Codebook() = default;

const std::vector<EventType>& Codebook::event_types() const { return impl_->content.event_types; }
const std::vector<Entry>& Codebook::entries() const { return impl_->content.entries; }
const TriggerTable& Codebook::triggers() const { return impl_->triggers; }
const std::string& Codebook::digest() const { return impl_->digest; }

namespace {

template <typename T>
const T* FindIn(const std::vector<T>& rows, const std::unordered_map<std::string, uint32_t>& index,
                std::string_view key) {
  const auto found = index.find(std::string(key));
  return found == index.end() ? nullptr : &rows[found->second];
}

}  // namespace

const EventType* Codebook::FindEventType(std::string_view id) const {
  return FindIn(impl_->content.event_types, impl_->content.event_type_of_id, id);
}

const Entry* Codebook::FindEntry(std::string_view id) const {
  const Entry* entry = FindIn(impl_->content.entries, impl_->content.entry_of_id, id);
  return entry == nullptr && impl_->gazetteer != nullptr ? impl_->gazetteer->Find(id) : entry;
}

void Codebook::Attach(Gazetteer gazetteer) {
  impl_->digest += fmt::format(":{:016x}", gazetteer.digest());
  impl_->gazetteer = std::make_unique<GazetteerEntries>(std::move(gazetteer), impl_->content);
}

const Gazetteer* Codebook::gazetteer() const {
  return impl_->gazetteer == nullptr ? nullptr : &impl_->gazetteer->gazetteer();
}

std::optional<NameMatch> Codebook::MatchGazetteer(std::span<const std::string_view> tokens, bool any_case) const {
  if (impl_->gazetteer == nullptr) return std::nullopt;
  return impl_->gazetteer->Match(tokens, any_case);
}

bool Codebook::LiesWithin(std::string_view part, std::string_view whole) const {
  constexpr int kMaxSteps = 8;  // levels of places
  const Entry* entry = FindEntry(part);
  for (int step = 0; entry != nullptr && !entry->within.empty() && step < kMaxSteps; ++step) {
    if (entry->within == whole) return true;
    entry = FindEntry(entry->within);
  }
  return false;
}

const Noun* Codebook::FindNoun(std::string_view lemma) const {
  return FindIn(impl_->content.nouns, impl_->content.noun_of_lemma, lemma);
}

const Entry* Codebook::FindDemonym(std::string_view word, bool any_case) const {
  if (word.empty() || (!any_case && word[0] >= 'a' && word[0] <= 'z')) return nullptr;
  return FindIn(impl_->content.entries, impl_->content.entry_of_demonym, base::FoldName(word));
}

std::optional<NameMatch> Codebook::MatchName(std::span<const std::string_view> tokens, bool any_case) const {
  const auto match = impl_->content.names.Find(tokens, any_case);
  if (!match) return std::nullopt;
  NameMatch result;
  result.tokens = match->tokens;
  for (uint32_t value : match->values) result.entries.push_back(&impl_->content.entries[value]);
  return result;
}

std::optional<std::pair<const Title*, size_t>> Codebook::MatchTitle(std::span<const std::string_view> tokens) const {
  const auto match = impl_->content.title_phrases.Find(tokens);
  if (!match) return std::nullopt;
  return std::make_pair(&impl_->content.titles[match->first], match->second);
}

std::optional<std::pair<const Unit*, size_t>> Codebook::MatchUnit(std::span<const std::string_view> tokens) const {
  const auto match = impl_->content.unit_phrases.Find(tokens);
  if (!match) return std::nullopt;
  return std::make_pair(&impl_->content.units[match->first], match->second);
}

}  // namespace sitgraph::codebook
