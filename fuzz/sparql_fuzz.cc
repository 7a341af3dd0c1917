// Fuzzes the SPARQL parser: any bytes give a query or an error with a place inside them, in bounded time and stack.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "queries/sparql/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto query = sitgraph::queries::sparql::Parse(text);
  if (query) return 0;
  const sitgraph::base::Error& error = query.error();
  if (error.message.empty() || error.place.line == 0 || error.place.column == 0) std::abort();
  (void)sitgraph::base::ToStringWithCaret(error, text);
  return 0;
}
