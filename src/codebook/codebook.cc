#include "src/codebook/codebook.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "src/codebook/content.h"

namespace sitgraph::codebook {
namespace {

constexpr uint64_t kMaxFile = UINT64_C(64) << 20;  // bytes

constexpr std::array<std::string_view, 8> kFiles = {kEventTypesFile, kCountriesFile, kPlacesFile, kActorsFile,
                                                    kMaterielFile,   kNounsFile,     kTitlesFile, kUnitsFile};
// Read by TriggerTable, but part of the digest.
constexpr std::array<std::string_view, 2> kTriggerFiles = {"triggers.csv", "cues.csv"};

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

tl::expected<Codebook, std::vector<base::Error>> Codebook::Load(const std::string& folder) {
  ErrorList errors;
  SourceFiles files;
  std::vector<std::string> order;
  std::string digest;
  for (std::string_view name : kFiles) {
    const std::string path = PathIn(folder, name);
    order.push_back(path);
    auto text = base::ReadFile(path, kMaxFile);
    if (!text) {
      errors.Add(std::move(text.error()));
      text = std::string();
    }
    Digest(digest, name, *text);
    files.emplace(name, SourceFile{path, std::move(*text)});
  }
  if (!errors.empty()) return tl::unexpected(errors.Take(order));
  auto impl = std::make_unique<Impl>();
  impl->content = Parse(files, errors);
  for (std::string_view name : kTriggerFiles) {
    const std::string path = PathIn(folder, name);
    order.push_back(path);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    auto text = base::ReadFile(path, kMaxFile);
    if (text) {
      Digest(digest, name, *text);
    } else {
      errors.Add(std::move(text.error()));
    }
  }
  if (std::filesystem::exists(order.back())) {
    std::vector<std::string> types;
    for (const EventType& type : impl->content.event_types) types.push_back(type.id);
    auto triggers = TriggerTable::Load(folder, types);
    if (triggers) {
      impl->triggers = std::move(*triggers);
    } else {
      for (base::Error& error : triggers.error()) errors.Add(std::move(error));
    }
  }
  if (!errors.empty()) return tl::unexpected(errors.Take(order));
  impl->digest = base::Sha256Hex(digest);
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
  return FindIn(impl_->content.entries, impl_->content.entry_of_id, id);
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
