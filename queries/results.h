// Where a query's answer goes: one interface, and its writers as table, JSON, XML, CSV and TSV, and Turtle and
// N-Triples for graphs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "graph/term.h"

namespace sitgraph::queries {

using Prefixes = std::vector<std::pair<std::string, std::string>>;  // name without colon, IRI

// Receives one answer: Begin, then Row for each solution, then End; Boolean alone for ASK; BeginGraph, then Triple for
// each of the graph's triples, subject by subject, then End for CONSTRUCT and DESCRIBE. A failed status stops the
// query.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  virtual base::Status Begin(const std::vector<std::string>& variables, const Prefixes& prefixes) = 0;
  // One cell for each variable; nullopt where it has no value.
  virtual base::Status Row(std::span<const std::optional<graph::Term>> cells) = 0;
  virtual base::Status Boolean(bool answer) = 0;
  virtual base::Status End() = 0;

  // Fail with kUsage unless overridden.
  virtual base::Status BeginGraph(const Prefixes& prefixes);
  virtual base::Status Triple(const graph::Triple& triple);
};

enum class ResultFormat : uint8_t {
  kTable,  // for people
  kJson,   // SPARQL 1.1 Query Results JSON Format
  kXml,    // SPARQL Query Results XML Format (Second Edition)
  kCsv,    // SPARQL 1.1 Query Results CSV and TSV Formats; ASK gives true or false, for which they have no form
  kTsv,
  kTurtle,    // for graphs: CONSTRUCT and DESCRIBE
  kNTriples,  // likewise
};

// "table", "json", "xml", "csv", "tsv", "turtle", "ntriples".
std::optional<ResultFormat> ResultFormatOf(std::string_view name);

struct WriterOptions {
  size_t width = 0;  // of the terminal, in columns; the table wraps long cells to fit. 0: cells are kept on one line
};

// Takes pieces of the output in order.
using ByteSink = std::function<base::Status(std::string_view)>;

// Writes as it goes. The table holds back its first 1,000 rows to find the widths of its columns.
std::unique_ptr<ResultSink> MakeResultWriter(ResultFormat format, ByteSink out, const WriterOptions& options = {});

// A term as people read it: prefix:name or <IRI>, a literal's text, with @language, and ^^datatype where the text does
// not show it. Control characters are escaped, so that no terminal obeys them.
std::string ToReadable(const graph::Term& term, const Prefixes& prefixes);

// Columns that a terminal needs for a text: wide East Asian characters take two, combining ones none.
size_t DisplayWidth(std::string_view text);

// Words put into lines of at most `width` columns; a longer word is cut. At least one line.
std::vector<std::string> WrapText(std::string_view text, size_t width);

// The parts that are not empty, with `between` between them.
std::string JoinFilled(const std::vector<std::string>& parts, std::string_view between);

}  // namespace sitgraph::queries
