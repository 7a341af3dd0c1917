// Frames from other programs: no line crashes the reader, and what it accepts is written and read back the same.
#include <cstdlib>

#include "src/extract/frame_json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using sitgraph::extract::FrameFromJson;
  using sitgraph::extract::ToJson;
  const auto frame = FrameFromJson({reinterpret_cast<const char*>(data), size});
  if (!frame) return 0;
  const std::string json = ToJson(*frame);
  const auto again = FrameFromJson(json);
  if (!again || ToJson(*again) != json) std::abort();
  return 0;
}
