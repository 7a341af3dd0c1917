// The model file: the same bytes from the same treebank, and every damage noticed.
#include "src/language/model.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "tests/language/tiny_treebank.h"
#include "tests/temporary_folder.h"

namespace sitgraph::language {
namespace {

TEST_CASE("Training twice gives the same model, byte for byte") {
  const std::string again = WriteModel(train::Train(testing::TinyTreebank(), "tiny", testing::TinyOptions()));
  CHECK(again.size() > 1000);
  CHECK(again == testing::TinyModelBytes());
}

TEST_CASE("A model is read back as it was written") {
  const auto model = Model::Parse(testing::TinyModelBytes(), "tiny");
  REQUIRE(model);
  CHECK(model->data().description == "tiny");
  CHECK(model->data().tags.size() == 9);
  CHECK(model->data().beam.size() > 100);
  CHECK(model->data().memory() > 1000);
}

TEST_CASE("A damaged model is refused wherever the damage is") {
  const std::string& good = testing::TinyModelBytes();
  for (size_t at = 0; at < good.size(); at = at < 64 ? at + 1 : at + 997) {
    INFO("byte " << at);
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    const auto model = Model::Parse(bad, "bad.sgm");
    REQUIRE(!model);
    const base::ErrorCode code = model.error().code;
    CHECK((code == base::ErrorCode::kCorrupt || code == base::ErrorCode::kBadInput ||
           code == base::ErrorCode::kUnsupported));
    CHECK(model.error().place.file == "bad.sgm");
    CHECK_FALSE(model.error().hint.empty());
  }
  for (size_t size = 0; size < good.size(); size = size < 64 ? size + 1 : size + 1999) {
    INFO("cut at " << size);
    CHECK(!Model::Parse(std::string_view(good).substr(0, size), "cut.sgm"));
  }
  CHECK(!Model::Parse(good + "x", "long.sgm"));
}

TEST_CASE("A model of another format says so, and a missing one where it was looked for") {
  std::string other = testing::TinyModelBytes();
  other[24] = static_cast<char>(other[24] + 1);  // the version follows the magic line
  const auto model = Model::Parse(other, "old.sgm");
  REQUIRE(!model);
  CHECK(model.error().code == base::ErrorCode::kUnsupported);
  const auto missing = Model::Load("/nonexistent/english.sgm");
  REQUIRE(!missing);
  CHECK(missing.error().code == base::ErrorCode::kNotFound);
}

// Weights whose checksum is right but whose content is not: what a fuzzer would send.
TEST_CASE("Tables read no bytes that are not theirs") {
  const std::vector<std::string> kBroken = {
      std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10),  // more rows than bytes
      std::string("\x02\x09\x01\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10),  // a key past 32 bits
      std::string("\x01\x08", 2),                                   // a row without weights
      std::string("\x01", 1),
      std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 11),
  };
  for (const std::string& bytes : kBroken) {
    ByteSource structure(bytes);
    CHECK_FALSE(StructureTable().Read(structure));
    ByteSource rows(bytes);
    CHECK_FALSE(RowTable().Read(rows, 4));
    ByteSource numbers(bytes);
    CHECK_FALSE(NumberTable().Read(numbers, 4));
  }
}

TEST_CASE("Weights keep their order of size through eight bits") {
  CHECK(Compand(1.0, 1.0) == 127);
  CHECK(Compand(-1.0, 1.0) == -127);
  CHECK(Compand(0.0, 1.0) == 0);
  int previous = 0;
  for (int i = 1; i <= 1000; ++i) {
    const int code = Compand(i / 1000.0, 1.0);
    CHECK(code >= previous);
    CHECK(Compand(-i / 1000.0, 1.0) == -code);
    const double back = static_cast<double>(kDecompanded[static_cast<uint8_t>(code)]) / (127.0 * 127.0 * 127.0);
    CHECK(back == Approx(i / 1000.0).epsilon(0.2));
    previous = code;
  }
}

TEST_CASE("Flat tables find what was put in and nothing else") {
  std::vector<StructureRow> rows;
  for (uint32_t i = 1; i < 2000; ++i) rows.push_back({i * i * 1000, {static_cast<int8_t>(i % 100 + 1), 0, -2}});
  rows.push_back({UINT32_MAX - 1, {1, 0, 0}});
  rows.push_back({UINT32_MAX, {3, 0, 0}});
  ByteWriter out;
  StructureTable::Write(rows, out);
  StructureTable table;
  ByteSource in(out.bytes());
  REQUIRE(table.Read(in));
  for (const StructureRow& row : rows) {
    Scores3 scores{};
    table.Add(std::vector<uint32_t>{row.key}, scores);
    CHECK(scores == Scores3{row.codes[0] * row.codes[0] * row.codes[0], 0, row.codes[2] * row.codes[2] * row.codes[2]});
    scores = {};
    table.Add(std::vector<uint32_t>{row.key - 1}, scores);
    if (row.key != UINT32_MAX) CHECK(scores == Scores3{});
  }
}

TEST_CASE("The shipped model loads within the bars") {
  const std::string path = std::string(SITGRAPH_SOURCE_DIR) + "/models/english.sgm";
  if (!std::filesystem::exists(path)) {
    WARN("no models/english.sgm: skipped");
    return;
  }
  CHECK(std::filesystem::file_size(path) <= 25'000'000);
  const auto model = Model::Load(path);
  REQUIRE(model);
  CHECK(model->data().memory() <= 150'000'000);
}

}  // namespace
}  // namespace sitgraph::language
