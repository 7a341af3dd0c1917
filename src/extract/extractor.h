// From one report to its frame: the reading side's whole way, sharing nothing between reports.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "src/codebook/codebook.h"
#include "src/extract/explanation.h"
#include "src/extract/frame.h"
#include "src/language/analyzer.h"
#include "src/language/document.h"
#include "src/language/model.h"
#include "src/reports/report.h"

namespace sitgraph::extract {

// Thread-safe: one extractor serves any number of threads. Never fails: a report that says nothing gives a frame with a
// header only. Time and memory are linear in the text (sentences over a length limit are read in pieces).
class Extractor {
 public:
  // The codebook must outlive the extractor. Without a language model, sentences are read by the order of their words.
  explicit Extractor(const codebook::Codebook& codebook, std::optional<language::Model> model = std::nullopt,
                     language::ParseMode mode = language::ParseMode::kBeam);
  ~Extractor();
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;

  Frame Extract(const reports::Report& report) const;

  // The frame and its reasons; slower than Extract by little.
  Explanation Explain(const reports::Report& report) const;

  // The frame from trees that another parser made: `trees` has the report's text and an analysis for each token; its
  // sentences lie within the report's zones.
  Frame Extract(const reports::Report& report, const language::Document& trees) const;

  // Changes whenever the same report could give another frame: the extractor's version, the codebook's and the model's
  // digest.
  std::string Fingerprint() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sitgraph::extract
