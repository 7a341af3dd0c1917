// The trained language model: loading, checking and writing its one file (models/README.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "src/language/lemmatizer.h"
#include "src/language/morphology.h"
#include "src/language/tagger.h"
#include "src/language/weights.h"
#include "src/language/words.h"

namespace sitgraph::language {

// Everything that was learned. Immutable once loaded.
struct ModelData {
  std::string description;  // one line: what it was trained on
  uint64_t digest = 0;      // of the file's content
  std::vector<Tag> tags;
  Lexicon lexicon;
  RowTable tagger;
  RowTable labels;
  StructureTable greedy;
  StructureTable beam;
  Lemmatizer lemmatizer;
  Morphology morphology;

  size_t memory() const;  // bytes of the tables
};

// A handle to loaded data; copying is cheap, and any number of threads may read one model.
class Model {
 public:
  // Reads a file that sitgraph-train wrote. kNotFound or kUnreadable; kBadInput where it is no model; kUnsupported for
  // one of another format version; kCorrupt where its checksum or content is wrong.
  static base::Result<Model> Load(const std::string& path);
  // The same from the file's bytes; `name` is for errors.
  static base::Result<Model> Parse(std::string_view bytes, const std::string& name);

  const ModelData& data() const { return *data_; }

 private:
  explicit Model(std::shared_ptr<const ModelData> data) : data_(std::move(data)) {}
  std::shared_ptr<const ModelData> data_;
};

// What the trainer hands over; the rows of each table by ascending key.
struct ModelParts {
  std::string description;
  std::vector<Tag> tags;
  std::vector<NumberTable::Entry> lexicon;
  uint32_t ambiguity_classes = 1;
  std::vector<SparseRow> tagger;
  std::vector<SparseRow> labels;
  std::vector<StructureRow> greedy;
  std::vector<StructureRow> beam;
  std::vector<EditRule> edit_rules;
  std::vector<NumberTable::Entry> lemmas;
  std::vector<uint64_t> feature_sets;
  std::vector<NumberTable::Entry> features;
};

// The bytes of the model file: magic, version, size, XXH3 checksum, then the sections.
std::string WriteModel(const ModelParts& parts);

// Where a model is looked for when none is named: $SITGRAPH_MODEL, then beside the program as installed
// (../share/sitgraph/models), then the source tree's models/ folder given at build time. kNotFound names the places.
base::Result<std::string> FindModel();

}  // namespace sitgraph::language
