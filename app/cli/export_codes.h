// The codebook's codes and place types, as exports of events take them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "exporters/event_codes.h"
#include "src/codebook/codebook.h"

namespace sitgraph::cli {

exporters::EventCodes CodesOf(const codebook::EventType& type);

// Holds the codebook by reference.
class CodebookCodes : public exporters::CodeSource {
 public:
  CodebookCodes(const codebook::Codebook& codebook, std::string base_iri);
  const exporters::EventCodes* CodesOf(std::string_view event_type) const override;
  std::optional<exporters::PlacePrecision> PrecisionOf(std::string_view place_iri) const override;

 private:
  const codebook::Codebook& codebook_;
  std::string base_iri_;
  std::map<std::string, exporters::EventCodes, std::less<>> codes_;
};

}  // namespace sitgraph::cli
