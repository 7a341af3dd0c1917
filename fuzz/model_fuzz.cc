// A model file whose checksum is right but whose content is not: it must be refused, or be safe to parse with.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "src/language/analyzer.h"
#include "src/language/segmenter.h"
#include "tests/language/tiny_treebank.h"

namespace {

constexpr size_t kVersionEnd = 24 + 4;  // the magic line and the format version
constexpr size_t kHeaderSize = kVersionEnd + 8 + 8;

std::string LittleEndian(uint64_t value) {
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sitgraph::language;
  if (size < 3) return 0;
  // The first bytes choose where the rest overwrites a good model.
  static const std::string kGood = testing::TinyModelBytes();
  std::string payload = kGood.substr(kHeaderSize);
  const size_t at = (static_cast<size_t>(data[0]) << 8 | data[1]) * payload.size() >> 16;
  const size_t count = std::min(size - 2, payload.size() - at);
  std::copy_n(reinterpret_cast<const char*>(data + 2), count, payload.begin() + static_cast<ptrdiff_t>(at));
  const std::string header = kGood.substr(0, kVersionEnd);
  const auto model = Model::Parse(
      header + LittleEndian(payload.size()) + LittleEndian(sitgraph::base::Hash64(payload)) + payload, "fuzz");
  if (!model) return 0;
  Document document = Segment("The army shelled the depots near Homs. Drones were hit in Kyiv on 3 May, he said.");
  Analyzer analyzer(*model);
  analyzer.Analyze(document, ParseMode::kBeam);
  analyzer.Analyze(document, ParseMode::kGreedy);
  return 0;
}
