// The model file's format.
#include "src/language/model.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "base/hash.h"
#include "src/language/tagset.h"

namespace sitgraph::language {
namespace {

constexpr std::string_view kMagic = "SITGRAPH LANGUAGE MODEL\n";
// Raise it with every change of templates, hashes, tag lists or layouts: older files then say that they are old.
constexpr uint32_t kFormatVersion = 1;
constexpr size_t kHeaderSize = kMagic.size() + 4 + 8 + 8;
constexpr uint64_t kMaxModelBytes = UINT64_C(256) << 20;
constexpr std::string_view kFileName = "english.sgm";

base::Result<std::shared_ptr<ModelData>> ReadSections(std::string_view payload, const std::string& name) {
  auto data = std::make_shared<ModelData>();
  ByteSource in(payload);
  const auto broken = [&](std::string_view section) {
    return base::Fail(base::ErrorCode::kCorrupt, fmt::format("the language model's {} cannot be read", section), {name},
                      "get the file again, or rebuild it with sitgraph-train");
  };
  data->description = std::string(in.String());
  const size_t tags = in.Count(2);
  for (size_t t = 0; t < tags; ++t) {
    const uint8_t upos = in.U8();
    const uint8_t xpos = in.U8();
    if (upos >= kUposCount || xpos >= kXposCount) return broken("tag list");
    data->tags.push_back({static_cast<Upos>(upos), static_cast<Xpos>(xpos)});
  }
  if (!in.ok() || tags == 0 || tags >= kNoTag) return broken("tag list");
  const uint32_t classes = in.U32();
  if (!data->lexicon.table().Read(in, classes)) return broken("lexicon");
  if (!data->tagger.Read(in, tags)) return broken("tagger");
  if (!data->labels.Read(in, kDeprelCount)) return broken("relations");
  if (!data->greedy.Read(in)) return broken("greedy parser");
  if (!data->beam.Read(in)) return broken("beam parser");
  if (!data->lemmatizer.Read(in)) return broken("lemmas");
  if (!data->morphology.Read(in)) return broken("features");
  if (!in.ok() || in.remaining() != 0) return broken("end");
  return std::shared_ptr<ModelData>(std::move(data));
}

}  // namespace

size_t ModelData::memory() const {
  return lexicon.table().memory() + tagger.memory() + labels.memory() + greedy.memory() + beam.memory();
}

base::Result<Model> Model::Load(const std::string& path) {
  const auto bytes = base::ReadFile(path, kMaxModelBytes);
  if (!bytes) return base::Fail(bytes.error());
  return Parse(*bytes, path);
}

base::Result<Model> Model::Parse(std::string_view bytes, const std::string& name) {
  if (bytes.substr(0, kMagic.size()) != kMagic) {
    return base::Fail(base::ErrorCode::kBadInput, "this is no language model", {name}, "sitgraph-train writes them");
  }
  ByteSource header(bytes.substr(kMagic.size()));
  const uint32_t version = header.U32();
  const uint64_t size = header.U64();
  const uint64_t checksum = header.U64();
  if (header.ok() && version != kFormatVersion) {
    return base::Fail(
        base::ErrorCode::kUnsupported,
        fmt::format("the language model has format {}, this program reads format {}", version, kFormatVersion), {name},
        "use the model that came with this program, or rebuild it with sitgraph-train");
  }
  const std::string_view payload = bytes.substr(std::min(bytes.size(), kHeaderSize));
  if (!header.ok() || size != payload.size() || base::Hash64(payload) != checksum) {
    return base::Fail(base::ErrorCode::kCorrupt,
                      !header.ok() || payload.size() < size ? "the language model is cut short"
                                                            : "the language model is damaged: its checksum is wrong",
                      {name}, "get the file again, or rebuild it with sitgraph-train");
  }
  auto data = ReadSections(payload, name);
  if (!data) return base::Fail(data.error());
  (*data)->digest = checksum;
  return Model(*data);
}

std::string WriteModel(const ModelParts& parts) {
  ByteWriter payload;
  payload.String(parts.description);
  payload.Varint(parts.tags.size());
  for (const Tag tag : parts.tags) {
    payload.U8(static_cast<uint8_t>(tag.upos));
    payload.U8(static_cast<uint8_t>(tag.xpos));
  }
  payload.U32(parts.ambiguity_classes);
  NumberTable::Write(parts.lexicon, payload);
  RowTable::Write(parts.tagger, payload);
  RowTable::Write(parts.labels, payload);
  StructureTable::Write(parts.greedy, payload);
  StructureTable::Write(parts.beam, payload);
  Lemmatizer::Write(parts.edit_rules, parts.lemmas, payload);
  Morphology::Write(parts.feature_sets, parts.features, payload);
  ByteWriter header;
  header.U32(kFormatVersion);
  header.U64(payload.bytes().size());
  header.U64(base::Hash64(payload.bytes()));
  return std::string(kMagic) + header.bytes() + payload.bytes();
}

base::Result<std::string> FindModel() {
  namespace fs = std::filesystem;
  if (const char* named = std::getenv("SITGRAPH_MODEL"); named != nullptr && *named != '\0') return std::string(named);
  std::error_code error;
  std::vector<fs::path> places;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) places.push_back(program.parent_path() / ".." / "share" / "sitgraph" / "models" / kFileName);
  places.push_back(fs::path(SITGRAPH_MODEL_DIR) / kFileName);
  std::string looked;
  for (const fs::path& place : places) {
    if (fs::exists(place, error)) return place.lexically_normal().string();
    looked += (looked.empty() ? "" : ", ") + place.lexically_normal().string();
  }
  return base::Fail(base::ErrorCode::kNotFound, fmt::format("no language model at {}", looked), {},
                    "name one with --model or SITGRAPH_MODEL");
}

}  // namespace sitgraph::language
