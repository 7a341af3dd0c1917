// Feeds arbitrary bytes to the RDF reader in each syntax, strictly and with errors skipped. What it accepts must be
// terms that the store takes, and must read back equal from N-Quads.
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "graph/keys.h"
#include "graph/rdf_reader.h"

namespace {

using sitgraph::base::Status;
using sitgraph::graph::Quad;
using sitgraph::graph::RdfReadOptions;
using sitgraph::graph::RdfSyntax;
using sitgraph::graph::Term;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string ScratchFile(const char* name) { return "/tmp/sitgraph-fuzz-" + std::to_string(getpid()) + "-" + name; }

std::vector<Quad> Read(const std::string& path, const RdfReadOptions& options, bool must_succeed) {
  std::vector<Quad> quads;
  const auto summary = sitgraph::graph::ReadRdf(path, options, [&](const Quad& quad) -> Status {
    quads.push_back(quad);
    return {};
  });
  Require(summary || !must_succeed);
  Require(!summary || summary->quads == quads.size());
  return quads;
}

std::string WithComments(const std::string& text) {
  std::string out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    size_t stop = end;
    if (stop > at && text[stop - 1] == '\r') --stop;
    out.append(text, at, stop - at);
    out += " #\n";
    at = end + 1;
  }
  return out;
}

// Each file has blank nodes of its own.
bool SameButForLabel(const Term& a, const Term& b) { return a.is_blank() ? b.is_blank() : a == b; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  RdfReadOptions options;
  options.syntax = static_cast<RdfSyntax>(data[0] % 4);
  options.skip_errors = (data[0] & 4) != 0;
  static const std::string input = ScratchFile("input");
  std::ofstream(input, std::ios::binary) << std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::vector<Quad> quads = Read(input, options, false);
  if (options.syntax == RdfSyntax::kNTriples || options.syntax == RdfSyntax::kNQuads) {
    // With a comment behind it no line is read the quick way.
    const std::string commented = WithComments(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    std::ofstream(input, std::ios::binary) << commented;
    RdfReadOptions skip = options;
    skip.skip_errors = true;
    if (options.skip_errors) Require(Read(input, skip, false) == quads);
  }

  static const std::string output = ScratchFile("output");
  {
    std::ofstream file(output, std::ios::binary);
    for (const Quad& quad : quads) {
      for (const auto* term : {&quad.subject, &quad.predicate, &quad.object}) Require(!!ValidateTerm(*term));
      file << ToNTriples(quad.subject) << ' ' << ToNTriples(quad.predicate) << ' ' << ToNTriples(quad.object);
      if (!quad.in_default_graph()) {
        Require(!!ValidateTerm(quad.graph));
        file << ' ' << ToNTriples(quad.graph);
      }
      file << " .\n";
    }
  }
  RdfReadOptions strict;
  strict.syntax = RdfSyntax::kNQuads;
  const std::vector<Quad> again = Read(output, strict, true);
  Require(again.size() == quads.size());
  for (size_t i = 0; i < quads.size(); ++i) {
    Require(SameButForLabel(quads[i].subject, again[i].subject));
    Require(quads[i].predicate == again[i].predicate);
    Require(SameButForLabel(quads[i].object, again[i].object));
    Require(SameButForLabel(quads[i].graph, again[i].graph));
  }
  return 0;
}
