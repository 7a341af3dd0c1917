// Fuzzes the SPARQL parser: any bytes give a query, an update or an error with a place inside them, in bounded time and stack.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "queries/sparql/parser.h"

template <typename Result>
void CheckError(const Result& result, std::string_view text) {
  if (result) return;
  const sitgraph::base::Error& error = result.error();
  if (error.message.empty() || error.place.line == 0 || error.place.column == 0) std::abort();
  (void)sitgraph::base::ToStringWithCaret(error, text);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckError(sitgraph::queries::sparql::Parse(text), text);
  CheckError(sitgraph::queries::sparql::ParseUpdate(text), text);
  return 0;
}
