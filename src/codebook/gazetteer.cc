#include "src/codebook/gazetteer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/hash.h"
#include "base/text.h"
#include "src/codebook/gazetteer_format.h"
#include "src/codebook/names.h"

namespace sitgraph::codebook {
namespace {

using gazetteer::Header;
using gazetteer::IdRecord;
using gazetteer::NameRecord;
using gazetteer::PlaceRecord;

constexpr uint64_t kMaxChecked = UINT64_C(64) << 20;  // bytes up to which the checksum is worth its time
constexpr size_t kMaxTokens = 10;                     // of a name
constexpr std::string_view kFileName = "cities.gaz";

bool IsUpperAscii(char c) { return c >= 'A' && c <= 'Z'; }

bool StartsHigh(std::string_view word) {
  if (word.empty()) return false;
  if (static_cast<unsigned char>(word[0]) < 0x80) return IsUpperAscii(word[0]);
  size_t end = 0;
  base::NextCodePoint(word, end);
  return base::Lower(word.substr(0, end)) != word.substr(0, end);
}

// "al-Bab", "Al", "al": what may begin a name though it starts small.
bool IsArticle(std::string_view word) {
  constexpr std::string_view kArticles[] = {"al", "ar", "as", "ash", "az", "ad", "an", "at", "ez", "el"};
  return std::find(std::begin(kArticles), std::end(kArticles), word) != std::end(kArticles);
}
bool IsJoinedArticleName(std::string_view word) {
  const size_t hyphen = word.find('-');
  return hyphen != std::string_view::npos && IsArticle(word.substr(0, hyphen)) && StartsHigh(word.substr(hyphen + 1));
}
// Small words inside names: "Rio de Janeiro", "Stoke on Trent".
bool IsParticle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"de",  "del", "da", "do",  "dos", "das", "du",   "des", "la",  "le", "les",
                                             "los", "las", "di", "den", "der", "on",  "upon", "am",  "sur", "y",  "e"};
  return IsArticle(word) || std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}
bool IsInnerSign(std::string_view token) {
  return token == "-" || token == "‐" || token == "‑" || token == "'" || token == "’" || token == "‘";
}

}  // namespace

struct Gazetteer::Impl {
  std::string path;
  const char* bytes = nullptr;
  uint64_t size = 0;
  Header header{};
  std::span<const PlaceRecord> places;
  std::span<const NameRecord> names;
  std::span<const IdRecord> ids;
  std::string_view text;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (bytes != nullptr) ::munmap(const_cast<char*>(bytes), size);
  }

  // Empty where the file lies: views never leave it.
  std::string_view Text(gazetteer::Text at) const {
    if (at.offset > text.size() || at.size > text.size() - at.offset) return {};
    return text.substr(at.offset, at.size);
  }

  base::Status Map();
  base::Status Check();
  Match Named(std::string_view written, bool any_case) const;
};

base::Status Gazetteer::Impl::Map() {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return base::Fail(errno == ENOENT ? base::ErrorCode::kNotFound : base::ErrorCode::kUnreadable,
                      errno == ENOENT ? "no such file" : "the gazetteer cannot be opened", {path},
                      "`sitgraph gazetteer import` makes one; `--gazetteer none` does without");
  }
  struct stat status {};
  const bool regular = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  if (regular && status.st_size >= static_cast<off_t>(sizeof(Header))) {
    size = static_cast<uint64_t>(status.st_size);
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped != MAP_FAILED) bytes = static_cast<const char*>(mapped);
  }
  ::close(file);
  if (bytes != nullptr) return {};
  return base::Fail(base::ErrorCode::kBadInput, "this is no gazetteer", {path},
                    "`sitgraph gazetteer import` makes one");
}

base::Status Gazetteer::Impl::Check() {
  std::memcpy(&header, bytes, sizeof(header));
  const std::string_view magic(header.magic, sizeof(header.magic));
  if (magic != gazetteer::kMagic) {
    const bool other = magic.substr(0, gazetteer::kVersionAt) == gazetteer::kMagic.substr(0, gazetteer::kVersionAt);
    return base::Fail(other ? base::ErrorCode::kUnsupported : base::ErrorCode::kBadInput,
                      other ? "the gazetteer has another format version" : "this is no gazetteer", {path},
                      "make it with this program's `sitgraph gazetteer import`");
  }
  const uint64_t records =
      header.places * sizeof(PlaceRecord) + header.names * sizeof(NameRecord) + header.places * sizeof(IdRecord);
  if (header.text_size > size || size != sizeof(Header) + records + header.text_size) {
    return base::Fail(base::ErrorCode::kCorrupt, "the gazetteer is cut short", {path}, "make or get it again");
  }
  if (size <= kMaxChecked && base::Hash64({bytes + sizeof(Header), size - sizeof(Header)}) != header.checksum) {
    return base::Fail(base::ErrorCode::kCorrupt, "the gazetteer is damaged: its checksum is wrong", {path},
                      "make or get it again");
  }
  const char* at = bytes + sizeof(Header);
  places = {reinterpret_cast<const PlaceRecord*>(at), header.places};
  at += places.size_bytes();
  names = {reinterpret_cast<const NameRecord*>(at), header.names};
  at += names.size_bytes();
  ids = {reinterpret_cast<const IdRecord*>(at), header.places};
  at += ids.size_bytes();
  text = {at, header.text_size};
  return {};
}

base::Result<Gazetteer> Gazetteer::Load(const std::string& path) {
  auto impl = std::make_shared<Impl>();
  impl->path = path;
  if (auto mapped = impl->Map(); !mapped) return base::Fail(mapped.error());
  if (auto checked = impl->Check(); !checked) return base::Fail(checked.error());
  return Gazetteer(std::move(impl));
}

const std::string& Gazetteer::path() const { return impl_->path; }
std::string_view Gazetteer::description() const { return impl_->Text(impl_->header.description); }
uint64_t Gazetteer::digest() const { return impl_->header.checksum; }
uint32_t Gazetteer::size() const { return impl_->header.places; }
uint32_t Gazetteer::names() const { return impl_->header.names; }

GazetteerPlace Gazetteer::At(uint32_t place) const {
  const PlaceRecord& record = impl_->places[place];
  GazetteerPlace out;
  out.id = impl_->Text(record.id);
  out.name = impl_->Text(record.name);
  out.country = std::string_view(record.country, 2);
  if (record.region > 0 && record.region <= size()) out.region = record.region - 1;
  if (record.type <= static_cast<uint8_t>(PlaceType::kFeature)) out.type = static_cast<PlaceType>(record.type);
  if (record.latitude != gazetteer::kNoDegrees) {
    constexpr double kUnits = 1e5;
    out.latitude = record.latitude / kUnits;
    out.longitude = record.longitude / kUnits;
  }
  out.population = record.population;
  return out;
}

std::optional<uint32_t> Gazetteer::FindId(std::string_view id) const {
  const uint64_t hash = base::Hash64(id);
  auto at = std::lower_bound(impl_->ids.begin(), impl_->ids.end(), hash,
                             [](const IdRecord& record, uint64_t wanted) { return record.hash < wanted; });
  for (; at != impl_->ids.end() && at->hash == hash; ++at) {
    if (at->place < size() && At(at->place).id == id) return at->place;
  }
  return std::nullopt;
}

// Places that bear a name, as it is written in a text; those that are spelt so, where there are any.
Gazetteer::Match Gazetteer::Impl::Named(std::string_view written, bool any_case) const {
  const auto reading = ReadName(written);
  if (!reading) return {};
  constexpr size_t kShortWord = 3;  // "Bab" alone is more often a part of an unknown name than al-Bab
  constexpr size_t kSureWord = 4;   // letters up to which another romanisation is more often another name
  const uint64_t key = base::Hash64(reading->key);
  auto at = std::lower_bound(names.begin(), names.end(), key,
                             [](const NameRecord& record, uint64_t wanted) { return record.key < wanted; });
  std::vector<uint32_t> same, near;
  for (; at != names.end() && at->key == key; ++at) {
    if (at->place >= places.size()) continue;
    const auto name = ReadName(Text(at->name));
    if (!name || name->key != reading->key || (reading->small & ~name->articles) != 0) continue;
    if (name->parts == 1 && name->articles != 0 && reading->articles == 0 && reading->first_key_size <= kShortWord) {
      continue;
    }
    const std::string_view country(places[at->place].country, 2);
    if (name->folded == reading->folded) {
      same.push_back(at->place);
    } else if (IsRomanisedCountry(country) && reading->folded.size() > kSureWord && !any_case) {
      near.push_back(at->place);
    }
  }
  std::vector<uint32_t>& out = same.empty() ? near : same;
  std::sort(out.begin(), out.end());  // places lie by population
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return {0, std::move(out), !same.empty()};
}

std::optional<Gazetteer::Match> Gazetteer::Find(std::span<const std::string_view> tokens, bool any_case) const {
  if (tokens.empty()) return std::nullopt;
  const bool article = IsArticle(tokens[0]) && tokens.size() > 1;
  if (!any_case && !StartsHigh(tokens[0]) && !IsJoinedArticleName(tokens[0]) && !article) return std::nullopt;
  std::string written;
  Match best;
  bool high = false;  // a word with a capital has been read
  for (size_t t = 0; t < tokens.size() && t < kMaxTokens; ++t) {
    const bool word = !any_case || !base::FoldName(tokens[t]).empty();
    const bool capital = word && (any_case || StartsHigh(tokens[t]) || IsJoinedArticleName(tokens[t]));
    if (!capital && !(t > 0 && IsInnerSign(tokens[t])) && !IsParticle(tokens[t])) break;
    high = high || capital;
    if (!written.empty()) written += ' ';
    written += tokens[t];
    if (!capital || !high) continue;
    if (Match match = impl_->Named(written, any_case); !match.places.empty()) {
      best = std::move(match);
      best.tokens = t + 1;
    }
  }
  if (best.tokens == 0) return std::nullopt;
  return best;
}

std::string FindGazetteer(const std::string& option) {
  namespace fs = std::filesystem;
  if (option == "none") return {};
  if (!option.empty()) return option;
  if (const char* named = std::getenv("SITGRAPH_GAZETTEER"); named != nullptr && *named != '\0') {
    return std::string_view(named) == "none" ? std::string() : std::string(named);
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  std::vector<fs::path> places;
  if (!error) places.push_back(program.parent_path() / ".." / "share" / "sitgraph" / "gazetteer" / kFileName);
  places.push_back(fs::path(SITGRAPH_GAZETTEER_DIR) / kFileName);
  for (const fs::path& place : places) {
    if (fs::exists(place, error)) return place.lexically_normal().string();
  }
  return {};
}

}  // namespace sitgraph::codebook
